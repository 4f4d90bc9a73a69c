/** The forecaster: several candidates, weighted by how they did on the target's own last days, with measured errors. */
import { DAY_SECONDS, type EpochSeconds, floorTo, MINUTE_SECONDS } from "../time.ts";
import { backtest, type Origin } from "./backtest.ts";
import { bandsOf, type Judged } from "./bands.ts";
import { cellOf, type DayTable, dayTableOf, steadyOffset } from "./calendar.ts";
import type { Candidate } from "./candidates/candidate.ts";
import { fourier } from "./candidates/fourier.ts";
import { lastWeek, yesterday } from "./candidates/naive.ts";
import { recent, short, steady } from "./candidates/recentLevel.ts";
import { timeOfWeek } from "./candidates/timeOfWeek.ts";
import { measureErrors, type Replayed } from "./conditional/measureErrors.ts";
import type { Calendar, Forecast, ForecastModel, History, UtcOffset } from "./forecast.ts";
import { minuteOfHourOf } from "./minuteOfHour.ts";
import { mix, weightsOf } from "./mixture.ts";
import { withoutOutages } from "./outages.ts";
import { pathLoss } from "./pathLoss.ts";
import { scaleOf } from "./scale.ts";
import { UNMEASURED_BANDS, UNMEASURED_ERRORS, unmeasuredScale } from "./unmeasured.ts";

export const DEFAULT_CANDIDATES: readonly Candidate[] = [
  steady,
  short,
  recent,
  timeOfWeek,
  fourier,
  yesterday,
  lastWeek,
];

/** Days before a backtest's origin that must be known. */
const LEAST_DAYS_BEFORE = 2;

/** A day's worth of known slots, less what a few gaps take: a history that begins in the evening is not a day yet. */
const WHOLE_DAY_SHARE = 0.75;

/**
 * The model that weighs `candidates` by backtest. Says null until one whole day is known. The result starts at the UTC day
 * of the history's end, so that the hour just passed can be compared with it; what lies before the end is forecast from
 * the day's beginning.
 */
export function ensemble(
  candidates: readonly Candidate[] = DEFAULT_CANDIDATES,
  name: string = "ensemble",
): ForecastModel {
  return {
    name,
    fit(history, horizonSlots, calendar) {
      const end = history.start + history.mean.length * history.slotSeconds;
      const table = withoutOutages(dayTableOf(history, calendar));
      if (!knowsOneDay(table)) return null;
      const fitted = fitWeights(table, cellOf(table, end, calendar.utcOffset), candidates);
      const start = floorTo(end - 1, DAY_SECONDS);
      const slots = Math.ceil((end - start) / history.slotSeconds) + horizonSlots;
      const grid = { start, end, slots, slotSeconds: history.slotSeconds };
      const minuteOfHour = minuteOfHourOf(history);
      return {
        model: name,
        start,
        slotSeconds: history.slotSeconds,
        median: project(table, grid, calendar.utcOffset, (origin, count) => fitted.path(origin, count)),
        naive: project(table, grid, calendar.utcOffset, (origin, count) =>
          lastWeek.path(table, origin, count),
        ),
        scale: scaleAlong(table, grid, calendar.utcOffset, fitted.scale),
        minuteOfHour,
        bands: fitted.bands,
        errors:
          measureErrors(replayedOf(history, table, calendar, fitted.judged, minuteOfHour)) ??
          UNMEASURED_ERRORS,
        weights: candidates.map(({ name: candidate }, c) => ({
          candidate,
          weights: fitted.weights.map((bucket) => rounded(bucket[c] as number)),
        })),
        score: pathLoss(table, fitted.judged),
      };
    },
  };
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

interface Fitted {
  readonly weights: readonly (readonly number[])[];
  readonly judged: readonly Judged[];
  /** By slot of the day. */
  readonly scale: Float64Array;
  readonly bands: Forecast["bands"];
  readonly path: (origin: number, count: number) => Float64Array;
}

function fitWeights(table: DayTable, origin: number, candidates: readonly Candidate[]): Fitted {
  const { slotsPerDay } = table;
  const origins = backtest(table, origin, candidates, LEAST_DAYS_BEFORE);
  const weights = weightsOf(table, origins, candidates.length);
  const mixed = (paths: readonly Float64Array[]): Float64Array => mix(paths, weights, slotsPerDay);
  const path = (from: number, count: number): Float64Array =>
    mixed(candidates.map((candidate) => candidate.path(table, from, count)));
  const judged = origins.map((each: Origin): Judged => ({ ...each, path: mixed(each.paths) }));
  const residuals = firstDays(table, judged);
  if (residuals === null) {
    return { weights, judged, path, scale: unmeasuredScale(table), bands: UNMEASURED_BANDS };
  }
  const scale = scaleOf(residuals, slotsPerDay, table.slotSeconds);
  return { weights, judged, path, scale, bands: bandsOf(table, judged, scale) };
}

/** Absolute residuals of the first day ahead, by slot of the day, day after day; null when none is known. */
function firstDays({ mean, slotsPerDay }: DayTable, judged: readonly Judged[]): Float64Array | null {
  const residuals = new Float64Array(judged.length * slotsPerDay).fill(Number.NaN);
  let known = 0;
  for (const [day, { cell, path }] of judged.entries()) {
    for (let i = 0; i < slotsPerDay; i++) {
      const residual = Math.abs((mean[cell + i] as number) - (path[i] as number));
      residuals[day * slotsPerDay + ((cell + i) % slotsPerDay)] = residual;
      if (!Number.isNaN(residual)) known++;
    }
  }
  return known >= WHOLE_DAY_SHARE * slotsPerDay ? residuals : null;
}

function knowsOneDay({ mean, slotsPerDay }: DayTable): boolean {
  let known = 0;
  for (const value of mean) if (!Number.isNaN(value)) known++;
  return known >= WHOLE_DAY_SHARE * slotsPerDay;
}

interface Grid {
  readonly start: EpochSeconds;
  /** Of the history. */
  readonly end: EpochSeconds;
  readonly slots: number;
  readonly slotSeconds: number;
}

/** The path along a forecast's slots: those already past from the day's beginning, the others from the history's end. */
function project(
  table: DayTable,
  { start, end, slots, slotSeconds }: Grid,
  utcOffset: UtcOffset,
  pathFrom: (origin: number, count: number) => Float64Array,
): Float64Array {
  const offset = steadyOffset(utcOffset);
  const cellAt = (at: EpochSeconds): number => cellOf(table, at, offset);
  const first = cellAt(start);
  const origin = cellAt(end);
  // A day with a changing clock has an hour more or less of cells than of slots.
  const spare = table.slotsPerDay / 12;
  const before = pathFrom(first, Math.max(0, origin - first) + spare);
  const after = pathFrom(origin, cellAt(start + slots * slotSeconds) - origin + spare);
  return Float64Array.from({ length: slots }, (_, i) => {
    const at = start + i * slotSeconds;
    const cell = cellAt(at);
    const root = at < end ? before[cell - first] : after[cell - origin];
    return root === undefined || Number.isNaN(root) ? 0 : Math.max(0, root) ** 2;
  });
}

function scaleAlong(
  table: DayTable,
  { start, slots, slotSeconds }: Grid,
  utcOffset: UtcOffset,
  scale: Float64Array,
): Float64Array {
  const offset = steadyOffset(utcOffset);
  const size = table.slotsPerDay;
  return Float64Array.from({ length: slots }, (_, i) => {
    const cell = cellOf(table, start + i * slotSeconds, offset);
    return scale[((cell % size) + size) % size] as number;
  });
}

/** The backtested days in a row: minutes that came, beside the first day ahead of each origin. */
function replayedOf(
  history: History,
  table: DayTable,
  { utcOffset }: Calendar,
  judged: readonly Judged[],
  minuteOfHour: readonly number[],
): Replayed {
  const { slotsPerDay, slotSeconds } = table;
  const end = history.start + history.mean.length * slotSeconds;
  const from = Math.max(history.start, end - judged.length * DAY_SECONDS);
  const perSlot = slotSeconds / MINUTE_SECONDS;
  const count = ((end - from) / slotSeconds) * perSlot;
  const load = new Float64Array(count);
  const path = new Float64Array(count).fill(Number.NaN);
  const offset = steadyOffset(utcOffset);
  const oldest = judged.at(-1)?.cell ?? 0;
  for (let slot = 0; slot * perSlot < count; slot++) {
    const at = from + slot * slotSeconds;
    const cell = cellOf(table, at, offset);
    const { cell: origin = 0, path: ahead } =
      judged[judged.length - 1 - Math.floor((cell - oldest) / slotsPerDay)] ?? {};
    const root = ahead?.[cell - origin] ?? Number.NaN;
    const isKnown = !Number.isNaN(table.mean[cell] ?? Number.NaN);
    for (let i = 0; i < perSlot; i++) {
      const minute = at / MINUTE_SECONDS + i;
      const index = slot * perSlot + i;
      path[index] = root * root * (minuteOfHour[minute % 60] as number);
      load[index] = isKnown
        ? minuteLoad(history, (at - history.start) / MINUTE_SECONDS + i, perSlot)
        : Number.NaN;
    }
  }
  return { firstMinuteOfDay: (from / MINUTE_SECONDS) % 1440, load, path };
}

/** Where only slots are known, each of their minutes is taken to be as their mean. */
function minuteLoad({ minutes, mean }: History, minute: number, perSlot: number): number {
  const known = minutes[minute] ?? Number.NaN;
  return Number.isNaN(known) ? (mean[Math.floor(minute / perSlot)] as number) : known;
}
