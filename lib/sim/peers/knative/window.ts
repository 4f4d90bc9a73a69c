/**
 * Averages over one-second buckets as Knative makes them, re-implemented from knative/serving
 * pkg/autoscaler/aggregation/bucketing.go; and how many pods it scrapes.
 */

export interface Bucket {
  /** Second of the bucket. */
  readonly at: number;
  readonly value: number;
}

/**
 * The mean of the newest `windowSeconds` buckets as of second `now`: their sum over the time that was written, less the
 * time since the last write. 0 once nothing was written for a whole window, after which the window begins anew.
 */
export function windowAverage(buckets: readonly Bucket[], windowSeconds: number, now: number): number {
  const written = currentRun(buckets, windowSeconds);
  const last = written.at(-1);
  const first = written[0];
  if (last === undefined || first === undefined || now - last.at >= windowSeconds) return 0;
  // A write may be of a second that the reader has not come to yet: then the window ends with it.
  const gap = Math.max(0, now - last.at);
  const inside = written.filter(({ at }) => last.at + gap - at < windowSeconds);
  const seconds = Math.min(last.at - first.at + 1, windowSeconds - gap);
  return roundTo6(inside.reduce((sum, { value }) => sum + value, 0) / seconds);
}

/** What was written since the last gap of a whole window. */
function currentRun(buckets: readonly Bucket[], windowSeconds: number): readonly Bucket[] {
  let start = 0;
  for (let i = 1; i < buckets.length; i++) {
    const [before, here] = [buckets[i - 1] as Bucket, buckets[i] as Bucket];
    if (here.at - before.at >= windowSeconds) start = i;
  }
  return buckets.slice(start);
}

/** The weighted option: newer buckets count more; not normalised. `newestFirst` holds one value a bucket. */
export function weightedAverage(newestFirst: readonly number[]): number {
  const decay = Math.max(1 - (1 - 0.9999) ** (1 / newestFirst.length), 0.2);
  return newestFirst.reduce((sum, value, age) => sum + value * decay * (1 - decay) ** age, 0);
}

const roundTo6 = (value: number): number => Math.round(value * 1e6) / 1e6;

/** Pods that are scraped for all: a sample with 95 % confidence once there are more than three. */
export function scrapedPods(pods: number): number {
  if (pods <= 3) return pods;
  const spread = (1.96 ** 2 * 100) / 25;
  return Math.ceil((pods * spread) / (pods + spread - 1));
}
