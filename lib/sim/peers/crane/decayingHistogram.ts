/** Crane's percentile forecaster (gocrane/crane pkg/prediction/percentile): a histogram in which old samples fade. */

export interface HistogramOptions {
  readonly bucketSize: number;
  readonly buckets: number;
  readonly halfLifeSeconds: number;
  readonly percentile: number;
  readonly margin: number;
}

/** As recommendations use it; the size of the buckets depends on the metric. */
export const PERCENTILE_DEFAULTS = {
  buckets: 10_000,
  halfLifeSeconds: 86_400,
  percentile: 0.99,
  margin: 0,
} as const;

/** The upper end of the bucket up to which the percentile's share of the weight lies; NaN without a sample. */
export function decayingPercentile(
  values: Float64Array,
  stepSeconds: number,
  options: HistogramOptions,
): number {
  const { bucketSize, buckets, halfLifeSeconds, percentile, margin } = options;
  const weights = new Float64Array(buckets);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    const weight = 0.5 ** (((values.length - 1 - i) * stepSeconds) / halfLifeSeconds);
    const bucket = Math.min(buckets - 1, Math.max(0, Math.floor(value / bucketSize)));
    weights[bucket] = (weights[bucket] as number) + weight;
    total += weight;
  }
  if (total === 0) return Number.NaN;
  let below = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    below += weights[bucket] as number;
    if (below >= percentile * total) return (bucket + 1) * bucketSize * (1 + margin);
  }
  return buckets * bucketSize * (1 + margin);
}
