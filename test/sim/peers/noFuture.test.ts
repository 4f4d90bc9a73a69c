/** Changing the traffic after a minute changes nothing that a rival asked for until that minute was published. */
import { describe, expect, it } from "@jest/globals";
import type { Action } from "../../../lib/core/replayResult.ts";
import type { Peer } from "../../../lib/sim/peers/peer.ts";
import { predictiveScaling } from "../../../lib/sim/peers/predictiveScaling.ts";
import { sameTimeLast } from "../../../lib/sim/peers/sameTimeLast.ts";
import { scheduled } from "../../../lib/sim/peers/scheduled.ts";
import { staticPeak } from "../../../lib/sim/peers/staticPeak.ts";
import { stepScaling } from "../../../lib/sim/peers/stepScaling.ts";
import { targetTracking } from "../../../lib/sim/peers/targetTracking.ts";
import { runPeer } from "../../../lib/sim/runPeer.ts";
import { aStage, PER_UNIT } from "../arrange.ts";
import { START } from "../physics/arrange.ts";

const DAY_MINUTES = 1_440;
const CUT_MINUTE = 900;
const bounds = { min: 1, max: 30 };
const alarm = { minutes: 3, ofMinutes: 3 };
const percent = (change: number) =>
  ({ type: "PercentChangeInCapacity", steps: [{ lower: null, upper: null, change }] }) as const;

/** A week before the replay, of a wave a day. */
const wave = (minute: number): number =>
  Math.round(900 + 800 * Math.sin((2 * Math.PI * minute) / DAY_MINUTES));
const past = {
  start: START - 7 * DAY_MINUTES * 60,
  perMinute: Float64Array.from({ length: 7 * DAY_MINUTES }, (_, i) => wave(i)),
};

const tracking = () => targetTracking({ unitLoad: PER_UNIT, ...bounds });
const PEERS: readonly (readonly [string, () => Peer<never>])[] = [
  ["static peak", () => staticPeak({ units: 9 })],
  ["target tracking", tracking],
  [
    "step scaling",
    () =>
      stepScaling({
        ...bounds,
        out: { threshold: 180, alarm, adjustment: percent(30), cooldownSeconds: 300 },
        in: { threshold: 90, alarm, adjustment: percent(-20), cooldownSeconds: 300 },
      }),
  ],
  ["predictive scaling", () => predictiveScaling({ dynamic: tracking(), perUnitAtTarget: 120, ...bounds })],
  ["a timetable", () => scheduled({ past, perUnit: PER_UNIT, aheadSeconds: 300, ...bounds })],
  [
    "same time yesterday",
    () =>
      sameTimeLast({
        seasonSeconds: 86_400,
        perUnit: PER_UNIT,
        coverSeconds: 600,
        factor: 1.1,
        stabilizationSeconds: 600,
        ...bounds,
      }),
  ],
].map(([name, make]) => [name as string, make as () => Peer<never>]);

/** The wave again, three times as high from the cut on. */
function actionsOf(make: () => Peer<never>, isChanged: boolean): readonly Action[] {
  const steps = DAY_MINUTES * 6;
  const arrivals = Uint32Array.from({ length: steps }, (_, step) => {
    const minute = Math.floor(step / 6);
    return (wave(minute) / 6) * (isChanged && minute >= CUT_MINUTE ? 3 : 1);
  });
  return runPeer(aStage({ arrivals, past }), make()).actions;
}

describe.each(PEERS)("%s", (name, make) => {
  it("does not know what is still to come", () => {
    const [usual, changed] = [actionsOf(make, false), actionsOf(make, true)];
    const until = (actions: readonly Action[]): readonly Action[] =>
      actions.filter(({ at }) => at < START + (CUT_MINUTE + 1) * 60);
    expect(until(changed)).toEqual(until(usual));
    if (name === "static peak") return;
    expect(until(usual).length).toBeGreaterThan(1);
    const goesByTheClock = name === "a timetable";
    expect(changed.length === usual.length && changed.at(-1)?.to === usual.at(-1)?.to).toBe(goesByTheClock);
  });
});
