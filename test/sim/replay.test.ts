/** A replay as a whole: the same bytes for the same input, no look into the future, and decisions that can be made again. */
import { beforeAll, describe, expect, it } from "@jest/globals";
import { decide } from "../../lib/core/decide/decide.ts";
import type { TargetPolicy } from "../../lib/core/policy.ts";
import type { Promotion } from "../../lib/core/promotion.ts";
import type { ReplayResult } from "../../lib/core/replayResult.ts";
import { DAY_SECONDS, MINUTE_SECONDS } from "../../lib/core/time.ts";
import type { Fault } from "../../lib/sim/physics/fault.ts";
import { replay } from "../../lib/sim/replay.ts";
import { generateShop } from "../../lib/sim/traces/generateShop.ts";
import type { Trace } from "../../lib/sim/traces/trace.ts";
import { aLockingPolicy, aRule, instant, minutes } from "../core/arrange.ts";

const START = instant("2025-11-03T00:00Z");
const HISTORY_DAYS = 2;
const REPLAY_DAYS = 2;
const REPLAY_START = START + HISTORY_DAYS * DAY_SECONDS;
const SALE: Promotion = {
  id: "sale",
  name: "sale",
  target: "chat",
  start: REPLAY_START + minutes(20 * 60),
  end: REPLAY_START + minutes(22 * 60),
  expect: { multiplier: 3 },
  priority: 0,
};

const policy: TargetPolicy = aLockingPolicy({
  mode: "shadow",
  capacity: { min: 1, max: 60 },
  load: { metric: "invocations", statistic: "sum", perUnit: 240 },
  objective: { latencyP95Ms: 1_000, share: 0.99 },
  demand: { ...aLockingPolicy().demand, recentHeadroom: 0.25 },
  rules: [
    aRule({
      metric: "latency",
      statistic: "p95",
      threshold: 1_000,
      minutes: 2,
      ofMinutes: 3,
      by: { share: 0.25 },
    }),
  ],
});

const shop = (): Trace =>
  generateShop({
    seed: 7,
    start: START,
    days: HISTORY_DAYS + REPLAY_DAYS,
    utcOffsetSeconds: 0,
    promotion: { start: SALE.start, end: SALE.end, multiplier: 2.8 },
  });

const play = (trace: Trace = shop(), faults: readonly Fault[] = []): Promise<ReplayResult> =>
  replay({
    trace,
    target: policy,
    promotions: [SALE],
    units: null,
    leadTimeSeconds: null,
    historySeconds: HISTORY_DAYS * DAY_SECONDS,
    platform: "sagemaker",
    seed: 1,
    faults,
  });

const minuteOf = (at: number): number => (at - REPLAY_START) / MINUTE_SECONDS;

let result: ReplayResult;
beforeAll(async () => {
  result = await play();
});

it("gives the same bytes for the same input and seed", async () => {
  expect(JSON.stringify(await play())).toBe(JSON.stringify(result));
});

it("shows every run the same requests", () => {
  for (const run of result.runs) expect(run.summary.requests).toBe(result.runs[0]?.summary.requests);
});

it("holds decisions that give the same answer when they are made again", () => {
  const decisions = result.runs[0]?.decisions ?? [];
  expect(decisions.length).toBeGreaterThan(100);
  const read = JSON.parse(JSON.stringify(decisions)) as typeof decisions;
  for (const { situation, memory, decision } of read) {
    expect(decide(result.policy, situation, memory)).toEqual(decision);
  }
});

it("bills units from asking to release", () => {
  for (const run of result.runs) {
    const integral = run.desired.reduce((sum, units) => sum + units, 0) / 60;
    expect(Math.abs(run.summary.unitHours - integral) / integral).toBeLessThan(0.01);
  }
});

it("has a promotion's units ready before it starts, and lets them go afterwards", () => {
  const ready = result.runs[0]?.ready ?? [];
  const loadAtPeak = Math.max(...result.load.slice(minuteOf(SALE.start), minuteOf(SALE.end)));
  expect(ready[minuteOf(SALE.start)]).toBeGreaterThanOrEqual(Math.floor(loadAtPeak / 240));
  expect(ready[minuteOf(SALE.end) + 60]).toBeLessThan(ready[minuteOf(SALE.start)] as number);
});

it("says what it is", () => {
  expect(result).toMatchObject({ schema: "forewarm.replay/1", simulation: true, trace: { synthetic: true } });
  expect(result.assumptions.notes).toContain(
    "The policy's mode is shadow; the replay shows what full mode would do.",
  );
});

describe("no contender sees the future", () => {
  const CHANGED_AT = REPLAY_START + minutes(18 * 60 + 7);

  it("so changing the trace from a minute on changes nothing before it", async () => {
    const trace = shop();
    const from = (CHANGED_AT - START) / MINUTE_SECONDS;
    const requests = trace.requests.map((value, minute) => (minute >= from ? value * 4 + 500 : value));
    const other = await play({ ...trace, requests });
    const minute = minuteOf(CHANGED_AT);
    for (const [i, run] of result.runs.entries()) {
      const changed = other.runs[i] as typeof run;
      expect(changed.name).toBe(run.name);
      expect(changed.desired.slice(0, minute)).toEqual(run.desired.slice(0, minute));
      expect(changed.ready.slice(0, minute)).toEqual(run.ready.slice(0, minute));
      expect(changed.latencyP95Ms.slice(0, minute)).toEqual(run.latencyP95Ms.slice(0, minute));
      const isEarlier = (each: { readonly at: number }): boolean => each.at <= CHANGED_AT;
      expect(changed.actions.filter(isEarlier)).toEqual(run.actions.filter(isEarlier));
      expect(changed.decisions.filter(({ decision }) => isEarlier(decision))).toEqual(
        run.decisions.filter(({ decision }) => isEarlier(decision)),
      );
    }
    expect(other.runs[0]?.desired).not.toEqual(result.runs[0]?.desired);
  });
});

describe("when the platform fails", () => {
  const from = REPLAY_START + minutes(8 * 60);
  const to = REPLAY_START + minutes(9 * 60);
  const window = { from, to };

  it("metrics that come late never lower capacity while they are late", async () => {
    const late = await play(shop(), [{ kind: "late metrics", ...window, bySeconds: 1_800 }]);
    const desired = late.runs[0]?.desired ?? [];
    for (let minute = minuteOf(from) + 3; minute < minuteOf(to); minute++) {
      expect(desired[minute]).toBeGreaterThanOrEqual(desired[minute - 1] as number);
    }
    expect(desired.at(-1)).toBe(result.runs[0]?.desired.at(-1));
  });

  it.each([["no capacity" as const], ["failed start" as const]])(
    "%s is survived: what was there stays, and the target recovers",
    async (kind) => {
      const other = await play(shop(), [{ kind, from, to: from + minutes(8 * 60) }]);
      const [ours] = other.runs;
      expect(
        ours?.decisions.some(({ decision }) =>
          decision.notices.some((each) => each.kind === "capacity problem"),
        ),
      ).toBe(true);
      expect(ours?.desired.at(-1)).toBe(result.runs[0]?.desired.at(-1));
    },
  );
});
