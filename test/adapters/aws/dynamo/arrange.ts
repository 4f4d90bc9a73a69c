/** A memory and a decision's record as they are in daily use, with the noise of real measurements: it does not pack well. */
import type { DecisionRecord } from "../../../../lib/core/decision.ts";
import { significant } from "../../../../lib/core/forecast/packValues.ts";
import { STARTS_KEPT } from "../../../../lib/core/leadTime/measuredStart.ts";
import type { Memory } from "../../../../lib/core/memory.ts";
import {
  ACHIEVED,
  aPolicy,
  aPromotion,
  aRule,
  aSituation,
  capacityOf,
  decided,
  forecastOf,
  loadOf,
  metricOf,
  minutes,
  NOW,
  repeat,
} from "../../../core/arrange.ts";
import { anErrorTable } from "../../../core/forecast/aForecastDay.ts";

/** From 0 to 1, without a pattern that deflate would find. */
const noise = (i: number): number => Math.abs(Math.sin(i * 12.9898) * 43_758.5453) % 1;
const noisy = <T>(count: number, of: (noise: number, i: number) => T): T[] =>
  repeat(count, 0).map((_, i) => of(noise(i + count), i));

/** After weeks: all lead times that are kept, and a stabilization window of a quarter of an hour. */
export const MEMORY: Memory = {
  lastDecisionAt: NOW - 60,
  seen: { at: NOW - 60, desired: 5, ready: 4 },
  readySince: NOW - 1_234,
  lastOutAt: NOW - 240,
  lastInAt: NOW - 9_876,
  starting: { at: NOW - 240, to: 5, units: 1 },
  starts: noisy(STARTS_KEPT, (n, i) => ({
    seconds: 240 + Math.round(n * 120),
    units: 1 + Math.round(n * 9),
    hour: (i * 7) % 24,
  })),
  recommendations: noisy(16, (n, i) => ({ at: NOW - minutes(16 - i), units: 3 + Math.round(n * 2) })),
  noticed: ["no forecast", "capacity"],
  achieved: ACHIEVED,
  gate: {
    state: "watch",
    since: NOW - 4_500,
    clearSince: NOW - 600,
    scoredUntil: NOW - 300,
    minutes: 341.7,
    loss: 18_240,
    naiveLoss: 15_930,
    covered: 318.2,
    recentLoad: 7_421,
    recentMedian: 6_874,
  },
  idle: null,
};

/** An hour of load, a forecast of five hours with its errors, three rules of which one rings, a promotion. */
export function aFullRecord(parts: { readonly fence?: number; readonly at?: number } = {}): DecisionRecord {
  const { fence = 7, at = NOW } = parts;
  const policy = aPolicy({
    rules: [
      aRule({ metric: "latency", statistic: "p95", threshold: 800, minutes: 2, ofMinutes: 3 }),
      aRule({ path: "rules[1]", ofMinutes: 15, minutes: 12 }),
      aRule({ path: "errorGuard", metric: "errorRate", threshold: 5, scale: "freeze" }),
    ],
  });
  const errors = anErrorTable({
    quantiles: anErrorTable().quantiles.map((row, h) =>
      row.map((value, l) => significant(value + noise(h * 8 + l) / 10)),
    ),
  });
  const situation = aSituation({
    now: at,
    capacity: capacityOf(5, { ready: 4, changedAt: at - 240, minimum: 1 }),
    load: loadOf(
      noisy(60, (n) => 300 + Math.round(n * 100)),
      at,
    ),
    metrics: [
      metricOf(
        noisy(3, (n) => 700 + n * 200),
        { metric: "latency", statistic: "p95", end: at },
      ),
      metricOf(
        noisy(15, (n) => 60 + n * 30),
        { end: at },
      ),
    ],
    alarms: [
      { rule: "rules[0]", state: "ringing" },
      { rule: "rules[1]", state: "ringing" },
      { rule: "errorGuard", state: "quiet" },
    ],
    forecast: forecastOf((time) => significant(300 + 100 * noise(time)), { now: at, errors }),
    promotions: [aPromotion()],
  });
  const id = `chat@${at}#${fence}`;
  const outcome = { kind: "unknown", why: "asked, no answer yet" } as const;
  return { id, situation, memory: MEMORY, decision: decided(policy, situation, MEMORY), outcome };
}
