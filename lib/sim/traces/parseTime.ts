/** Times in a trace: ISO with or without a zone, or seconds or milliseconds since 1970. */
import { type EpochSeconds, HOUR_SECONDS, MINUTE_SECONDS } from "../../core/time.ts";

export type ParsedTime = { readonly at: EpochSeconds; readonly zone: "given" | "none" };

/** A strict shape instead of `Date.parse`, which takes 2025-02-30 for 2 March and reads other shapes as local time. */
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s?(Z|z|UTC|[+-]\d{2}(?::?\d{2})?)?$/;

/** Seconds since 1970, from 1973 to 2286, or the same in milliseconds. */
const EPOCH = /^(?:(\d{9,10})|(\d{12,13}))(?:\.\d+)?$/;

/** Kiribati is 14 hours ahead of UTC; nowhere is further off. */
const LARGEST_OFFSET_SECONDS = 14 * HOUR_SECONDS;

/**
 * Null for what is no time, also for dates that no calendar has (2025-02-30). A time without a zone is read as UTC.
 * Fractions of a second are dropped.
 */
export function parseTime(text: string): ParsedTime | null {
  const epoch = EPOCH.exec(text);
  if (epoch !== null) {
    const at = epoch[1] === undefined ? Number(epoch[2]) / 1000 : Number(epoch[1]);
    return { at: Math.floor(at), zone: "given" };
  }
  const match = ISO.exec(text);
  if (match === null) return null;
  const local = localSeconds(match.slice(1, 7).map((each) => Number(each ?? 0)));
  const zone = match[7];
  const offset = offsetSeconds(zone);
  if (local === null || offset === null) return null;
  return { at: local - offset, zone: zone === undefined ? "none" : "given" };
}

/** `Date.UTC` rolls the 30th of February over into March and year 25 into 1925: what does not come back is no date. */
function localSeconds(fields: readonly number[]): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  const milliseconds = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(milliseconds);
  const real =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  return real ? milliseconds / 1000 : null;
}

function offsetSeconds(zone: string | undefined): number | null {
  if (zone === undefined || /^[A-Z]+$/i.test(zone)) return 0;
  const minutes = Number(zone.slice(3).replace(":", ""));
  const seconds = Number(zone.slice(1, 3)) * HOUR_SECONDS + minutes * MINUTE_SECONDS;
  if (minutes >= 60 || seconds > LARGEST_OFFSET_SECONDS) return null;
  return zone.startsWith("-") ? -seconds : seconds;
}
