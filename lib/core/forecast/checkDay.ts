/** Refuses a forecast day that cannot be true, on its way into a store and out of it, whoever made it. */
import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS, utcDayOf } from "../time.ts";
import { bandsFlaw, errorsFlaw, idleFlaw, isPackable, weightsFlaw } from "./checkTables.ts";
import type { ForecastDay } from "./forecast.ts";
import { HIGHEST_PACKED } from "./packValues.ts";

/** The version that this program writes, and the only one whose numbers it can read. */
export const DAY_VERSION = 3;

/** The columns of a day: one value a slot. */
export const COLUMNS = ["median", "scale", "naive"] as const;

/** The columns of an idle table. */
export const IDLE_COLUMNS = ["byAge", "rate", "minuteOfHour"] as const;

/** A day without what is packed. */
export type DayHeader = Omit<ForecastDay, (typeof COLUMNS)[number] | "bands" | "errors" | "idle">;

/** Throws a RangeError that names the target, the day, what is wrong and what would be right. */
export function checkDay(day: ForecastDay): void {
  const flaw =
    versionFlaw(day.version) ??
    headerFlaw(day) ??
    columnsFlaw(day) ??
    bandsFlaw(day.bands) ??
    errorsFlaw(day.errors) ??
    idleFlaw(day.idle, slotsOf(day));
  if (flaw !== null) refuseDay(day, flaw);
}

/** The error for a flaw that was found elsewhere, such as a wrong number of bytes. */
export function refuseDay({ target, day }: Pick<ForecastDay, "target" | "day">, flaw: string): never {
  throw new RangeError(`forecast of ${target} for ${day}: ${flaw}; make the forecast anew`);
}

/** Null for the version that this program knows. Takes any value: what is stored may be newer than the program. */
export function versionFlaw(version: unknown): string | null {
  return version === DAY_VERSION
    ? null
    : `the item is of version ${String(version)}, this program knows version ${DAY_VERSION}`;
}

/** A slot divides the day, so every slot has its place. */
export function slotsOf({ slotSeconds }: Pick<ForecastDay, "slotSeconds">): number {
  return DAY_SECONDS / slotSeconds;
}

/** What is wrong with the part of a day that is stored as it is; null when nothing is. */
export function headerFlaw({
  day,
  slotSeconds,
  madeAt,
  history,
  score,
  weights,
  minuteOfHour,
}: Omit<DayHeader, "version">): string | null {
  if (!(minuteOfHour.length === 60 && minuteOfHour.every(isPackable))) {
    return `minuteOfHour must be 60 numbers of at least 0, got ${minuteOfHour.length}`;
  }
  if (!isUtcDay(day)) return "the day must be a date such as 2025-11-11";
  if (!isSlot(slotSeconds)) {
    return `slotSeconds is ${slotSeconds}, allowed are whole seconds from ${MINUTE_SECONDS} to ${HOUR_SECONDS} that divide a day of ${DAY_SECONDS} s`;
  }
  if (![madeAt, history.from, history.to].every(Number.isFinite)) {
    return `madeAt and history must be instants, got ${madeAt} and ${history.from} to ${history.to}`;
  }
  if (!(history.missingShare >= 0 && history.missingShare <= 1)) {
    return `history.missingShare is ${history.missingShare}, allowed is 0 to 1`;
  }
  if (!(Number.isSafeInteger(history.gaps) && history.gaps >= 0)) {
    return `history.gaps is ${history.gaps}, allowed is a whole number of at least 0`;
  }
  for (const loss of [score.loss, score.lossSameTimeLastWeek]) {
    if (loss !== null && !isPackable(loss))
      return `the score holds ${loss}, allowed is null or a number of at least 0`;
  }
  return weightsFlaw(weights);
}

function isSlot(seconds: number): boolean {
  const isWithin = seconds >= MINUTE_SECONDS && seconds <= HOUR_SECONDS;
  return Number.isInteger(seconds) && isWithin && DAY_SECONDS % seconds === 0;
}

function isUtcDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const at = Date.parse(`${day}T00:00:00Z`) / 1000;
  return !Number.isNaN(at) && utcDayOf(at) === day;
}

function columnsFlaw(day: ForecastDay): string | null {
  const slots = slotsOf(day);
  for (const name of COLUMNS) {
    const values = day[name];
    if (values.length !== slots) return `${name} has ${values.length} values, a day has ${slots} slots`;
    const wrong = values.findIndex((value) => !isPackable(value));
    if (wrong >= 0) return `${name}[${wrong}] is ${values[wrong]}, allowed is 0 to ${HIGHEST_PACKED}`;
  }
  return null;
}
