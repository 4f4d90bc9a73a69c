/** A row of another model as a forecast of ours, so that it is stored, corrected, scored and gated like ours. */

import { interpolate } from "../../quantile.ts";
import { DAY_SECONDS, type EpochSeconds, floorTo, HOUR_SECONDS } from "../../time.ts";
import { lastKnown } from "../compare/naive.ts";
import type { Bands, ErrorTable, Forecast, History } from "../forecast.ts";
import { minuteOfHourOf } from "../minuteOfHour.ts";
import { UNMEASURED_ERRORS } from "../unmeasured.ts";
import type { ForecastRow } from "./row.ts";

/** Ends of the buckets of lead time over which a row's spread is averaged. */
const LEADS_SECONDS = [
  HOUR_SECONDS,
  6 * HOUR_SECONDS,
  DAY_SECONDS,
  2 * DAY_SECONDS,
  8 * DAY_SECONDS,
] as const;

/** Quantiles of the standard normal distribution; only the unit of the scale hangs on them. */
const NORMAL_LEVELS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999] as const;
const NORMAL_QUANTILES = [0, 0.253, 0.524, 0.842, 1.282, 1.645, 1.96, 2.326, 2.576, 3.09] as const;

/** Mean absolute deviation of the standard normal distribution, √(2/π): the unit in which our models give their scale. */
const MEAN_ABSOLUTE = 0.798;

/** On the square-root scale; counts err by about 0.5 whatever their size, and less is too good to be true. */
const LOWEST_SCALE = 0.05;

/**
 * `history`: the target's own load up to the row's `historyEnd`, in slots of the row; empty where none is known.
 * `measured`: the errors of the target's own newest stored day; null takes wide ones. The forecast begins with the UTC day
 * of the row's first slot; what the row does not say of that day is what the history holds, or else the next day's.
 */
export function externalForecast(row: ForecastRow, history: History, measured: ErrorTable | null): Forecast {
  const { slotSeconds } = row;
  const start = floorTo(row.start, DAY_SECONDS);
  const before = (row.start - start) / slotSeconds;
  const perDay = DAY_SECONDS / slotSeconds;
  const own = middleOf(row);
  const known = (slot: number): number =>
    history.mean[(start - history.start) / slotSeconds + slot] ?? Number.NaN;
  const laterOf = (slot: number): number => Math.min(own.length - 1, Math.max(0, slot + perDay - before));
  const scales = scalesOf(row);
  const slots = before + own.length;
  const median = new Float64Array(slots);
  const scale = new Float64Array(slots);
  const naive = new Float64Array(slots);
  for (let slot = 0; slot < slots; slot++) {
    const at = slot < before ? laterOf(slot) : slot - before;
    const past = slot < before ? known(slot) : Number.NaN;
    median[slot] = Number.isNaN(past) ? (own[at] as number) : past;
    scale[slot] = scales[at] as number;
    naive[slot] = naiveAt(history, start + slot * slotSeconds) ?? (median[slot] as number);
  }
  return {
    model: row.model,
    start,
    slotSeconds,
    median,
    scale,
    naive,
    bands: bandsOf(row, scales),
    minuteOfHour: minuteOfHourOf(history),
    errors: measured ?? UNMEASURED_ERRORS,
    weights: [],
    score: { loss: null, lossSameTimeLastWeek: null },
  };
}

const middleOf = (row: ForecastRow): readonly number[] =>
  row.quantiles[row.levels.indexOf(0.5)] as readonly number[];

/** By slot: the spread above the median, each level's in units of a normal distribution's, averaged over the levels. */
function scalesOf(row: ForecastRow): Float64Array {
  const upper = row.levels.flatMap((level, l) =>
    level > 0.5 ? [{ level, band: row.quantiles[l] as readonly number[] }] : [],
  );
  return Float64Array.from(middleOf(row), (middle, slot) => {
    const spreads = upper.map(({ level, band }) => {
      const spread = Math.sqrt(band[slot] as number) - Math.sqrt(middle);
      return (spread * MEAN_ABSOLUTE) / interpolate(NORMAL_LEVELS, NORMAL_QUANTILES, level);
    });
    return Math.max(LOWEST_SCALE, spreads.reduce((sum, each) => sum + each, 0) / spreads.length);
  });
}

/** Means of the standardised quantiles in each bucket of lead time; a bucket without slots is as its nearest with some. */
function bandsOf(row: ForecastRow, scales: Float64Array): Bands {
  const byBucket = LEADS_SECONDS.map((end, b) => slotsWithin(row, LEADS_SECONDS[b - 1] ?? 0, end));
  const quantiles = byBucket.map((slots, b) => {
    const earlier = byBucket.slice(0, b).findLast(({ length }) => length > 0);
    const later = byBucket.slice(b).find(({ length }) => length > 0);
    const nearest = slots.length > 0 ? slots : (earlier ?? later ?? []);
    return row.quantiles.map((band) => meanErrorOf(row, band, scales, nearest));
  });
  return { leadsSeconds: LEADS_SECONDS, levels: row.levels, quantiles };
}

function slotsWithin(
  { start, slotSeconds, historyEnd, quantiles }: ForecastRow,
  after: number,
  until: number,
) {
  const slots: number[] = [];
  for (const slot of (quantiles[0] as readonly number[]).keys()) {
    const lead = start + (slot + 1) * slotSeconds - historyEnd;
    if (lead > after && lead <= until) slots.push(slot);
  }
  return slots;
}

function meanErrorOf(
  row: ForecastRow,
  band: readonly number[],
  scales: Float64Array,
  slots: readonly number[],
): number {
  const middle = middleOf(row);
  let sum = 0;
  for (const slot of slots) {
    sum += (Math.sqrt(band[slot] as number) - Math.sqrt(middle[slot] as number)) / (scales[slot] as number);
  }
  return slots.length === 0 ? 0 : sum / slots.length;
}

/** The load of the same time a week before, or the nearest to that which is known. */
function naiveAt(history: History, at: EpochSeconds): number | null {
  const perDay = DAY_SECONDS / history.slotSeconds;
  return lastKnown(history.mean, (at - history.start) / history.slotSeconds, [7 * perDay, perDay]);
}
