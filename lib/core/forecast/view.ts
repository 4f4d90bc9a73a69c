/** Cuts what one decision looks at out of the stored days. */
import { DAY_SECONDS, type EpochSeconds, floorTo, sayDuration, utcDayOf } from "../time.ts";
import type { Forecast, ForecastDay, ForecastView, History } from "./forecast.ts";
import { missingShare } from "./history.ts";
import { LEVEL_WINDOW_SECONDS } from "./level.ts";

/** `stale` when there is one that is too old to be used: somebody should look why it is not refreshed. */
export interface MissingForecast {
  readonly kind: "missing";
  readonly why: string;
  readonly stale?: true;
}

/** The UTC days that hold the last hour and the next `reachSeconds`: two at most for reaches under 23 hours. */
export function daysNeeded(now: EpochSeconds, reachSeconds: number): readonly string[] {
  const first = utcDayOf(now - LEVEL_WINDOW_SECONDS);
  const last = utcDayOf(now + reachSeconds);
  return first === last ? [first] : [first, last];
}

/**
 * The slots from an hour ago to `reachSeconds` ahead. Missing, with the reason, when the slot of `now` is not stored
 * or the forecast is older than `staleAfterSeconds`. The view ends early where the next day is not stored yet.
 */
export function viewOf(
  days: readonly ForecastDay[],
  now: EpochSeconds,
  reachSeconds: number,
  staleAfterSeconds: number,
): ForecastView | MissingForecast {
  const today = days.find((day) => day.day === utcDayOf(now));
  if (today === undefined) return { kind: "missing", why: "no forecast is stored for this day" };
  const age = now - today.madeAt;
  if (age > staleAfterSeconds)
    return { kind: "missing", why: `the stored forecast is ${sayDuration(age)} old`, stale: true };
  const { slotSeconds } = today;
  const wanted = floorTo(now - LEVEL_WINDOW_SECONDS, slotSeconds);
  const midnight = floorTo(now, DAY_SECONDS);
  const before = days.find((day) => day.day === utcDayOf(midnight - 1));
  const after = days.find((day) => day.day === utcDayOf(midnight + DAY_SECONDS));
  const start = before === undefined ? Math.max(wanted, midnight) : wanted;
  const end = floorTo(now + reachSeconds, slotSeconds) + slotSeconds;
  const cut = (values: (day: ForecastDay) => readonly number[]): number[] => {
    const cutDay = (day: ForecastDay | undefined, dayStart: EpochSeconds): readonly number[] =>
      day === undefined || end <= dayStart
        ? []
        : values(day).slice(Math.max(0, (start - dayStart) / slotSeconds), (end - dayStart) / slotSeconds);
    const earlier = start < midnight ? cutDay(before, midnight - DAY_SECONDS) : [];
    return [...earlier, ...cutDay(today, midnight), ...cutDay(after, midnight + DAY_SECONDS)];
  };
  return {
    kind: "known",
    model: today.model,
    madeAt: today.madeAt,
    slotSeconds,
    start,
    median: cut((day) => day.median),
    scale: cut((day) => day.scale),
    errors: today.errors,
  };
}

/** Cuts a forecast into the whole UTC days that the store keeps; a last part of a day is left out. */
export function daysOf(
  target: string,
  forecast: Forecast,
  history: History,
  madeAt: EpochSeconds,
): readonly ForecastDay[] {
  const { start, slotSeconds, median, scale, model, errors, score } = forecast;
  const perDay = DAY_SECONDS / slotSeconds;
  const days: ForecastDay[] = [];
  for (let first = 0; first + perDay <= median.length; first += perDay) {
    days.push({
      version: 1,
      target,
      day: utcDayOf(start + first * slotSeconds),
      model,
      madeAt,
      slotSeconds,
      median: Array.from(median.subarray(first, first + perDay)),
      scale: Array.from(scale.subarray(first, first + perDay)),
      errors,
      history: {
        from: history.start,
        to: history.start + history.mean.length * slotSeconds,
        missingShare: Math.round(missingShare(history) * 10_000) / 10_000,
      },
      score,
    });
  }
  return days;
}
