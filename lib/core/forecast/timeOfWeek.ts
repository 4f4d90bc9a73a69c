/** Models of days: what this time of the week has brought lately, with errors measured on the target's own last days. */
import { DAY_SECONDS, floorTo } from "../time.ts";
import { type DayTable, dayTableOf, localSlotOf, steadyOffset } from "./calendar.ts";
import { backtestOf, errorsOf, HORIZONS_SECONDS, LEVELS } from "./errors.ts";
import type { ErrorTable, Forecast, ForecastModel, ForecastScore, UtcOffset } from "./forecast.ts";
import { profileOf } from "./profile.ts";
import { scaleOf } from "./scale.ts";

/** Days that are forecast again from what was known before them. */
const BACKTEST_DAYS = 14;

/**
 * With one day of history nothing can be measured: errors are taken to be an eighth of the typical height on the
 * square-root scale, spread as below, so that the 0.95 quantile of an ordinary hour is about 1.7 times its load.
 */
const UNMEASURED_SCALE = 0.125;
const UNMEASURED_QUANTILES = [0.5, 1.2, 2, 2.6, 3.2, 4, 4.5, 6] as const;

/** The expected day `day` on the square-root scale, one value a slot, from the table's days before `before`. */
export type Profile = (table: DayTable, day: number, before: number) => Float64Array;

/** The weighted mean of what this weekday has brought. */
export const timeOfWeek: ForecastModel = profileModel("time-of-week", profileOf);

/**
 * A model that forecasts each local day from its profile, using only days before it and before the end of the
 * history. Says null until one whole local day is known. The result starts at the UTC day of the history's end, so
 * that the hour just passed can be compared with it.
 */
export function profileModel(name: string, profile: Profile): ForecastModel {
  return {
    name,
    fit(history, horizonSlots, utcOffset) {
      const end = history.start + history.mean.length * history.slotSeconds;
      const table = dayTableOf(history, utcOffset);
      const today = localSlotOf(end, history.slotSeconds, utcOffset).day;
      const measured = measure(profile, table, today, history.slotSeconds);
      if (measured === null) return null;
      const start = floorTo(end - 1, DAY_SECONDS);
      const slots = Math.ceil((end - start) / history.slotSeconds) + horizonSlots;
      const pathOf = (day: number): Float64Array => profile(table, day, Math.min(day, today));
      return {
        model: name,
        ...project(history.slotSeconds, pathOf, start, slots, measured.scale, utcOffset),
        ...measured.account,
      };
    },
  };
}

interface Measured {
  readonly scale: Float64Array;
  readonly account: { readonly errors: ErrorTable; readonly score: ForecastScore };
}

/** A day's worth of known slots, less what a few gaps take: a history that begins in the evening is not a day yet. */
const WHOLE_DAY_SHARE = 0.75;

/** Null when less than a whole day before `today` is known. */
function measure(profile: Profile, table: DayTable, today: number, slotSeconds: number): Measured | null {
  const wholeDays = today - table.firstDay;
  const typical = meanOf(table.mean.subarray(0, wholeDays * table.slotsPerDay));
  const firstKnown = firstRowWithPast(table);
  if (wholeDays < firstKnown || Number.isNaN(typical)) return null;
  const firstRow = Math.max(firstKnown, wholeDays - BACKTEST_DAYS);
  if (wholeDays === firstRow) return unmeasured(typical, table.slotsPerDay);
  const paths = [];
  for (let row = firstRow; row < wholeDays; row++) {
    paths.push(profile(table, table.firstDay + row, table.firstDay + row));
  }
  const backtest = backtestOf(table, slotSeconds, firstRow, paths);
  const scale = scaleOf(backtest.path, backtest.mean, table.slotsPerDay);
  const scales = backtest.path.map((_, i) => scale[i % table.slotsPerDay] as number);
  const errors = errorsOf({ ...backtest, scale: scales });
  if (errors.quantiles.some((row) => row.some(Number.isNaN))) return unmeasured(typical, table.slotsPerDay);
  return { scale, account: { errors, score: scoreOf(table, firstRow, backtest.path) } };
}

/** The first row before which a whole day is known; beyond the table when there is none. */
function firstRowWithPast({ mean, days, slotsPerDay }: DayTable): number {
  let known = 0;
  for (let row = 0; row < days; row++) {
    for (const value of mean.subarray(row * slotsPerDay, (row + 1) * slotsPerDay)) {
      if (!Number.isNaN(value)) known++;
    }
    if (known >= WHOLE_DAY_SHARE * slotsPerDay) return row + 1;
  }
  return days + 1;
}

function unmeasured(typical: number, slotsPerDay: number): Measured {
  const errors: ErrorTable = {
    horizonsSeconds: HORIZONS_SECONDS,
    levels: LEVELS,
    correction: HORIZONS_SECONDS.map(() => 0.5),
    quantiles: HORIZONS_SECONDS.map(() => UNMEASURED_QUANTILES),
  };
  const scale = new Float64Array(slotsPerDay).fill(Math.max(0.25, UNMEASURED_SCALE * typical));
  return { scale, account: { errors, score: { loss: null, lossSameTimeLastWeek: null } } };
}

/** The path from `start` on, wall-clock day by wall-clock day. */
function project(
  slotSeconds: number,
  pathOf: (day: number) => Float64Array,
  start: number,
  slots: number,
  scaleOfDay: Float64Array,
  utcOffset: UtcOffset,
): Pick<Forecast, "start" | "slotSeconds" | "median" | "scale"> {
  const profiles = new Map<number, Float64Array>();
  const profileFor = (day: number): Float64Array => {
    const known = profiles.get(day) ?? pathOf(day);
    profiles.set(day, known);
    return known;
  };
  const offset = steadyOffset(utcOffset);
  const median = new Float64Array(slots);
  const scale = new Float64Array(slots);
  for (let i = 0; i < slots; i++) {
    const { day, slot } = localSlotOf(start + i * slotSeconds, slotSeconds, offset);
    const root = profileFor(day)[slot] as number;
    median[i] = Number.isNaN(root) ? 0 : root * root;
    scale[i] = scaleOfDay[slot] as number;
  }
  return { start, slotSeconds, median, scale };
}

/** Mean absolute error ÷ mean load over the backtested days, for the path and for the same slots a week earlier. */
function scoreOf(table: DayTable, firstRow: number, path: Float64Array): ForecastScore {
  const from = firstRow * table.slotsPerDay;
  const week = 7 * table.slotsPerDay;
  return {
    loss: relativeError(path.length, (i) => [table.mean[from + i], path[i]]),
    lossSameTimeLastWeek: relativeError(path.length, (i) => [
      table.mean[from + i],
      table.mean[from + i - week],
    ]),
  };
}

function relativeError(
  count: number,
  pair: (i: number) => readonly [number | undefined, number | undefined],
): number | null {
  let error = 0;
  let load = 0;
  for (let i = 0; i < count; i++) {
    const [actual = Number.NaN, expected = Number.NaN] = pair(i);
    if (Number.isNaN(actual) || Number.isNaN(expected)) continue;
    error += Math.abs(actual * actual - expected * expected);
    load += actual * actual;
  }
  return load > 0 ? Math.round((error / load) * 10_000) / 10_000 : null;
}

/** Of the values that are not NaN; NaN for none. */
function meanOf(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}
