/** Questions to the decision log, in the language of CloudWatch Logs Insights: the stack's dashboards and Grafana ask the same. */
import { DECISION_LOG_MESSAGE } from "../contract/fleetMetrics.ts";

/** One line of a query each. The CloudWatch console draws a line only when time is all that is grouped by. */
export type QueryLines = readonly string[];

const DECISIONS = `filter message = "${DECISION_LOG_MESSAGE}"`;
const BY_TIME = "by bin(5m)";

const ofTarget = (target: string): string => `${DECISIONS} and target = "${target}"`;

/** The load beside its forecast: median, and the quantile that capacity must cover. */
export const forecastBand = (target: string): QueryLines => [
  ofTarget(target),
  `stats max(load) as measured, max(forecastMedian) as median, max(forecastHigh) as high ${BY_TIME}`,
];

export const units = (target: string): QueryLines => [
  ofTarget(target),
  `stats max(desired) as desiredUnits, min(ready) as readyUnits, max(pending) as pendingUnits ${BY_TIME}`,
];

/** What capacity costs for each hour, in the currency of the policy. */
export const moneyOverTime = (target: string): QueryLines => [
  ofTarget(target),
  `stats avg(costPerHour) as perHour ${BY_TIME}`,
];

export const reasons = (target: string): QueryLines => [
  ofTarget(target),
  "fields @timestamp, from, decided, outcome, reason",
  "sort @timestamp desc",
  "limit 100",
];

/** No ids: all targets. */
function ofTargets(ids: readonly string[]): string {
  return ids.length === 0
    ? DECISIONS
    : `${DECISIONS} and target in [${ids.map((each) => `"${each}"`).join(", ")}]`;
}

export const moneyByTarget = (targets: readonly string[]): QueryLines => [
  ofTargets(targets),
  "stats avg(costPerHour) as perHour, max(costPerHour) as highest by target",
  "sort perHour desc",
];

/** Errors are shares of the median: 0.1 is ten percent. Bias is above zero where loads were higher than forecast. */
export const accuracyByTarget = (targets: readonly string[]): QueryLines => [
  ofTargets(targets),
  "filter ispresent(forecastError)",
  "fields abs(forecastError) as size",
  "stats avg(size) as meanError, pct(size, 95) as p95Error, avg(forecastError) as bias by target",
];

export const holdsByTarget = (targets: readonly string[]): QueryLines => [
  ofTargets(targets),
  'filter holds != ""',
  "stats count(*) as decisions by target, holds",
  "sort decisions desc",
];

export const stateByTarget = (targets: readonly string[]): QueryLines => [
  ofTargets(targets),
  "stats latest(mode) as inMode, latest(frozen) as isFrozen, latest(overrides) as ordered, latest(locked) as lockedBy, latest(problem) as trouble by target",
];
