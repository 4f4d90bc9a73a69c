/** Quantiles of single slots from the ensemble's own errors on the target's last days, by lead time. */

import { DAY_SECONDS } from "../time.ts";
import type { Origin } from "./backtest.ts";
import type { DayTable } from "./calendar.ts";
import type { Bands } from "./forecast.ts";
import { BUCKET_DAYS, bucketOf } from "./mixture.ts";

export const LEVELS = [0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999] as const;

export interface Judged extends Origin {
  /** Of the mixture. */
  readonly path: Float64Array;
}

const HALF_LIFE_DAYS = 5;

/** `scale` by slot of the day. */
export function bandsOf(table: DayTable, origins: readonly Judged[], scale: Float64Array): Bands {
  const { slotsPerDay, mean } = table;
  const quantiles: number[][] = [];
  for (let bucket = 0; bucket < BUCKET_DAYS.length; bucket++) {
    const errors: { error: number; weight: number; day: number }[] = [];
    for (const { cell, count, path, daysAgo } of origins) {
      for (let i = 0; i < count; i++) {
        if (bucketOf(i + 1, slotsPerDay) !== bucket) continue;
        const residual = (mean[cell + i] as number) - (path[i] as number);
        if (Number.isNaN(residual)) continue;
        errors.push({
          error: residual / (scale[(cell + i) % slotsPerDay] as number),
          weight: 0.5 ** (daysAgo / HALF_LIFE_DAYS),
          day: daysAgo,
        });
      }
    }
    errors.sort((a, b) => a.error - b.error);
    quantiles.push(
      errors.length === 0
        ? [...(quantiles.at(-1) ?? LEVELS.map(() => 0))]
        : rising(LEVELS.map((level) => calibrated(errors, level))),
    );
  }
  return { leadsSeconds: BUCKET_DAYS.map((days) => days * DAY_SECONDS), levels: LEVELS, quantiles };
}

/** Each level is calibrated by itself, in steps, so one may come out a hair below that of a lower level. */
function rising(values: readonly number[]): number[] {
  let highest = Number.NEGATIVE_INFINITY;
  return values.map((value) => {
    highest = Math.max(highest, value);
    return highest;
  });
}

interface Weighted {
  readonly error: number;
  readonly weight: number;
  readonly day: number;
}

function weightedQuantile(ascending: readonly Weighted[], level: number, without: number): number {
  let total = 0;
  for (const { weight, day } of ascending) if (day !== without) total += weight;
  let sum = 0;
  let last = ascending[0]?.error ?? 0;
  for (const { error, weight, day } of ascending) {
    if (day === without) continue;
    sum += weight;
    last = error;
    if (sum >= level * total) return error;
  }
  return last;
}

/** The level is raised until, with each day left out in turn, the quantile covers its share of the days left out. */
function calibrated(ascending: readonly Weighted[], level: number): number {
  const days = [...new Set(ascending.map(({ day }) => day))];
  if (days.length < 2) return weightedQuantile(ascending, (1 + level) / 2, -1);
  const required = 1 - ((1 - level) * days.length) / (days.length + 1);
  const covers = (tried: number): boolean => {
    let covered = 0;
    let total = 0;
    for (const day of days) {
      const q = weightedQuantile(ascending, tried, day);
      for (const each of ascending) {
        if (each.day !== day) continue;
        total += each.weight;
        if (each.error <= q) covered += each.weight;
      }
    }
    return covered >= required * total;
  };
  let low = level;
  if (covers(low)) return weightedQuantile(ascending, low, -1);
  let high = 1;
  for (let step = 0; step < 6; step++) {
    const middle = (low + high) / 2;
    if (covers(middle)) high = middle;
    else low = middle;
  }
  return weightedQuantile(ascending, high, -1);
}
