/** The promise of a policy: the share of requests inside the objective, and what a missed one is worth. */
import type { TargetPolicy } from "../policy.ts";

/**
 * One missed request in a hundred is planned as five highest loads in a hundred above the plan: most of them are above it by
 * little, and for a part of the interval. What was achieved corrects the rest (`achieved.ts`).
 */
const EXCEEDED_OVER_MISSED = 5;

const LOWEST_QUANTILE = 0.5;
const HIGHEST_QUANTILE = 0.995;

/** The quantile of the demand that capacity is planned at: the policy's own where it states one, else the promise's. */
export function quantileOf({ demand, objective }: Pick<TargetPolicy, "demand" | "objective">): number {
  if (demand.quantile !== null) return demand.quantile;
  const exceeded = EXCEEDED_OVER_MISSED * (1 - objective.share);
  return Math.min(HIGHEST_QUANTILE, Math.max(LOWEST_QUANTILE, 1 - exceeded));
}

const HOUR_MINUTES = 60;

/** Shares that a price may come to: a promise of none or of all cannot be kept at any price. */
export const LEAST_SHARE = 0.5;
export const MOST_SHARE = 0.9999;

/**
 * The share at which one more unit-hour saves in misses just what it costs: it carries 60 × `perUnit` requests, and the
 * part of them that would have been missed, times `missUnitHours` (what a miss costs in idle unit-hours), is one. The
 * critical ratio of the newsvendor (Arrow, Harris and Marschak 1951), bounded; `idle/price.ts` has the inverse.
 */
export function shareOfPrice(missUnitHours: number, perUnit: number): number {
  const share = 1 - 1 / (HOUR_MINUTES * perUnit * missUnitHours);
  return Math.min(MOST_SHARE, Math.max(LEAST_SHARE, share));
}
