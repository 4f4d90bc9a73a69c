/** How far the policy's lead time is believed, against what was measured. */
import { median } from "../quantile.ts";

/** In seconds: the median of a start, and its 0.95 quantile. */
export interface StatedLeadTime {
  readonly expectedSeconds: number;
  readonly worstSeconds: number;
}

/** Of the standard normal at 0.95: what lies between `expected` and `worst` on the logarithmic scale, in deviations. */
const DEVIATIONS_TO_WORST = 1.645;

/** A policy whose worst is its expected lead time is not that sure: starts are looked at once a minute. */
const LEAST_DEVIATION = 0.1;

/** Makes a median absolute deviation of normal values their standard deviation. */
const DEVIATION_OVER_MEDIAN_DEVIATION = 1.4826;

/** Of policies, this share is taken to be wrong before anything was measured; what was measured then decides. */
const WRONG_BEFOREHAND = 0.05;

/** So many starts may disagree as far as they like; fewer count as no further from the policy than its own worst. */
const ENOUGH_TO_DISAGREE = 3;

export interface Belief {
  /** Probability that the policy is right, 0 to 1. */
  readonly right: number;
  /** By which factor it is wrong, if it is: the median of what was measured over the expected lead time. */
  readonly factor: number;
}

/**
 * Bayes' rule between two explanations of `seconds`, which may be in any order: the policy is right, or its lead times
 * are all wrong by one factor, whatever that is. With d the logarithm of that factor, σ the policy's own deviation,
 * S² = n (1.4826 × median absolute deviation)² the scatter of n measurements, the first explains them relative to the
 * second as Student's t does:
 *
 *     z² = n² d² ÷ (σ² + S²)      L = (1 + z² ÷ n)^(−(n + 1) ÷ 2)      right = 0.95 L ÷ (0.95 L + 0.05)
 *
 * Measurements that agree among themselves make S small, so that three or four of them outweigh the policy; scattered
 * ones take longer. Medians, so that one start that was stuck moves neither d nor S (Huber, "Robust Statistics", 1981).
 * @example a policy of 5 min, at worst 10, and starts of 10 min: right = 0.84, 0.54, 0.19, 0.04 after 1, 2, 3, 4 of them
 */
export function beliefIn(
  { expectedSeconds, worstSeconds }: StatedLeadTime,
  seconds: readonly number[],
): Belief {
  const count = seconds.length;
  if (count === 0) return { right: 1, factor: 1 };
  const spread = Math.log(worstSeconds / expectedSeconds);
  const furthest = count < ENOUGH_TO_DISAGREE ? spread : Number.POSITIVE_INFINITY;
  const off = seconds.map((each) =>
    Math.min(furthest, Math.max(-furthest, Math.log(each / expectedSeconds))),
  );
  const middle = median(off);
  const deviation = DEVIATION_OVER_MEDIAN_DEVIATION * median(off.map((each) => Math.abs(each - middle)));
  const stated = Math.max(LEAST_DEVIATION, spread / DEVIATIONS_TO_WORST);
  const z2 = (count * middle) ** 2 / (stated ** 2 + count * deviation ** 2);
  const likelihood = (1 - WRONG_BEFOREHAND) * (1 + z2 / count) ** (-(count + 1) / 2);
  return { right: likelihood / (likelihood + WRONG_BEFOREHAND), factor: Math.exp(middle) };
}

/** What the policy says of a level, 0 to 1: its median up to 0.5, its worst from 0.95 on, a line between. */
export function statedQuantile({ expectedSeconds, worstSeconds }: StatedLeadTime, level: number): number {
  const above = Math.max(0, level - 0.5) / (WORST_LEVEL - 0.5);
  return expectedSeconds + (worstSeconds - expectedSeconds) * Math.min(1, above);
}

/** The level at which the policy's `worstSeconds` is taken. */
const WORST_LEVEL = 0.95;
