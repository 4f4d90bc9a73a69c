/** What was measured, minute by minute. Missing is not zero: every reading says which of the two it is. */
import { type EpochSeconds, MINUTE_SECONDS } from "./time.ts";

export type Reading =
  | { readonly kind: "known"; readonly value: number; readonly at: EpochSeconds }
  | { readonly kind: "missing"; readonly why: string };

export type Statistic =
  | "average"
  | "sum"
  | "maximum"
  | "minimum"
  | "sampleCount"
  | `p${number}`
  /** Percent of the values that are at most this. */
  | `PR(:${number})`;

/** One number a minute of one metric. Plain data, so that a decision's record can be stored as JSON. */
export interface Series {
  readonly metric: string;
  readonly statistic: Statistic;
  /** End of the newest minute that should be there by now (exclusive); a late source leaves `null` before it. */
  readonly end: EpochSeconds;
  /** Oldest first; `null` is missing. */
  readonly values: readonly (number | null)[];
  /** Why values are missing, when the source knows. */
  readonly why?: string;
}

/** A value as it came from outside: NaN, infinities and negative numbers are missing, never zero. */
export function sane(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) && value >= 0 ? value : null;
}

/** The same series with every value that cannot be a measurement marked missing. */
export function saneSeries(series: Series): Series {
  return { ...series, values: series.values.map(sane) };
}

/** The reading of the minute that ended `minutesAgo` minutes before the series' end (0 is the newest). */
export function readingAt(series: Series, minutesAgo: number): Reading {
  const value = sane(series.values[series.values.length - 1 - minutesAgo]);
  if (value === null) return { kind: "missing", why: series.why ?? "no value for this minute" };
  return { kind: "known", value, at: series.end - minutesAgo * MINUTE_SECONDS };
}

/** The newest known reading no older than `staleAfterSeconds` at `now`, or why there is none. */
export function latestReading(series: Series, now: EpochSeconds, staleAfterSeconds: number): Reading {
  for (let minutesAgo = 0; minutesAgo < series.values.length; minutesAgo++) {
    const reading = readingAt(series, minutesAgo);
    if (reading.kind === "missing") continue;
    if (now - reading.at <= staleAfterSeconds) return reading;
    return { kind: "missing", why: `the newest value is ${Math.round((now - reading.at) / 60)} min old` };
  }
  return { kind: "missing", why: series.why ?? "no values" };
}
