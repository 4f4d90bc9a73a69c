/** A step of the load told minute by minute, on an endpoint that is locked while it changes. */
import { describe, expect, it } from "@jest/globals";
import { targetTracking } from "../../../lib/sim/peers/targetTracking.ts";
import type { TargetTrackingOptions } from "../../../lib/sim/peers/targetTrackingOptions.ts";
import { seen } from "./arrange.ts";

const START = 1_736_157_600;
const MINUTE = 60;
const LEAD_TIME = 5 * MINUTE;
const SCALE_IN_LOCK = 2 * MINUTE;

/** Each minute is published 40 s after it ends, and that is when the policy looks. */
const DELAY = 40;

interface Line {
  readonly minute: number;
  readonly units: string;
}

/** Runs `minutes` minutes of load (requests per minute) and tells when units were asked for and when they served. */
function play(
  load: (minute: number) => number,
  minutes: number,
  units: number,
  options: Partial<TargetTrackingOptions> = {},
): readonly Line[] {
  const peer = targetTracking({ unitLoad: 200, min: 1, max: 40, ...options });
  const perUnitPerMinute: number[] = [];
  const story: Line[] = [];
  let { initial: state } = peer;
  let desired = units;
  let ready = units;
  let lockedUntil = 0;
  for (let minute = 0; minute < minutes; minute++) {
    perUnitPerMinute.push(load(minute) / ready);
    const end = START + (minute + 1) * MINUTE;
    const now = end + DELAY;
    const locked = now < lockedUntil;
    if (!locked && ready < desired) {
      ready = desired;
      story.push({ minute: minute + 1, units: `${ready} ready` });
    }
    const changedAt = locked || lockedUntil === 0 ? null : lockedUntil;
    const answer = peer.step(state, seen(perUnitPerMinute, { end, desired, ready, locked, changedAt }), now);
    state = answer.state;
    if (answer.desired === desired) continue;
    story.push({ minute: minute + 1, units: `${desired} → ${answer.desired}` });
    lockedUntil = now + (answer.desired > desired ? LEAD_TIME : SCALE_IN_LOCK);
    desired = answer.desired;
    ready = Math.min(ready, desired);
  }
  return story;
}

/** Target tracking does not look at it. */

describe("a step load", () => {
  it("is met nine minutes after it began: three for the alarm, one to publish, five to start", () => {
    const story = play((minute) => (minute < 10 ? 200 : 600), 40, 2);
    expect(story).toEqual([
      { minute: 13, units: "2 → 6" }, // minutes 10, 11 and 12 were at 300 a unit
      { minute: 18, units: "6 ready" }, // asked at 13:40, lead time five minutes
    ]);
  });

  it("is not answered twice by metrics from before the units came", () => {
    const twice = play((minute) => (minute < 10 ? 200 : 600), 40, 2, { cooldownBase: "current" });
    expect(twice).toContainEqual({ minute: 18, units: "6 → 14" });
  });

  it("that goes on growing is followed in stages, each a lead time apart", () => {
    const story = play((minute) => (minute < 10 ? 200 : 200 + 100 * (minute - 9)), 30, 2);
    expect(story).toEqual([
      { minute: 13, units: "2 → 5" }, // 500 a minute in minute 12
      { minute: 18, units: "5 ready" },
      { minute: 18, units: "5 → 10" }, // 1 000 in minute 17; the three added before are part of it
      { minute: 23, units: "10 ready" },
      { minute: 23, units: "10 → 15" },
      { minute: 28, units: "15 ready" },
      { minute: 28, units: "15 → 20" },
    ]);
  });

  it("that rises again right after is answered when the cooldown ends, if it is not the larger", () => {
    const story = play((minute) => (minute < 10 ? 200 : minute < 19 ? 600 : 720), 40, 2);
    expect(story).toEqual([
      { minute: 13, units: "2 → 6" },
      { minute: 18, units: "6 ready" },
      { minute: 23, units: "6 → 8" }, // in alarm since 22:40; the change completed at 18:40, 300 s before 23:40
      { minute: 28, units: "8 ready" },
    ]);
  });
});

describe("load that ends", () => {
  it("is followed in after fifteen minutes, and to the minimum after fifteen more below", () => {
    const story = play((minute) => (minute < 10 ? 800 : 320), 40, 8);
    expect(story).toEqual([{ minute: 25, units: "8 → 4" }]);
    const silence = play((minute) => (minute < 10 ? 800 : 0), 40, 8);
    expect(silence).toEqual([{ minute: 25, units: "8 → 1" }]);
  });

  it("with a step of one unit goes down one each seven minutes: the lock, then the cooldown", () => {
    const story = play((minute) => (minute < 10 ? 800 : 100), 45, 8, { scaleInStep: { units: 1 } });
    expect(story).toEqual([
      { minute: 25, units: "8 → 7" },
      { minute: 32, units: "7 → 6" },
      { minute: 39, units: "6 → 5" },
    ]);
  });

  it("but comes back is answered in three minutes, whatever the scale-in cooldown", () => {
    const story = play((minute) => (minute < 10 ? 800 : minute < 26 ? 320 : 800), 40, 8, {
      scaleInCooldownSeconds: 3600,
    });
    expect(story).toEqual([
      { minute: 25, units: "8 → 4" },
      { minute: 29, units: "4 → 8" },
      { minute: 34, units: "8 ready" },
    ]);
  });
});
