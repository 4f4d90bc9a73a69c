/** Which days are alike, from the weekdays and from what people declared; and what of the past is left out of learning. */
import { type DayEvent, type DeclaredEvent, dayNumberOf, WEEKDAYS, type Weekday } from "../declaredEvent.ts";
import { DAY_SECONDS, type EpochSeconds } from "../time.ts";
import type { Calendar, UtcOffset } from "./forecast.ts";
import type { MaskedWindow } from "./history.ts";

/** Kinds from here on are days of events that are like their last time. */
const FIRST_EVENT_KIND = WEEKDAYS.length;

const weekdayOf = (day: number): number => ((day % 7) + 7) % 7;

/**
 * The calendar of a target. A day that is like a weekday has that weekday's kind. The first, second, … day of an event
 * that is like its last time has a kind of its own, where a day of that kind lies in the history from `firstDay` to
 * before `today` (local days since 1970-01-01); an event that the history does not hold goes as its weekdays do. A
 * masked day is an ordinary one: it is left out of the history instead. Where events overlap, the first one counts.
 */
export function calendarOf(
  events: readonly DeclaredEvent[],
  utcOffset: UtcOffset,
  firstDay: number,
  today: number,
): Calendar {
  const kinds = new Map<number, number>();
  const declared = events.filter((event) => event.kind === "days");
  const ofLastTime = kindsOfLastTime(declared, firstDay, today);
  for (const event of declared) {
    for (const [nth, day] of daysOf(event).entries()) {
      const kind = kindOf(event, nth, day, ofLastTime);
      if (!kinds.has(day)) kinds.set(day, kind);
    }
  }
  return { utcOffset, kindOf: (day) => kinds.get(day) ?? weekdayOf(day) };
}

function kindOf(
  { name, like }: DayEvent,
  nth: number,
  day: number,
  ofLastTime: ReadonlyMap<string, number>,
): number {
  if (like === "masked") return weekdayOf(day);
  if (like !== "last-time") return WEEKDAYS.indexOf(like satisfies Weekday);
  return ofLastTime.get(keyOf(name, nth)) ?? weekdayOf(day);
}

/** A kind for the nth day of each event that is like its last time and that the history holds. */
function kindsOfLastTime(
  events: readonly DayEvent[],
  firstDay: number,
  today: number,
): ReadonlyMap<string, number> {
  const kinds = new Map<string, number>();
  for (const event of events) {
    if (event.like !== "last-time") continue;
    for (const [nth, day] of daysOf(event).entries()) {
      const key = keyOf(event.name, nth);
      if (firstDay <= day && day < today && !kinds.has(key)) kinds.set(key, FIRST_EVENT_KIND + kinds.size);
    }
  }
  return kinds;
}

const keyOf = (name: string, nth: number): string => `${nth} ${name}`;

function daysOf({ from, to }: DayEvent): readonly number[] {
  const first = dayNumberOf(from);
  return Array.from({ length: dayNumberOf(to) - first + 1 }, (_, i) => first + i);
}

/** The windows of the past that say nothing of ordinary days: parts of days, and masked days on the wall clock. */
export function maskedByEvents(
  events: readonly DeclaredEvent[],
  utcOffset: UtcOffset,
): readonly MaskedWindow[] {
  return events.flatMap((event) => {
    if (event.kind === "window") return [{ start: event.start, end: event.end }];
    if (event.kind !== "days" || event.like !== "masked") return [];
    const days = daysOf(event);
    const last = days.at(-1) as number;
    return [{ start: startOfDay(days[0] as number, utcOffset), end: startOfDay(last + 1, utcOffset) }];
  });
}

/** The instant at which a local day begins. Where clocks change at that midnight, the offset after it counts. */
function startOfDay(day: number, utcOffset: UtcOffset): EpochSeconds {
  const wall = day * DAY_SECONDS;
  const guess = wall - utcOffset(wall);
  return wall - utcOffset(guess);
}
