/** The forecasts that every other has to beat: what was there a week or a day before, as wide as that has erred. */
import { conformalQuantile } from "../../quantile.ts";
import { DAY_SECONDS } from "../../time.ts";
import type { History } from "../forecast.ts";
import type { Forecaster, SlotQuantiles } from "./forecaster.ts";

/** Where errors are added: to the load itself, or to its square root, where errors of counts are of even size. */
export type ErrorScale = "load" | "root";

const WEEK_DAYS = 7;

/** Added to the load: over 23 real traces that is 2.5 % (week) and 5 % (day) better than on the square-root scale. */
export const naiveWeek: Forecaster = naiveForecaster("naive-week", "Same time last week", WEEK_DAYS, "load");

export const naiveDay: Forecaster = naiveForecaster("naive-day", "Same time yesterday", 1, "load");

/**
 * The load `periodDays` before each slot (the newest such that is known), plus the empirical quantile of the errors that
 * this made over the history. Null until a whole day is known. A week's errors need more than a week of history: until a
 * whole day of them is known, those of the same time yesterday stand in.
 */
export function naiveForecaster(
  name: string,
  label: string,
  periodDays: number,
  scale: ErrorScale,
): Forecaster {
  return {
    name,
    label,
    about:
      `${label}, with quantiles from its own errors over the history, added ` +
      `${scale === "load" ? "to the load, which is stronger than on the square-root scale" : "on the square-root scale"}.`,
    quantiles(history, slots, levels) {
      const perDay = DAY_SECONDS / history.slotSeconds;
      const values = scale === "root" ? history.mean.map(Math.sqrt) : history.mean;
      if (knownCount(values) < perDay / 2 || values.length < perDay) return null;
      return bandsOf(values, slots, levels, perDay, periodDays).map((band) =>
        band.map((value) => (value > 0 ? (scale === "root" ? value * value : value) : 0)),
      );
    },
  };
}

function bandsOf(
  values: Float64Array,
  slots: number,
  levels: readonly number[],
  perDay: number,
  periodDays: number,
): SlotQuantiles {
  const bands = levels.map(() => new Float64Array(slots));
  const period = periodDays * perDay;
  const typical = middleOf(values);
  for (let first = 0; first < slots; first += period) {
    const lag = first + period;
    const errors = errorsFor(values, lag, perDay);
    for (const [l, level] of levels.entries()) {
      const error = errors.length === 0 ? 0 : conformalQuantile(errors, level);
      for (let slot = first; slot < Math.min(slots, lag); slot++) {
        const base = lastKnown(values, values.length + slot, [period, perDay]) ?? typical;
        (bands[l] as Float64Array)[slot] = base + error;
      }
    }
  }
  return bands;
}

/** Ascending errors of the value `lag` slots before; those of a day before while there is less than a day of them. */
function errorsFor(values: Float64Array, lag: number, perDay: number): Float64Array {
  const errors = errorsAt(values, lag);
  return errors.length >= perDay || lag === perDay ? errors : errorsAt(values, perDay);
}

function errorsAt(values: Float64Array, lag: number): Float64Array {
  const errors: number[] = [];
  for (let i = lag; i < values.length; i++) {
    const error = (values[i] as number) - (values[i - lag] as number);
    if (!Number.isNaN(error)) errors.push(error);
  }
  return Float64Array.from(errors).sort();
}

/** The newest known value at a whole number of periods, at least one, before `at`, by the first period that has one. */
export function lastKnown(values: Float64Array, at: number, periods: readonly number[]): number | null {
  for (const period of periods) {
    const newest = at - period * Math.max(1, Math.ceil((at + 1 - values.length) / period));
    for (let i = newest; i >= 0; i -= period) {
      if (!Number.isNaN(values[i])) return values[i] as number;
    }
  }
  return null;
}

function middleOf(values: Float64Array): number {
  return conformalQuantile(values.filter((value) => !Number.isNaN(value)).sort(), 0.5);
}

function knownCount(values: History["mean"]): number {
  let known = 0;
  for (const value of values) if (!Number.isNaN(value)) known++;
  return known;
}
