/** The declared events of a target: those of its list, then those of its calendar file. */
import { DateTime } from "luxon";
import { type DayLike, type DeclaredEvent, dayNumberOf, LONGEST_EVENT_DAYS } from "../core/declaredEvent.ts";
import { type CalendarSource, readCalendar } from "./calendarFile.ts";
import type { WrittenEvent } from "./datedSchema.ts";
import { saying } from "./fields.ts";
import type { Path, Report } from "./problems.ts";
import type { WrittenTarget } from "./schema.ts";
import { timeOf } from "./times.ts";

const DATE_WORDS = "a date such as 2026-12-25";

/** Problems are reported; what they concern is left out. */
export function resolveEvents(
  { events, calendar, timeZone }: WrittenTarget,
  path: Path,
  report: Report,
  source: CalendarSource | null,
): readonly DeclaredEvent[] {
  const listed = events.map((event, i) => resolveEvent(event, timeZone, [...path, "events", i], report));
  const inFile =
    calendar === undefined ? [] : readCalendar(calendar, timeZone, source, [...path, "calendar"], report);
  return [...listed.filter((event) => event !== null), ...inFile];
}

function resolveEvent(
  event: WrittenEvent,
  timeZone: string,
  path: Path,
  report: Report,
): DeclaredEvent | null {
  const isShift = event.kind === "level-shift";
  const foreign = (isShift ? NOT_OF_SHIFTS : NOT_OF_DAYS).filter((key) => event[key] !== undefined);
  for (const key of foreign) {
    const allowed = isShift ? "name, at and factor" : "name, date or from and to, and like";
    report([...path, key], `got ${key} in an event of kind ${event.kind}; allowed: ${allowed}`);
  }
  if (foreign.length > 0) return null;
  return isShift ? resolveShift(event, timeZone, path, report) : resolveDays(event, timeZone, path, report);
}

const NOT_OF_SHIFTS = ["date", "from", "to", "like"] as const;
const NOT_OF_DAYS = ["at", "factor"] as const;

function resolveShift(
  { name, at, factor }: WrittenEvent,
  timeZone: string,
  path: Path,
  report: Report,
): DeclaredEvent | null {
  const time = timeOf(at, timeZone, [...path, "at"], report);
  return time === null ? null : { kind: "level-shift", name, at: time, factor: factor ?? null };
}

function resolveDays(
  event: WrittenEvent,
  timeZone: string,
  path: Path,
  report: Report,
): DeclaredEvent | null {
  const { name, date, like } = event;
  if ((date === undefined) === (event.from === undefined && event.to === undefined)) {
    const got = date === undefined ? "neither date nor from and to" : "date beside from or to";
    report(path, `got ${got}; allowed: either date, or from and to`);
    return null;
  }
  const from = date ?? event.from ?? "";
  const to = date ?? event.to ?? "";
  if (date === undefined && (from.includes("T") || to.includes("T"))) {
    return resolveWindow(name, from, to, like ?? null, timeZone, path, report);
  }
  const places = date === undefined ? (["from", "to"] as const) : (["date"] as const);
  const wrong = places.filter((key) => !isDate(event[key] ?? ""));
  for (const key of wrong) report([...path, key], saying(event[key], DATE_WORDS));
  if (wrong.length > 0) return null;
  const days = dayNumberOf(to) - dayNumberOf(from) + 1;
  if (!(days >= 1 && days <= LONGEST_EVENT_DAYS)) {
    const allowed = `from 1 to ${LONGEST_EVENT_DAYS} days, the last one included`;
    report([...path, "to"], `got ${from} to ${to}; allowed: ${allowed}`);
    return null;
  }
  return { kind: "days", name, from, to, like: like ?? "sunday" };
}

/** What happens to a part of a day has no weekday that it could be like. */
function resolveWindow(
  name: string,
  from: string,
  to: string,
  like: DayLike | null,
  timeZone: string,
  path: Path,
  report: Report,
): DeclaredEvent | null {
  const start = timeOf(from, timeZone, [...path, "from"], report);
  const end = timeOf(to, timeZone, [...path, "to"], report);
  if (start === null || end === null) return null;
  if (end <= start) {
    report([...path, "to"], `got ${to}, which is not after ${from}; allowed: a later time`);
    return null;
  }
  if (like !== null && like !== "masked") {
    const allowed = "masked for a part of a day, or whole days; a load that is expected in it is a promotion";
    report([...path, "like"], saying(like, allowed));
    return null;
  }
  return { kind: "window", name, start, end };
}

/** 2026-02-30 has the form of a date and is none. */
function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: "UTC" }).isValid;
}
