/** Quantiles of single slots from the ensemble's own errors on the target's last days, by lead time. */
import { DAY_SECONDS } from "../time.ts";
import type { Origin } from "./backtest.ts";
import type { DayTable } from "./calendar.ts";
import { type DayError, DayErrors } from "./dayErrors.ts";
import type { Bands } from "./forecast.ts";
import { BUCKET_DAYS, bucketOf } from "./mixture.ts";

export const LEVELS = [0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999] as const;

export interface Judged extends Origin {
  /** Of the mixture. */
  readonly path: Float64Array;
}

/** Errors of an origin so many days ago count half: how wrong a forecast is changes faster than the load itself. */
const HALF_LIFE_DAYS = 5;

/** Halvings of the level that is looked for: it is found to a sixty-fourth of what is left above it. */
const HALVINGS = 6;

/**
 * By bucket of lead time, errors in units of the slot's `scale` (by slot of the day). A bucket in which nothing is known is as
 * the one before it.
 */
export function bandsOf(table: DayTable, origins: readonly Judged[], scale: Float64Array): Bands {
  const quantiles: (readonly number[])[] = [];
  for (let bucket = 0; bucket < BUCKET_DAYS.length; bucket++) {
    const errors = new DayErrors(errorsOf(table, origins, scale, bucket));
    const before = quantiles.at(-1) ?? LEVELS.map(() => 0);
    quantiles.push(errors.count === 0 ? before : rising(LEVELS.map((level) => calibrated(errors, level))));
  }
  return { leadsSeconds: BUCKET_DAYS.map((days) => days * DAY_SECONDS), levels: LEVELS, quantiles };
}

/** Each level is calibrated by itself, in steps, so one may come out a hair below that of a lower level: such a day is not stored. */
function rising(values: readonly number[]): readonly number[] {
  let highest = Number.NEGATIVE_INFINITY;
  return values.map((value) => {
    highest = Math.max(highest, value);
    return highest;
  });
}

function errorsOf(
  { mean, slotsPerDay }: DayTable,
  origins: readonly Judged[],
  scale: Float64Array,
  bucket: number,
): DayError[] {
  const errors: DayError[] = [];
  for (const [day, { cell, count, path, daysAgo }] of origins.entries()) {
    const weight = 0.5 ** (daysAgo / HALF_LIFE_DAYS);
    for (let i = 0; i < count; i++) {
      if (bucketOf(i + 1, slotsPerDay) !== bucket) continue;
      const residual = (mean[cell + i] as number) - (path[i] as number);
      if (Number.isNaN(residual)) continue;
      errors.push({ error: residual / (scale[(cell + i) % slotsPerDay] as number), weight, day });
    }
  }
  return errors;
}

/**
 * The error at `level`, raised until, with each day left out in turn, it covers its share of the days left out: conformal in
 * spirit (Vovk, Gammerman and Shafer 2005), by days since the slots of one day err together. With n days the share is that
 * of the conformal rule for n. With one day nothing can be left out, and the level is half as far from 1.
 */
function calibrated(errors: DayErrors, level: number): number {
  const { days } = errors;
  if (days < 2) return errors.quantile((1 + level) / 2);
  const required = 1 - ((1 - level) * days) / (days + 1);
  if (errors.coverage(level) >= required) return errors.quantile(level);
  let low = level;
  let high = 1;
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (errors.coverage(middle) >= required) high = middle;
    else low = middle;
  }
  return errors.quantile(high);
}
