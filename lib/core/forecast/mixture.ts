/** How much each candidate counts: close to choosing the one that did best lately, without its jumps. */

import type { Origin } from "./backtest.ts";
import type { DayTable } from "./calendar.ts";

/** Lead times are judged in three buckets: the first day, the second, and what lies beyond. */
export const BUCKET_DAYS = [1, 2, 8] as const;

/** Weights fall with this power of the loss. */
const SHARPNESS = 3;

/** An origin so many days ago counts half. */
const HALF_LIFE_DAYS = 14;

/** In roots of requests a minute: candidates that were off by less, or not at all, are as good as each other. */
const LEAST_LOSS = 1e-6;

/** Too low is dearer than too high: the loss is the absolute error and twice the pinball loss at 0.95. */
const HIGH_LEVEL = 0.95;

export function bucketOf(leadCells: number, slotsPerDay: number): number {
  const days = leadCells / slotsPerDay;
  return days <= BUCKET_DAYS[0] ? 0 : days <= BUCKET_DAYS[1] ? 1 : 2;
}

/** By bucket, then candidate; each bucket sums to 1. Equal where nothing can be judged. */
export function weightsOf(
  table: DayTable,
  origins: readonly Origin[],
  candidates: number,
): readonly (readonly number[])[] {
  const losses = BUCKET_DAYS.map((_, bucket) => lossesOf(table, origins, candidates, bucket));
  return losses.map((ofBucket, bucket) => {
    // Origins of the last two days say nothing of the buckets beyond; the nearest bucket that was judged stands in.
    const judged = losses.slice(0, bucket + 1).findLast((each) => each.some(isJudged)) ?? ofBucket;
    return sharpened(judged);
  });
}

const isJudged = (loss: number): boolean => !Number.isNaN(loss);

function sharpened(losses: readonly number[]): readonly number[] {
  const judged = losses.filter(isJudged);
  if (judged.length === 0) return losses.map(() => 1 / losses.length);
  const least = Math.max(LEAST_LOSS, Math.min(...judged));
  const raw = losses.map((loss) => (isJudged(loss) ? (least / Math.max(LEAST_LOSS, loss)) ** SHARPNESS : 0));
  const total = raw.reduce((sum, each) => sum + each, 0);
  return raw.map((each) => each / total);
}

/** Mean loss by candidate over the origins, recent ones more; NaN where there is nothing to judge by. */
function lossesOf(
  { mean, slotsPerDay }: DayTable,
  origins: readonly Origin[],
  candidates: number,
  bucket: number,
): readonly number[] {
  return Array.from({ length: candidates }, (_, candidate) => {
    let sum = 0;
    let weight = 0;
    for (const { cell, daysAgo, count, paths } of origins) {
      const path = paths[candidate] as Float64Array;
      const each = 0.5 ** (daysAgo / HALF_LIFE_DAYS);
      for (let i = 0; i < count; i++) {
        if (bucketOf(i + 1, slotsPerDay) !== bucket) continue;
        const residual = (mean[cell + i] as number) - (path[i] as number);
        if (Number.isNaN(residual)) continue;
        const pinball = residual > 0 ? HIGH_LEVEL * residual : (HIGH_LEVEL - 1) * residual;
        sum += each * (Math.abs(residual) + 2 * pinball);
        weight += each;
      }
    }
    return weight === 0 ? Number.NaN : sum / weight;
  });
}

/** The weighted mean of the paths; a candidate that says nothing leaves its weight to the others. */
export function mix(
  paths: readonly Float64Array[],
  weights: readonly (readonly number[])[],
  slotsPerDay: number,
): Float64Array {
  const [first] = paths;
  return Float64Array.from({ length: first?.length ?? 0 }, (_, i) => {
    const ofBucket = weights[bucketOf(i + 1, slotsPerDay)] as readonly number[];
    let sum = 0;
    let total = 0;
    for (let c = 0; c < paths.length; c++) {
      const value = (paths[c] as Float64Array)[i] as number;
      if (Number.isNaN(value)) continue;
      const weight = ofBucket[c] as number;
      sum += weight * value;
      total += weight;
    }
    return total > 0 ? sum / total : Number.NaN;
  });
}
