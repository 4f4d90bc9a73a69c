/** The past laid out by the target's own wall clock: one row a local day, one column a slot of the day. */
import { DAY_SECONDS, type EpochSeconds } from "../time.ts";
import type { Calendar, History, UtcOffset } from "./forecast.ts";

export interface DayTable {
  /** Local day number (days since 1970-01-01 on the wall clock) of the first row. */
  readonly firstDay: number;
  readonly days: number;
  readonly slotSeconds: number;
  readonly slotsPerDay: number;
  /** Row after row; NaN is missing. On the square-root scale: errors of counts are of even size there. */
  readonly mean: Float64Array;
  readonly peak: Float64Array;
  /** Which days are alike, by local day number; also for days to come. */
  readonly kindOf: (day: number) => number;
}

/** Where an instant stands on the wall clock. */
export interface LocalSlot {
  readonly day: number;
  readonly slot: number;
}

/** Plain weekdays: every seventh day is alike. */
export function weekdaysIn(utcOffset: UtcOffset): Calendar {
  return { utcOffset, kindOf: (day) => ((day % 7) + 7) % 7 };
}

export function localSlotOf(at: EpochSeconds, slotSeconds: number, utcOffset: UtcOffset): LocalSlot {
  const local = at + utcOffset(at);
  const day = Math.floor(local / DAY_SECONDS);
  return { day, slot: Math.floor((local - day * DAY_SECONDS) / slotSeconds) };
}

/**
 * Lays a history out by local days. When clocks go back, the second pass of the repeated hour overwrites the first;
 * when they go forward, the skipped hour stays missing.
 */
export function dayTableOf(history: History, { utcOffset, kindOf }: Calendar): DayTable {
  const { start, slotSeconds } = history;
  const slotsPerDay = DAY_SECONDS / slotSeconds;
  const firstDay = localSlotOf(start, slotSeconds, utcOffset).day;
  const lastDay = localSlotOf(start + (history.mean.length - 1) * slotSeconds, slotSeconds, utcOffset).day;
  const days = history.mean.length === 0 ? 0 : lastDay - firstDay + 1;
  const mean = new Float64Array(days * slotsPerDay).fill(Number.NaN);
  const peak = new Float64Array(days * slotsPerDay).fill(Number.NaN);
  const offset = steadyOffset(utcOffset);
  for (let i = 0; i < history.mean.length; i++) {
    if (Number.isNaN(history.mean[i])) continue;
    const { day, slot } = localSlotOf(start + i * slotSeconds, slotSeconds, offset);
    const cell = (day - firstDay) * slotsPerDay + slot;
    mean[cell] = Math.sqrt(history.mean[i] as number);
    peak[cell] = Math.sqrt(history.peak[i] as number);
  }
  return { firstDay, days, slotSeconds, slotsPerDay, mean, peak, kindOf };
}

/** The table's cell of an instant; cells go on beyond the last row. */
export function cellOf(
  { firstDay, slotSeconds, slotsPerDay }: DayTable,
  at: EpochSeconds,
  utcOffset: UtcOffset,
): number {
  const { day, slot } = localSlotOf(at, slotSeconds, utcOffset);
  return (day - firstDay) * slotsPerDay + slot;
}

/**
 * The same offsets, asked for rarely, since asking a time zone is slow: a UTC day that begins and ends with one offset has
 * it throughout; on the few days on which clocks change, each instant is asked for.
 */
export function steadyOffset(utcOffset: UtcOffset): UtcOffset {
  const quarterSeconds = 900;
  const known = new Map<number, number | null>();
  const ofDay = (day: number): number | null => {
    const first = utcOffset(day * DAY_SECONDS);
    return first === utcOffset((day + 1) * DAY_SECONDS - quarterSeconds) ? first : null;
  };
  let latestDay = Number.NaN;
  let latest: number | null = null;
  return (at) => {
    const day = Math.floor(at / DAY_SECONDS);
    if (day !== latestDay) {
      if (!known.has(day)) known.set(day, ofDay(day));
      latest = known.get(day) ?? null;
      latestDay = day;
    }
    return latest ?? utcOffset(at);
  };
}
