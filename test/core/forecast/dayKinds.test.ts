/** Which days are alike, and what of the past is left out. Day 0 was a Thursday. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  type DayEvent,
  type DeclaredEvent,
  dayNumberOf,
  soundEvents,
} from "../../../lib/core/declaredEvent.ts";
import { calendarOf, maskedByEvents } from "../../../lib/core/forecast/dayKinds.ts";
import { HOUR_SECONDS } from "../../../lib/core/time.ts";
import { instant } from "../arrange.ts";

const SUNDAY = 3;
const WEDNESDAY = 6;

const days = (from: string, like: DayEvent["like"], parts: Partial<DayEvent> = {}): DayEvent => ({
  kind: "days",
  name: "feast",
  from,
  to: from,
  like,
  ...parts,
});
const today = dayNumberOf("2025-11-12");
const calendar = (...events: DeclaredEvent[]) =>
  calendarOf(events, () => 0, dayNumberOf("2025-10-15"), today);
const kindOn = (date: string, ...events: DeclaredEvent[]): number =>
  calendar(...events).kindOf(dayNumberOf(date));

describe("calendarOf", () => {
  it("has plain weekdays where nothing is declared, before 1970 too", () => {
    expect(kindOn("2025-11-09")).toBe(SUNDAY);
    expect(kindOn("2025-11-12")).toBe(WEDNESDAY);
    expect(kindOn("1969-12-28")).toBe(SUNDAY);
  });

  it("gives a Wednesday that is like a Sunday the Sunday's kind, past or to come", () => {
    expect(kindOn("2025-11-05", days("2025-11-05", "sunday"))).toBe(SUNDAY);
    expect(kindOn("2025-11-19", days("2025-11-19", "sunday"))).toBe(SUNDAY);
    expect(kindOn("2025-11-20", days("2025-11-19", "sunday"))).toBe(0);
  });

  it("counts both ends of an event in", () => {
    const week = days("2025-11-17", "sunday", { to: "2025-11-19" });
    const kinds = [16, 17, 18, 19, 20].map((day) => kindOn(`2025-11-${day}`, week));
    expect(kinds).toEqual([SUNDAY, SUNDAY, SUNDAY, SUNDAY, 0]);
  });

  it("gives the days of an event kinds of their own, the same each time", () => {
    const past = days("2025-10-28", "last-time", { to: "2025-10-29" });
    const next = days("2025-11-20", "last-time", { to: "2025-11-21" });
    const kinds = ["2025-10-28", "2025-10-29", "2025-11-20", "2025-11-21"].map((day) =>
      kindOn(day, past, next),
    );
    expect(kinds).toEqual([7, 8, 7, 8]);
  });

  it("lets an event that the history does not hold go as its weekdays do", () => {
    const yearAgo = days("2024-11-20", "last-time");
    const next = days("2025-11-19", "last-time");
    expect(kindOn("2025-11-19", yearAgo, next)).toBe(WEDNESDAY);
    expect(kindOn("2025-11-12", days("2025-11-12", "last-time"))).toBe(WEDNESDAY);
  });

  it("keeps events of different names apart", () => {
    const events = [days("2025-10-28", "last-time"), days("2025-10-30", "last-time", { name: "derby" })];
    expect([kindOn("2025-10-28", ...events), kindOn("2025-10-30", ...events)]).toEqual([7, 8]);
  });

  it("goes by the first where two overlap, and takes a masked day for an ordinary one", () => {
    const both = [days("2025-11-19", "masked"), days("2025-11-19", "sunday")];
    expect(kindOn("2025-11-19", ...both)).toBe(WEDNESDAY);
    expect(kindOn("2025-11-19", ...both.toReversed())).toBe(SUNDAY);
  });

  it("gives every day a whole kind from 0 on", () => {
    const date = fc
      .integer({ min: 0, max: 60 })
      .map((day) => new Date(instant("2025-10-10") * 1000 + day * 86_400_000).toISOString().slice(0, 10));
    const like = fc.constantFrom<DayEvent["like"]>("monday", "sunday", "last-time", "masked");
    const some = fc.array(fc.tuple(date, like, fc.constantFrom("a", "b")), { maxLength: 20 });
    fc.assert(
      fc.property(some, fc.integer({ min: -100, max: 30_000 }), (parts, day) => {
        const kind = calendar(...parts.map(([from, as, name]) => days(from, as, { name }))).kindOf(day);
        expect(Number.isInteger(kind) && kind >= 0 && kind < 7 + parts.length).toBe(true);
      }),
    );
  });
});

describe("maskedByEvents", () => {
  it("has masked days from midnight to midnight on the wall clock, and windows as they are", () => {
    const window = { kind: "window", name: "test", start: 10, end: 20 } as const;
    const events = [days("2025-11-05", "masked", { to: "2025-11-06" }), window, days("2025-11-07", "sunday")];
    expect(maskedByEvents(events, () => 8 * HOUR_SECONDS)).toEqual([
      { start: instant("2025-11-04T16:00Z"), end: instant("2025-11-06T16:00Z") },
      { start: 10, end: 20 },
    ]);
  });

  it("follows a change of clocks: 25 hours", () => {
    const back = instant("2025-10-26T01:00Z");
    const berlin = (at: number): number => (at < back ? 2 : 1) * HOUR_SECONDS;
    expect(maskedByEvents([days("2025-10-26", "masked")], berlin)).toEqual([
      { start: instant("2025-10-25T22:00Z"), end: instant("2025-10-26T23:00Z") },
    ]);
  });
});

describe("soundEvents", () => {
  it("keeps what can be used", () => {
    const events: DeclaredEvent[] = [
      days("2025-11-05", "last-time"),
      { kind: "window", name: "w", start: 0, end: 1 },
      { kind: "level-shift", name: "s", at: 0, factor: null },
    ];
    expect(soundEvents(events)).toEqual({ sound: events, setAside: [] });
  });

  it.each<[string, unknown, string]>([
    [
      "an end before its start",
      days("2025-11-05", "sunday", { to: "2025-11-04" }),
      "the event feast is set aside: got 2025-11-05 to 2025-11-04; allowed: 1 to 31 days such as 2026-12-25",
    ],
    ["too many days", days("2025-01-01", "sunday", { to: "2025-12-31" }), "1 to 31 days"],
    ["a date that is none", days("5 November", "sunday"), "got 5 November"],
    ["an unknown day", days("2025-11-05", "doomsday" as never), "got like doomsday"],
    ["an empty window", { kind: "window", name: "w", start: 5, end: 5 }, "a start before an end"],
    [
      "no time",
      { kind: "level-shift", name: "s", at: Number.NaN, factor: 2 },
      "a time, and a factor above 0",
    ],
    ["no factor", { kind: "level-shift", name: "s", at: 0, factor: -1 }, "a time, and a factor above 0"],
    ["an unknown kind", { kind: "feast", name: "f" }, "got the kind feast"],
    ["nothing at all", null, "the event null is set aside"],
  ])("sets %s aside, says why, and keeps the rest", (_case, event, why) => {
    const good = days("2025-11-05", "sunday");
    const { sound, setAside } = soundEvents([event as DeclaredEvent, good]);
    expect(sound).toEqual([good]);
    expect(setAside).toEqual([expect.stringContaining(why)]);
  });
});
