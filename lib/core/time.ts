/** Instants and durations of the core: whole seconds, so that no factor of 1000 is ever forgotten. */

/** Seconds since 1970-01-01T00:00:00Z. Durations are plain numbers named `…Seconds`. */
export type EpochSeconds = number;

export const MINUTE_SECONDS = 60;
export const HOUR_SECONDS = 3_600;
export const DAY_SECONDS = 86_400;

/** The start of the period of `stepSeconds` that holds `at`. */
export function floorTo(at: EpochSeconds, stepSeconds: number): EpochSeconds {
  return Math.floor(at / stepSeconds) * stepSeconds;
}

/** `2025-11-11T00:05:00Z`, or without seconds where they are zero. */
export function isoOf(at: EpochSeconds): string {
  return new Date(at * 1000).toISOString().replace(/(?::00)?\.000Z$/, "Z");
}

/** The UTC day of an instant, as `2025-11-11`. */
export function utcDayOf(at: EpochSeconds): string {
  return new Date(at * 1000).toISOString().slice(0, 10);
}

/** A duration as an operator says it: `45 s`, `8 min`, `1 h 30 min`, `2 d`. */
export function sayDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120 && (whole === 0 || whole % MINUTE_SECONDS !== 0)) return `${whole} s`;
  const minutes = Math.round(whole / MINUTE_SECONDS);
  if (minutes < 120) return `${minutes} min`;
  if (minutes >= (2 * DAY_SECONDS) / MINUTE_SECONDS) return `${Math.round(whole / DAY_SECONDS)} d`;
  return `${Math.floor(minutes / 60)} h${minutes % 60 > 0 ? ` ${minutes % 60} min` : ""}`;
}
