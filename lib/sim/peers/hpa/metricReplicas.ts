/**
 * How many replicas the Kubernetes HPA proposes from one metric that is not measured pod by pod (Object and External),
 * re-implemented from kubernetes/kubernetes pkg/controller/podautoscaler/replica_calculator.go.
 */
import { isWithin, type Tolerances } from "./podReplicas.ts";

/** Counts are 32-bit. */
const MOST_REPLICAS = 2 ** 31 - 1;

/** Several series of one external metric are added. */
export const sumOfSeries = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0);

/** Target type Value: the metric itself against the target; `readyPods` are running and Ready. */
export function valueReplicas(
  current: number,
  metric: number,
  target: number,
  readyPods: number,
  tolerance: Tolerances,
): number {
  const ratio = metric / target;
  if (current === 0) return capped(ratio);
  return isWithin(ratio, tolerance) ? current : capped(ratio * readyPods);
}

/** Target type AverageValue: the total against the target for each replica that the status counts; readiness plays no part. */
export function averageValueReplicas(
  statusReplicas: number,
  total: number,
  target: number,
  tolerance: Tolerances,
): number {
  const steady = statusReplicas > 0 && isWithin(total / (target * statusReplicas), tolerance);
  return steady ? statusReplicas : capped(total / target);
}

const capped = (replicas: number): number => Math.min(MOST_REPLICAS, Math.ceil(replicas));
