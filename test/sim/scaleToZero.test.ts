/** Sparse targets through the simulated controller: an hourly job and office hours, from a past that is known. */
import { describe, expect, it } from "@jest/globals";
import { steady } from "../../lib/core/forecast/candidates/recentLevel.ts";
import { DAY_SECONDS, HOUR_SECONDS } from "../../lib/core/time.ts";
import { runForewarm } from "../../lib/sim/runForewarm.ts";
import { makeStage } from "../../lib/sim/stage.ts";
import { aPolicy, instant } from "../core/arrange.ts";
import { oneCandidate } from "../core/forecast/oneCandidate.ts";
import { hourly, office } from "../core/idle/arrange.ts";
import { PER_UNIT, stageOptions } from "./arrange.ts";

/** A Monday, like that on which the pasts of the arrangements begin. */
const START = instant("2025-10-27T00:00Z");
const PAST_MINUTES = 21 * 1_440;

/** One unit carries all of it; it takes five minutes to start, and a request that finds none is lost within a minute. */
async function replayed(load: readonly number[], fromHour: number, hours: number) {
  const policy = aPolicy({
    kind: "sagemaker-inference-component",
    capacity: { min: 0, max: 4 },
    objective: { latencyP95Ms: null, share: 0.999 },
    load: { metric: "invocations", statistic: "sum", perUnit: PER_UNIT },
    leadTime: { expectedSeconds: 300, worstSeconds: 420 },
  });
  const start = START + fromHour * HOUR_SECONDS;
  const past = PAST_MINUTES + fromHour * 60;
  const arrivals = new Uint32Array(hours * 360);
  for (let minute = 0; minute < hours * 60; minute++) arrivals[minute * 6] = load[past + minute] as number;
  const stage = makeStage(
    stageOptions({
      policy,
      platform: "kubernetes",
      start,
      arrivals,
      past: {
        start: START - (PAST_MINUTES * DAY_SECONDS) / 1_440,
        perMinute: Float64Array.from(load.slice(0, past)),
      },
      initialUnits: 1,
    }),
  );
  const options = { name: "f", label: "f", about: "", policy, promotions: [], keepDecisions: true };
  const { actions } = await runForewarm(stage, { ...options, model: oneCandidate(steady) });
  const { log, fleet } = stage.endpoint;
  const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
  return {
    actions,
    ready: [...log.ready],
    missed: sum(log.violations),
    requests: sum(log.arrivals),
    unitHours: fleet.unitSeconds / HOUR_SECONDS,
  };
}

const minutesOf = (load: (minute: number) => number): number[] =>
  Array.from({ length: PAST_MINUTES + 7 * 1_440 }, (_, minute) => load(minute));

describe("twenty requests at the start of every hour", () => {
  const run = replayed(
    minutesOf((minute) => 10 * hourly(minute)),
    0,
    24,
  );

  it("find a unit, but for a start in twenty that takes longer than planned, though there is none most of the time", async () => {
    const { missed, requests, unitHours } = await run;
    expect(requests).toBe(24 * 20);
    expect(missed).toBeLessThanOrEqual(0.05 * requests);
    expect(unitHours).toBeLessThan(0.35 * 24);
  });

  it("have a unit started ahead and released once an hour, with the reason said", async () => {
    const { actions } = await run;
    expect(actions.filter(({ from }) => from === 0).length).toBeLessThanOrEqual(24);
    for (const { from, to, reason } of actions) {
      expect([from, to].sort()).toEqual([0, 1]);
      expect(reason).toContain("next request within");
    }
  });
});

describe("requests by chance in office hours", () => {
  const load = minutesOf(office(7));

  it("have their unit through a working day and none at night", async () => {
    const { ready, missed, requests, actions } = await replayed(load, 6, 24);
    const during = (from: number, to: number): readonly number[] =>
      ready.slice((from - 6) * 60, (to - 6) * 60);
    expect(during(10, 17).every((units) => units === 1)).toBe(true);
    expect(during(20, 30).every((units) => units === 0)).toBe(true);
    expect(missed).toBeLessThanOrEqual(0.05 * requests);
    expect(actions.length).toBeLessThanOrEqual(6);
  });

  it("cost next to nothing at a weekend", async () => {
    const { unitHours } = await replayed(load, 5 * 24, 24);
    expect(unitHours).toBeLessThan(3);
  });
});
