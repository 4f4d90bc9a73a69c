/**
 * AIBrix's own algorithm (APA), re-implemented from vllm-project/aibrix
 * pkg/controller/podautoscaler/algorithm/apa.go.
 */

export interface ApaOptions {
  readonly upFluctuationTolerance: number;
  readonly downFluctuationTolerance: number;
  readonly maxScaleUpRate: number;
  readonly maxScaleDownRate: number;
}

export const APA_DEFAULTS: ApaOptions = {
  upFluctuationTolerance: 0.1,
  downFluctuationTolerance: 0.1,
  maxScaleUpRate: 2,
  maxScaleDownRate: 2,
};

/** Replicas for the use of each pod; the count as it is inside the tolerance, and without a target. */
export function apaReplicas(
  current: number,
  usePerPod: number,
  target: number,
  options: ApaOptions = APA_DEFAULTS,
): number {
  if (target <= 0) return current;
  const ratio = usePerPod / target;
  if (ratio > 1 + options.upFluctuationTolerance) {
    return Math.min(Math.ceil(current * ratio), Math.ceil(options.maxScaleUpRate * current));
  }
  if (ratio < 1 - options.downFluctuationTolerance) {
    return Math.max(Math.ceil(current * ratio), Math.floor(current / options.maxScaleDownRate));
  }
  return current;
}
