/** The forecaster: several candidates, weighted by how they did on the target's own last days, with measured errors. */
import { DAY_SECONDS, floorTo } from "../time.ts";
import { backtest, type Origin } from "./backtest.ts";
import { bandsOf, type Judged } from "./bands.ts";
import { cellOf, type DayTable, dayTableOf } from "./calendar.ts";
import type { Candidate } from "./candidates/candidate.ts";
import { fourier } from "./candidates/fourier.ts";
import { lastWeek, yesterday } from "./candidates/naive.ts";
import { recent, short, steady } from "./candidates/recentLevel.ts";
import { timeOfWeek } from "./candidates/timeOfWeek.ts";
import { measureErrors } from "./conditional/measureErrors.ts";
import { replayedOf } from "./conditional/replayed.ts";
import type { Forecast, ForecastModel } from "./forecast.ts";
import { minuteOfHourOf } from "./minuteOfHour.ts";
import { mix, weightsOf } from "./mixture.ts";
import { withoutOutages } from "./outages.ts";
import { pathLoss } from "./pathLoss.ts";
import { scaleOf } from "./scale.ts";
import { dayAlong, pathAlong } from "./slotGrid.ts";
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
        median: pathAlong(table, grid, calendar.utcOffset, (origin, count) => fitted.path(origin, count)),
        naive: pathAlong(table, grid, calendar.utcOffset, (origin, count) =>
          lastWeek.path(table, origin, count),
        ),
        scale: dayAlong(table, grid, calendar.utcOffset, fitted.scale),
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
