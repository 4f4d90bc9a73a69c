/**
 * Builders of policies, situations and forecasts for the tests of the core: valid as they come, so that a test states
 * only what it is about. A unit carries 100 requests a minute and takes exactly five minutes to start.
 */

import type { CapacityState } from "../../lib/core/capacity.ts";
import { type Context, contextOf } from "../../lib/core/decide/context.ts";
import { decide } from "../../lib/core/decide/decide.ts";
import type { Bound, Decision, Hold, Need, Situation } from "../../lib/core/decision.ts";
import { WINDOWS_MINUTES } from "../../lib/core/forecast/conditional/moment.ts";
import { RESPONSE_TERMS } from "../../lib/core/forecast/conditional/terms.ts";
import type { Bands, ErrorTable, ForecastView } from "../../lib/core/forecast/forecast.ts";
import { EMPTY_MEMORY, type Memory } from "../../lib/core/memory.ts";
import type { Rule, TargetPolicy } from "../../lib/core/policy.ts";
import type { Achieved } from "../../lib/core/promise/achieved.ts";
import type { Override, Promotion } from "../../lib/core/promotion.ts";
import type { Series, Statistic } from "../../lib/core/reading.ts";
import { type EpochSeconds, MINUTE_SECONDS } from "../../lib/core/time.ts";
import { sizedPolicy } from "../../lib/core/unitLoad/inUse.ts";

export const instant = (iso: string): EpochSeconds => Date.parse(iso) / 1000;
export const minutes = (count: number): number => count * MINUTE_SECONDS;
export const repeat = <T>(count: number, value: T): T[] => new Array<T>(count).fill(value);

export const NOW = instant("2025-11-11T08:00Z");
export const PER_UNIT = 100;
export const LEAD_SECONDS = minutes(5);

/** Not locking, full mode, no rules, no step limits, no cooldowns, no stabilization beyond ten minutes. */
export function aPolicy(parts: Partial<TargetPolicy> = {}): TargetPolicy {
  return {
    id: "chat",
    kind: "kubernetes-workload",
    resource: { namespace: "default", name: "chat" },
    mode: "full",
    timeZone: "UTC",
    capacity: { min: 1, max: 20 },
    load: { metric: "invocations", statistic: "sum", perUnit: PER_UNIT },
    objective: { latencyP95Ms: null, share: 0.99 },
    leadTime: { expectedSeconds: LEAD_SECONDS, worstSeconds: LEAD_SECONDS },
    demand: {
      quantile: 0.95,
      reactiveHeadroom: 0.5,
      recentHeadroom: 0,
      forecastStaleAfterSeconds: minutes(24 * 60),
      forecast: "on",
      gate: "on",
    },
    rules: [],
    metrics: {},
    unit: { gpus: null, vcpus: null },
    scaleOut: { cooldownSeconds: 0, maxStep: null },
    scaleIn: {
      stabilizationSeconds: minutes(10),
      reactiveStabilizationSeconds: 0,
      cooldownSeconds: 0,
      maxStep: null,
      paybackSeconds: minutes(10),
    },
    staleAfterSeconds: minutes(3),
    price: { perUnitHour: 4, currency: "USD" },
    events: [],
    ...parts,
  };
}

/** Takes no further change until the last has finished. */
export const aLockingPolicy = (parts: Partial<TargetPolicy> = {}): TargetPolicy =>
  aPolicy({ kind: "sagemaker-variant", resource: { endpoint: "chat", variant: "AllTraffic" }, ...parts });

export function scaleInOf(parts: Partial<TargetPolicy["scaleIn"]>): Pick<TargetPolicy, "scaleIn"> {
  return { scaleIn: { ...aPolicy().scaleIn, ...parts } };
}

/** GPU above 70 in 2 of 2 minutes asks for one more. */
export function aRule(parts: Partial<Rule> = {}): Rule {
  return {
    path: "rules[0]",
    metric: "gpuUtilization",
    statistic: "average",
    comparison: "above",
    threshold: 70,
    minutes: 2,
    ofMinutes: 2,
    scale: "out",
    by: { units: 1 },
    ...parts,
  };
}

/** All units ready and nothing else to say. */
export function capacityOf(desired: number, parts: Partial<CapacityState> = {}): CapacityState {
  return { desired, ready: desired, locked: null, changedAt: null, problem: null, minimum: null, ...parts };
}

/** An hour of load that ends now: flat at a number, or ending with the given minutes and flat at the first before. */
export function loadOf(values: number | readonly (number | null)[], end: EpochSeconds = NOW): Series {
  const shown = typeof values === "number" ? [values] : values;
  const before = repeat(Math.max(0, 60 - shown.length), shown[0] ?? null);
  return { metric: "invocations", statistic: "sum", end, values: [...before, ...shown] };
}

/** Exactly the given minutes, oldest first, of the metric that `aRule` judges or another. */
export function metricOf(
  values: readonly (number | null)[],
  parts: { readonly metric?: string; readonly statistic?: Statistic; readonly end?: EpochSeconds } = {},
): Series {
  return { metric: "gpuUtilization", statistic: "average", end: NOW, ...parts, values };
}

export const NO_FORECAST = { kind: "missing", why: "none was made yet" } as const;

/** Nothing of the last hour carries over. */
const NO_RESPONSE: readonly number[] = repeat(RESPONSE_TERMS, 0);

const THE_HOUR = WINDOWS_MINUTES.length - 1;
/** All that the last hour was off its forecast carries over: the root of its mean load less that of its mean path. */
export const WHOLE_RESPONSE = NO_RESPONSE.with(THE_HOUR, 1);
/** The same, in proportion to how the path goes on: a load that ran at twice its path goes on at twice its path. */
export const PROPORTIONAL_RESPONSE = NO_RESPONSE.with(WINDOWS_MINUTES.length + THE_HOUR, 1);

/** The size of the error at this time of day is its spread: neither unrest nor height widens it. */
const SIZE_ALONE = [1, 0, 0, 0] as const;

/** No error, no correction: the forecast is exactly its path. A quantile of 1 adds 1 to the root. */
export const NO_ERRORS: ErrorTable = {
  horizonsSeconds: [300, 7200],
  levels: [0.5, 0.95],
  response: [NO_RESPONSE, NO_RESPONSE],
  spread: [SIZE_ALONE, SIZE_ALONE],
  size: [[1], [1]],
  quantiles: [
    [0, 0],
    [0, 0],
  ],
};

/** Every minute of the hour is as its slot. */
export const EVEN_HOUR: readonly number[] = repeat(60, 1);

/** Single slots do not err either: without a last hour to compare it with, too, the forecast is exactly its path. */
export const NO_BANDS: Bands = { leadsSeconds: [86_400], levels: [0.5], quantiles: [[0]] };

/** Single slots err by at most 9 of a scale, so that a gate finds nothing to say. */
export const WIDE_BANDS: Bands = {
  leadsSeconds: [86_400],
  levels: [0.01, 0.5, 0.95],
  quantiles: [[-9, 0, 9]],
};

/**
 * From an hour before `now` to four hours after, in slots of five minutes; `path` is a load or a function of time. `naive` is as
 * good as the path, unless it is given.
 */
export function forecastOf(
  path: number | ((at: EpochSeconds) => number),
  parts: {
    readonly now?: EpochSeconds;
    readonly scale?: number;
    readonly errors?: ErrorTable;
    readonly naive?: number | ((at: EpochSeconds) => number);
    readonly bands?: Bands;
    readonly minuteOfHour?: readonly number[];
  } = {},
): ForecastView {
  const { now = NOW, scale = 1, errors = NO_ERRORS, naive = path, bands = WIDE_BANDS } = parts;
  const { minuteOfHour = EVEN_HOUR } = parts;
  const slotSeconds = minutes(5);
  const start = Math.floor((now - minutes(60)) / slotSeconds) * slotSeconds;
  const slots = Array.from({ length: 60 }, (_, slot) => start + slot * slotSeconds);
  const along = (load: typeof path): number[] =>
    slots.map((at) => (typeof load === "number" ? load : load(at)));
  const median = along(path);
  const model = "ensemble";
  return {
    kind: "known",
    model,
    madeAt: now,
    slotSeconds,
    start,
    median,
    scale: median.map(() => scale),
    naive: along(naive),
    minuteOfHour,
    bands,
    historyEnd: start,
    errors,
  };
}

/** `before` until `at`, `after` from then on. */
export const stepAt =
  (at: EpochSeconds, before: number, after: number): ((time: EpochSeconds) => number) =>
  (time) =>
    time < at ? before : after;

/** Four units at 260 requests a minute, so that three would do; nothing missing, no forecast. */
export function aSituation(parts: Partial<Situation> = {}): Situation {
  const now = parts.now ?? NOW;
  return {
    now,
    capacity: capacityOf(4),
    load: loadOf(260, now),
    metrics: [],
    forecast: NO_FORECAST,
    promotions: [],
    overrides: [],
    ...parts,
  };
}

export function aPromotion(parts: Partial<Promotion> = {}): Promotion {
  return {
    id: "p1",
    name: "11.11",
    target: "chat",
    start: NOW + minutes(60),
    end: NOW + minutes(180),
    expect: { units: 10 },
    priority: 0,
    ...parts,
  };
}

export function anOverride(parts: Partial<Override> = {}): Override {
  return {
    id: "pause",
    target: "chat",
    kind: "pause",
    until: null,
    reason: "ops: looking into it",
    ...parts,
  };
}

export const pinTo = (units: number): Override =>
  anOverride({ id: "pin", kind: "pin", units, reason: "ops: load test" });

/** The context of a decision as `decide` makes it, without looking at the capacity first. */
export const contextFor = (
  policy: TargetPolicy,
  situation: Situation,
  memory: Memory = EMPTY_MEMORY,
): Context => contextOf(sizedPolicy(policy, situation), situation, memory);

/** What `decide` says from a clean memory or a given one. */
export const decided = (
  policy: TargetPolicy = aPolicy(),
  situation: Situation = aSituation(),
  memory: Memory = EMPTY_MEMORY,
): Decision => decide(policy, situation, memory);

export const needBy = (decision: Decision, by: Need["by"]): Need | undefined =>
  decision.needs.find((need) => need.by === by);
export const holdBy = (decision: Decision, by: Hold["by"]): Hold | undefined =>
  decision.holds.find((hold) => hold.by === by);
export const boundBy = (decision: Decision, by: Bound["by"]): Bound | undefined =>
  decision.bounds.find((bound) => bound.by === by);

/** What came of a promise, with digits that a store could lose. */
export const ACHIEVED: Achieved = {
  countedUntil: NOW,
  seconds: 86_400.5,
  requests: 12_345.6,
  outside: 78.9,
  logMargin: -0.0123,
  movedAt: NOW,
  logMarginBefore: 0.5,
};
