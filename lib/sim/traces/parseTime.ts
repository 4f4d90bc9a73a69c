/** Times in a trace: ISO with or without a zone, or seconds or milliseconds since 1970. */
import type { EpochSeconds } from "../../core/time.ts";

export type ParsedTime = { readonly at: EpochSeconds; readonly zone: "given" | "none" };

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|z|[+-]\d{2}:?\d{2})?$/;

/** Seconds since 1970 from 2001 to 2286, or the same in milliseconds. */
const EPOCH = /^(\d{10}|\d{13})(?:\.\d+)?$/;

/** Null for what is no time, also for dates that no calendar has (2025-02-30). A time without a zone is read as UTC. */
export function parseTime(text: string): ParsedTime | null {
  const epoch = EPOCH.exec(text);
  if (epoch !== null) {
    const whole = epoch[1] as string;
    return { at: Math.floor(Number(whole) / (whole.length === 13 ? 1000 : 1)), zone: "given" };
  }
  const match = ISO.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((each) => Number(each ?? 0));
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(utc);
  const real =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!real) return null;
  const zone = match[7];
  return { at: utc / 1000 - offsetSeconds(zone), zone: zone === undefined ? "none" : "given" };
}

function offsetSeconds(zone: string | undefined): number {
  if (zone === undefined || zone === "Z" || zone === "z") return 0;
  const sign = zone.startsWith("-") ? -1 : 1;
  const digits = zone.slice(1).replace(":", "");
  return sign * (Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60);
}
