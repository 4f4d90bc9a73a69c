/** Cuts a forecast into days for the store, and what one decision looks at out of the stored days. */
import {
  DAY_SECONDS,
  type EpochSeconds,
  floorTo,
  HOUR_SECONDS,
  isoOf,
  sayDuration,
  utcDayOf,
} from "../time.ts";
import { DAY_VERSION } from "./checkDay.ts";
import { sizeAt } from "./conditional/highestLoad.ts";
import type { ErrorTable, Forecast, ForecastDay, ForecastView, History } from "./forecast.ts";
import { missingShare } from "./history.ts";

/** `stale` when there is one that is too old to be used: somebody should look why it is not refreshed. */
export interface MissingForecast {
  readonly kind: "missing";
  readonly why: string;
  readonly stale?: true;
}

/** A day that an older program stored. Its numbers are not read; the next refresh writes over it. */
export interface OutdatedDay {
  readonly version: "outdated";
  readonly target: string;
  /** `2025-11-11`, UTC. */
  readonly day: string;
}

/** What a store holds for a day. */
export type StoredDay = ForecastDay | OutdatedDay;

/** The UTC days that hold the last hour and the next `reachSeconds`: two at most for reaches under 23 hours. */
export function daysNeeded(now: EpochSeconds, reachSeconds: number): readonly string[] {
  const first = utcDayOf(now - HOUR_SECONDS);
  const last = utcDayOf(now + reachSeconds);
  return first === last ? [first] : [first, last];
}

/**
 * The slots from an hour ago to `reachSeconds` ahead. Missing, with the reason, when the slot of `now` is not stored,
 * was stored by an older program, or its forecast is older than `staleAfterSeconds`. The view begins late and ends
 * early where the days beside are not stored, or were stored in other slots.
 */
export function viewOf(
  days: readonly StoredDay[],
  now: EpochSeconds,
  reachSeconds: number,
  staleAfterSeconds: number,
): ForecastView | MissingForecast {
  const today = days.find((day) => day.day === utcDayOf(now));
  if (today === undefined) return { kind: "missing", why: "no forecast is stored for this day" };
  if (today.version === "outdated") {
    const why = "the stored forecast is of an older version, and will be replaced at the next refresh";
    return { kind: "missing", why };
  }
  const age = now - today.madeAt;
  if (age > staleAfterSeconds)
    return { kind: "missing", why: `the stored forecast is ${sayDuration(age)} old`, stale: true };
  return viewAround(today, days, now, reachSeconds);
}

function viewAround(
  today: ForecastDay,
  days: readonly StoredDay[],
  now: EpochSeconds,
  reachSeconds: number,
): ForecastView {
  const { slotSeconds } = today;
  const midnight = floorTo(now, DAY_SECONDS);
  const before = besideOf(today, days, midnight - DAY_SECONDS);
  const after = besideOf(today, days, midnight + DAY_SECONDS);
  const wanted = floorTo(now - HOUR_SECONDS, slotSeconds);
  const start = before === null ? Math.max(wanted, midnight) : wanted;
  const end = floorTo(now + reachSeconds, slotSeconds) + slotSeconds;
  const cut = (values: (day: ForecastDay) => readonly number[]): number[] => {
    const cutDay = (day: ForecastDay | null, dayStart: EpochSeconds): readonly number[] =>
      day === null || end <= dayStart || start >= dayStart + DAY_SECONDS
        ? []
        : values(day).slice(Math.max(0, (start - dayStart) / slotSeconds), (end - dayStart) / slotSeconds);
    return [
      ...cutDay(before, midnight - DAY_SECONDS),
      ...cutDay(today, midnight),
      ...cutDay(after, midnight + DAY_SECONDS),
    ];
  };
  return {
    kind: "known",
    model: today.model,
    madeAt: today.madeAt,
    slotSeconds,
    start,
    median: cut((day) => day.median),
    scale: cut((day) => day.scale),
    naive: cut((day) => day.naive),
    minuteOfHour: today.minuteOfHour,
    bands: today.bands,
    historyEnd: today.history.to,
    errors: errorsAt(today.errors, now),
    ...(today.idle === undefined
      ? {}
      : { idle: { ...today.idle, rate: cut((day) => day.idle?.rate ?? day.median.map(() => 1)) } }),
  };
}

/** One decision looks at one time of day: its sizes alone keep the record of the decision short. */
function errorsAt(errors: ErrorTable, now: EpochSeconds): ErrorTable {
  return { ...errors, size: errors.size.map((ofDay) => [sizeAt(ofDay, now)]) };
}

/** The stored day that begins at `start`, unless it cannot be joined to today's. */
function besideOf(
  { slotSeconds }: ForecastDay,
  days: readonly StoredDay[],
  start: EpochSeconds,
): ForecastDay | null {
  const found = days.find((day) => day.day === utcDayOf(start));
  if (found === undefined || found.version === "outdated") return null;
  return found.slotSeconds === slotSeconds ? found : null;
}

/**
 * Cuts a forecast into the whole UTC days that the store keeps; a last part of a day is left out. Throws a RangeError
 * for a forecast that does not begin with a UTC day: its first day would be lost.
 */
export function daysOf(
  target: string,
  forecast: Forecast,
  history: History,
  madeAt: EpochSeconds,
): readonly ForecastDay[] {
  const { start, slotSeconds, median, scale, naive, model, weights, score } = forecast;
  const { minuteOfHour, bands, errors, idle } = forecast;
  if (start % DAY_SECONDS !== 0) {
    throw new RangeError(`a forecast is stored from 00:00Z on, that of ${target} begins at ${isoOf(start)}`);
  }
  const perDay = DAY_SECONDS / slotSeconds;
  const account = accountOf(history);
  const days: ForecastDay[] = [];
  for (let first = 0; first + perDay <= median.length; first += perDay) {
    const cut = (values: Float64Array): number[] => Array.from(values.subarray(first, first + perDay));
    days.push({
      version: DAY_VERSION,
      target,
      day: utcDayOf(start + first * slotSeconds),
      model,
      madeAt,
      slotSeconds,
      median: cut(median),
      scale: cut(scale),
      naive: cut(naive),
      minuteOfHour,
      bands,
      errors,
      ...(idle === undefined ? {} : { idle: { ...idle, rate: idle.rate.slice(first, first + perDay) } }),
      weights,
      history: account,
      score,
    });
  }
  return days;
}

/** What is told of a history: its span, the share of its slots that are missing, and how many gaps these form. */
export function accountOf(history: History): ForecastDay["history"] {
  return {
    from: history.start,
    to: history.start + history.mean.length * history.slotSeconds,
    missingShare: Math.round(missingShare(history) * 10_000) / 10_000,
    gaps: gapsOf(history.mean),
  };
}

/** Runs of missing slots. */
function gapsOf(mean: Float64Array): number {
  let gaps = 0;
  for (let slot = 0; slot < mean.length; slot++) {
    if (Number.isNaN(mean[slot]) && !Number.isNaN(mean[slot - 1] ?? 0)) gaps++;
  }
  return gaps;
}
