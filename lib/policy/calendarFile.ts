/** Declared events from an iCalendar file (RFC 5545), as calendars of public holidays are published. */
import ICAL from "ical.js";
import { DateTime, IANAZone } from "luxon";
import {
  type DayLike,
  type DeclaredEvent,
  dayNumberOf,
  LONGEST_EVENT_DAYS,
  WEEKDAYS,
} from "../core/declaredEvent.ts";
import { type EpochSeconds, isoOf, utcDayOf } from "../core/time.ts";
import type { Path, Report } from "./problems.ts";

/** Where calendar files come from: a policy has no files of its own. */
export interface CalendarSource {
  /** The text of a file as the policy names it. Throws an Error that says why it cannot be read. */
  readonly read: (path: string) => string;
  /** Recurring events are written out from two years before the year of this time to the end of the year after it. */
  readonly around: EpochSeconds;
}

/** A policy goes into every function; a calendar with more events than this is none of holidays. */
const MOST_EVENTS = 1_000;

/** The events of a file. Whatever of it cannot be used is reported, since a holiday that is left out is a surprise. */
export function readCalendar(
  file: string,
  timeZone: string,
  source: CalendarSource | null,
  path: Path,
  report: Report,
): readonly DeclaredEvent[] {
  if (source === null) {
    report(path, `got ${file}, but this policy was not read from a file; allowed: a list of events`);
    return [];
  }
  try {
    const events = parsed(source.read(file)).flatMap((event) => {
      const read = eventsOf(event, timeZone, source.around);
      if ("problem" in read) report(path, `${file}: the event "${nameOf(event)}" ${read.problem}`);
      return "problem" in read ? [] : read.events;
    });
    if (events.length <= MOST_EVENTS) return events;
    report(path, `got ${events.length} events in ${file}; allowed: at most ${MOST_EVENTS}`);
  } catch (error) {
    report(path, `${file} cannot be used: ${(error as Error).message}`);
  }
  return [];
}

/** Events without those that are cancelled or only change one of a series. Throws an Error for what is no iCalendar. */
function parsed(text: string): readonly ICAL.Event[] {
  const plain = text.replace(/^\uFEFF/, "").trim();
  if (!/^BEGIN:VCALENDAR/i.test(plain)) {
    throw new Error(
      `got a text that begins with ${JSON.stringify(plain.slice(0, 30))}; allowed: BEGIN:VCALENDAR`,
    );
  }
  const parts: unknown[] = ICAL.parse(plain);
  const calendars = (Array.isArray(parts[0]) ? parts : [parts]) as unknown[][];
  const events = calendars
    .flatMap((each) => new ICAL.Component(each).getAllSubcomponents("vevent"))
    .filter((each) => each.getFirstPropertyValue("status") !== "CANCELLED")
    .map((each) => new ICAL.Event(each));
  const whole = events.filter((each) => !each.isRecurrenceException());
  for (const each of events) {
    if (each.isRecurrenceException()) whole.find(({ uid }) => uid === each.uid)?.relateException(each);
  }
  return whole;
}

type Read = { readonly events: readonly DeclaredEvent[] } | { readonly problem: string };

/** Every occurrence of an event in the years that are written out; an event that does not recur, whenever it is. */
function eventsOf(event: ICAL.Event, timeZone: string, around: EpochSeconds): Read {
  const why = startProblem(event);
  if (why !== null) return { problem: why };
  const events: DeclaredEvent[] = [];
  for (const { start, end } of occurrencesOf(event, around)) {
    const read = occurrenceOf(nameOf(event), likeOf(event), start, end, timeZone);
    if (typeof read === "string") return { problem: read };
    events.push(read);
  }
  return { events };
}

/** The library counts the 13th month on into the next year; a person has mistyped it. */
function startProblem({ component }: ICAL.Event): string | null {
  const start = component.getFirstProperty("dtstart");
  if (start === null) return "has no DTSTART";
  const written = String((start.toJSON() as unknown[])[3]);
  return DateTime.fromISO(written.replace(/Z$/, ""), { zone: "UTC" }).isValid
    ? null
    : `has the DTSTART ${written}; allowed: a date such as 20261225, or a time such as 20261225T180000`;
}

interface Span {
  readonly start: ICAL.Time;
  readonly end: ICAL.Time;
}

const YEARS = { before: 2, after: 1 } as const;

function occurrencesOf(event: ICAL.Event, around: EpochSeconds): readonly Span[] {
  if (!event.isRecurring()) return [{ start: event.startDate, end: event.endDate }];
  const year = Number(utcDayOf(around).slice(0, 4));
  const spans: Span[] = [];
  // The start counts where dates are only added to it (RFC 5545, 3.8.5.2); the library then leaves it out.
  if (!event.component.hasProperty("rrule")) spans.push({ start: event.startDate, end: event.endDate });
  const iterator = event.iterator();
  for (let next = iterator.next(); next; next = iterator.next()) {
    if (next.year > year + YEARS.after || spans.length > MOST_EVENTS) break;
    const { startDate, endDate } = event.getOccurrenceDetails(next);
    if (startDate.year >= year - YEARS.before) spans.push({ start: startDate, end: endDate });
  }
  return spans;
}

/** The event, or what is wrong with it. */
function occurrenceOf(
  name: string,
  like: DayLike,
  from: ICAL.Time,
  to: ICAL.Time,
  timeZone: string,
): DeclaredEvent | string {
  if (from.isDate) return daysOf(name, like, from.toString(), to.toString());
  const start = instantOf(from, timeZone);
  const end = instantOf(to, timeZone);
  if (typeof start === "string") return start;
  if (typeof end === "string") return end;
  return end > start
    ? { kind: "window", name, start, end }
    : `ends at ${isoOf(end)}, which is not after its start ${isoOf(start)}`;
}

/** DTEND is the first day after the event, or the same day where a program wrote it so. */
function daysOf(name: string, like: DayLike, from: string, end: string): DeclaredEvent | string {
  const first = dayNumberOf(from);
  const last = Math.max(first, dayNumberOf(end.slice(0, 10)) - 1);
  if (!(last - first < LONGEST_EVENT_DAYS)) {
    return `lasts from ${from} to ${end}; allowed: at most ${LONGEST_EVENT_DAYS} days`;
  }
  return { kind: "days", name, from, to: utcDayOf(last * 86_400), like };
}

/** A time without a zone is on the target's wall clock; one of a zone that the file describes is counted by that. */
function instantOf(time: ICAL.Time, timeZone: string): EpochSeconds | string {
  const zone = time.zone?.tzid ?? "floating";
  if (zone !== "floating") return time.toUnixTime();
  const named = (time as { readonly timezone?: string }).timezone;
  if (named !== undefined && named !== "floating" && !IANAZone.isValidZone(named)) {
    return `is in the time zone ${named}; allowed: IANA names such as Asia/Shanghai, or one that the file describes`;
  }
  const on = named === undefined || named === "floating" ? timeZone : named;
  return DateTime.fromISO(time.toString(), { zone: on }).toSeconds();
}

const LIKES: readonly string[] = [...WEEKDAYS, "last-time", "masked"];

/** One of the event's categories may say what its days are like; public holidays are like Sundays. */
function likeOf({ component }: ICAL.Event): DayLike {
  const categories = component
    .getAllProperties("categories")
    .flatMap((each) => each.getValues())
    .map((each) => String(each).trim().toLowerCase());
  return (categories.find((each) => LIKES.includes(each)) ?? "sunday") as DayLike;
}

/** Names of other lengths would be refused of a list. */
function nameOf({ summary, uid }: ICAL.Event): string {
  return (summary || uid || "unnamed").trim().slice(0, 63);
}
