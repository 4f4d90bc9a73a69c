/** What a Knative pod is meant to carry, re-implemented from knative/serving pkg/reconciler/autoscaling/resources/target.go. */

export interface TargetSpec {
  readonly metric: "concurrency" | "rps";
  /** containerConcurrency; 0 is none. */
  readonly hardLimit: number;
  /** Annotation autoscaling.knative.dev/target; null where it is not given. */
  readonly annotation: number | null;
  /** Share of the total that is aimed at: 0.7 as shipped. */
  readonly utilization: number;
}

export const TARGET_DEFAULTS: TargetSpec = {
  metric: "concurrency",
  hardLimit: 0,
  annotation: null,
  utilization: 0.7,
};

/** config-autoscaler: container-concurrency-target-default, requests-per-second-target-default and the least target. */
const CONCURRENCY = 100;
const REQUESTS_PER_SECOND = 200;
const LEAST_TARGET = 0.01;

export interface MetricTarget {
  /** What a pod carries at most, for the burst capacity. */
  readonly total: number;
  readonly target: number;
}

/** A hard limit holds only for concurrency, and an annotation does not reach beyond it. */
export function metricTarget({ metric, hardLimit, annotation, utilization }: TargetSpec): MetricTarget {
  const limit = metric === "concurrency" && hardLimit > 0 ? hardLimit : null;
  const usual = limit ?? (metric === "rps" ? REQUESTS_PER_SECOND : CONCURRENCY);
  const total = annotation === null ? usual : Math.min(annotation, limit ?? annotation);
  return { total, target: Math.max(LEAST_TARGET, total * utilization) };
}
