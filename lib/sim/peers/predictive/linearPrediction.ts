/**
 * The linear model of predictive-horizontal-pod-autoscaler, re-implemented from
 * jthomperoo/predictive-horizontal-pod-autoscaler algorithms/linear_regression.
 */
import type { EpochSeconds } from "../../../core/time.ts";

export interface ReplicaPoint {
  readonly at: EpochSeconds;
  readonly replicas: number;
}

/** Least squares of replicas on time, read off at `at` and rounded up; one point is its own value, none is 0. */
export function linearPrediction(history: readonly ReplicaPoint[], at: EpochSeconds): number {
  const [first] = history;
  if (first === undefined) return 0;
  if (history.length === 1) return first.replicas;
  // Times from the first point on: seconds since 1970 squared would eat the digits that matter.
  const mean = (pick: (point: ReplicaPoint) => number): number =>
    history.reduce((sum, point) => sum + pick(point), 0) / history.length;
  const meanTime = mean((point) => point.at - first.at);
  const meanReplicas = mean((point) => point.replicas);
  let covariance = 0;
  let variance = 0;
  for (const point of history) {
    const time = point.at - first.at - meanTime;
    covariance += time * (point.replicas - meanReplicas);
    variance += time * time;
  }
  const slope = variance === 0 ? 0 : covariance / variance;
  return ceilOf(meanReplicas + slope * (at - first.at - meanTime));
}

/** Rounded up, where a billionth above a whole number is that number. */
export const ceilOf = (value: number): number => Math.ceil(Number(value.toFixed(9)));
