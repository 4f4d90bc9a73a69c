/** How long a unit takes from asking to serving: what was measured, leaning on the policy until enough was. */
import type { TargetPolicy } from "./policy.ts";
import { conformalQuantile } from "./quantile.ts";

/** Measurements kept; older starts say little about today's image and today's stock of instances. */
export const LEAD_TIMES_KEPT = 24;

/** So many measurements replace the policy's word; fewer lean on it in proportion. */
const ENOUGH_MEASUREMENTS = 12;

/** A start that took more than this many times the policy's worst was stuck, not slow: it is counted as this. */
const STUCK_OVER_WORST = 2;

/** The level at which the policy's `worstSeconds` is taken. */
const WORST_LEVEL = 0.95;

/**
 * The lead time that a start stays under with probability `level`, in seconds. The policy's `expected` is its median
 * and `worst` its 0.95 quantile; each measurement takes over a twelfth of its weight.
 */
export function leadTimeQuantile(
  { expectedSeconds, worstSeconds }: TargetPolicy["leadTime"],
  measuredSeconds: readonly number[],
  level: number,
): number {
  const above = Math.max(0, level - 0.5) / (WORST_LEVEL - 0.5);
  const stated = expectedSeconds + (worstSeconds - expectedSeconds) * Math.min(1, above);
  if (measuredSeconds.length === 0) return Math.round(stated);
  const measured = conformalQuantile(
    measuredSeconds.map((each) => Math.min(each, STUCK_OVER_WORST * worstSeconds)).sort((a, b) => a - b),
    level,
  );
  const weight = Math.min(1, measuredSeconds.length / ENOUGH_MEASUREMENTS);
  return Math.round(weight * measured + (1 - weight) * stated);
}
