/** Durations as people write them: `90s`, `8m`, `1h30m`, `2d`, also `5 min`. */

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  m: 60,
  min: 60,
  h: 3_600,
  d: 86_400,
};

export const DURATION_WORDS = "a duration with its unit, such as 90s, 8m, 1h30m or 2d";

/** Ten years: a longer duration is a slip of the pen. */
const LONGEST_SECONDS = 3_650 * 86_400;

/** Whole seconds, or null for what is no duration; a bare number is none, since nobody can tell its unit. */
export function parseDuration(text: string): number | null {
  const compact = text.trim().replace(/\s+/g, "");
  if (!/^(\d+(\.\d+)?(sec|min|[smhd]))+$/.test(compact)) return null;
  let seconds = 0;
  for (const [, amount, unit] of compact.matchAll(/(\d+(?:\.\d+)?)(sec|min|[smhd])/g)) {
    seconds += Number(amount) * (UNIT_SECONDS[unit as string] as number);
  }
  return seconds <= LONGEST_SECONDS && Number.isInteger(seconds) ? seconds : null;
}

export const LATENCY_WORDS = "a latency such as 800ms or 1.5s";

/** A latency in milliseconds, or null. */
export function parseLatencyMs(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s)$/.exec(text.trim());
  if (match === null) return null;
  const value = Number(match[1]) * (match[2] === "s" ? 1000 : 1);
  return value > 0 && Number.isFinite(value) ? Number(value.toPrecision(12)) : null;
}

export const WINDOW_WORDS = "a number of minutes such as 2m, or some of them such as 2 of 3m";

/** The longest window that one-minute metrics are watched over. */
const LONGEST_WINDOW_MINUTES = 60;

/** `2m` is 2 of 2 minutes, `2 of 3m` is 2 of 3; null for anything else. */
export function parseWindow(text: string): { readonly minutes: number; readonly ofMinutes: number } | null {
  const match = /^(?:(\d+)\s*of\s*)?(\d+)\s*(?:m|min|minutes?)$/.exec(text.trim());
  if (match === null) return null;
  const ofMinutes = Number(match[2]);
  const minutes = match[1] === undefined ? ofMinutes : Number(match[1]);
  return minutes >= 1 && minutes <= ofMinutes && ofMinutes <= LONGEST_WINDOW_MINUTES
    ? { minutes, ofMinutes }
    : null;
}
