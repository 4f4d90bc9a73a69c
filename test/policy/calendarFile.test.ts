/** Calendar files: what becomes of each kind of event, and what is said of broken ones. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { DeclaredEvent } from "../../lib/core/declaredEvent.ts";
import { readCalendar } from "../../lib/policy/calendarFile.ts";
import { parsePolicyObject } from "../../lib/policy/parsePolicy.ts";
import { instant } from "../core/arrange.ts";

const AROUND = instant("2026-03-01T00:00Z");

function read(text: string): {
  readonly events: readonly DeclaredEvent[];
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const source = { read: () => text, around: AROUND };
  const events = readCalendar("h.ics", "Asia/Shanghai", source, [], (_, message) => problems.push(message));
  return { events, problems };
}

const calendar = (...events: string[]): string =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//t//t//EN", ...events, "END:VCALENDAR", ""].join("\r\n");
const event = (...lines: string[]): string =>
  ["BEGIN:VEVENT", "UID:u", "SUMMARY:Feast", ...lines, "END:VEVENT"].join("\r\n");
const readEvent = (...lines: string[]) => read(calendar(event(...lines)));

const day = (from: string, parts: object = {}): object => ({
  kind: "days",
  name: "Feast",
  from,
  to: from,
  like: "sunday",
  ...parts,
});

describe("an all-day event", () => {
  it.each<[string, readonly string[], object]>([
    ["is like a Sunday", ["DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261226"], day("2026-12-25")],
    [
      "ends the day before DTEND",
      ["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227"],
      day("2026-12-24", { to: "2026-12-26" }),
    ],
    ["lasts a day without DTEND", ["DTSTART;VALUE=DATE:20261225"], day("2026-12-25")],
    [
      "may have a duration",
      ["DTSTART;VALUE=DATE:20261225", "DURATION:P2D"],
      day("2026-12-25", { to: "2026-12-26" }),
    ],
    [
      "may end where it starts",
      ["DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261225"],
      day("2026-12-25"),
    ],
    [
      "is as its category says",
      ["DTSTART;VALUE=DATE:20261225", "CATEGORIES:Public,Last-Time"],
      day("2026-12-25", { like: "last-time" }),
    ],
    [
      "takes no notice of other categories",
      ["DTSTART;VALUE=DATE:20261225", "CATEGORIES:Holidays"],
      day("2026-12-25"),
    ],
    ["is a leap day", ["DTSTART;VALUE=DATE:20280229"], day("2028-02-29")],
  ])("%s", (_case, lines, expected) => {
    expect(readEvent(...lines)).toEqual({ events: [expected], problems: [] });
  });
});

describe("an event with times", () => {
  const window = (start: string, end: string): object => ({
    kind: "window",
    name: "Feast",
    start: instant(start),
    end: instant(end),
  });
  /** An office program's own name for a zone, with what it means. */
  const ZONE = [
    "BEGIN:VTIMEZONE",
    "TZID:Own Time",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0300",
    "TZOFFSETTO:+0300",
    "END:STANDARD",
    "END:VTIMEZONE",
  ].join("\r\n");

  it.each<[string, readonly string[], object]>([
    [
      "in UTC",
      ["DTSTART:20261225T180000Z", "DTEND:20261225T200000Z"],
      window("2026-12-25T18:00Z", "2026-12-25T20:00Z"),
    ],
    [
      "on the target's wall clock",
      ["DTSTART:20261225T180000", "DURATION:PT90M"],
      window("2026-12-25T10:00Z", "2026-12-25T11:30Z"),
    ],
    [
      "in a zone by name",
      ["DTSTART;TZID=America/New_York:20260704T180000", "DTEND;TZID=America/New_York:20260704T190000"],
      window("2026-07-04T22:00Z", "2026-07-04T23:00Z"),
    ],
  ])("is a masked window, %s", (_case, lines, expected) => {
    expect(readEvent(...lines)).toEqual({ events: [expected], problems: [] });
  });

  it("is counted by a zone that the file describes", () => {
    const lines = ["DTSTART;TZID=Own Time:20261225T180000", "DTEND;TZID=Own Time:20261225T190000"];
    const { events, problems } = read(calendar(ZONE, event(...lines)));
    expect({ events, problems }).toEqual({
      events: [window("2026-12-25T15:00Z", "2026-12-25T16:00Z")],
      problems: [],
    });
  });
});

describe("a recurring event", () => {
  const datesOf = (...lines: string[]): readonly string[] =>
    readEvent(...lines).events.map((each) => (each.kind === "days" ? each.from : ""));

  it("is written out from two years before this one to the end of the next", () => {
    expect(datesOf("DTSTART;VALUE=DATE:20001225", "RRULE:FREQ=YEARLY")).toEqual([
      "2024-12-25",
      "2025-12-25",
      "2026-12-25",
      "2027-12-25",
    ]);
  });

  it("follows rules, exceptions and added dates", () => {
    const thanksgiving = ["DTSTART;VALUE=DATE:20251127", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"];
    expect(datesOf(...thanksgiving)).toEqual(["2025-11-27", "2026-11-26", "2027-11-25"]);
    expect(datesOf(...thanksgiving, "EXDATE;VALUE=DATE:20261126")).toEqual(["2025-11-27", "2027-11-25"]);
    expect(datesOf("DTSTART;VALUE=DATE:20260101", "RDATE;VALUE=DATE:20260310")).toEqual([
      "2026-01-01",
      "2026-03-10",
    ]);
  });

  it("follows one that was moved", () => {
    const moved = event("RECURRENCE-ID;VALUE=DATE:20261225", "DTSTART;VALUE=DATE:20261228");
    const series = event("DTSTART;VALUE=DATE:20251225", "RRULE:FREQ=YEARLY");
    const { events } = read(calendar(series, moved));
    expect(events.map((each) => (each.kind === "days" ? each.from : ""))).toEqual([
      "2025-12-25",
      "2026-12-28",
      "2027-12-25",
    ]);
  });
});

it("leaves out what is cancelled, and other things than events", () => {
  const todo = "BEGIN:VTODO\r\nUID:t\r\nSUMMARY:x\r\nEND:VTODO";
  const { events, problems } = read(calendar(event("DTSTART;VALUE=DATE:20261225", "STATUS:CANCELLED"), todo));
  expect({ events, problems }).toEqual({ events: [], problems: [] });
});

it("reads lines that are folded, ended by newlines alone, or begun by a byte order mark", () => {
  const text = calendar(event("DTSTART;VALUE=DATE:202612\r\n 25"));
  expect(read(`\uFEFF${text.replaceAll("\r\n", "\n")}`).events).toEqual([day("2026-12-25")]);
});

describe("a broken file", () => {
  it.each<[string, string, RegExp]>([
    ["nothing", "", /^h\.ics cannot be used: got a text that begins with ""; allowed: BEGIN:VCALENDAR$/],
    ["a web page", "<html>", /begins with "<html>"; allowed: BEGIN:VCALENDAR/],
    ["a card", "BEGIN:VCARD\r\nEND:VCARD\r\n", /allowed: BEGIN:VCALENDAR/],
    ["half a file", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", /cannot be used: .*began but did not end/],
    [
      "an unknown frequency",
      calendar(event("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=NEVER")),
      /cannot be used: invalid frequency/,
    ],
    ["no start", calendar(event()), /^h\.ics: the event "Feast" has no DTSTART$/],
    [
      "a 13th month",
      calendar(event("DTSTART;VALUE=DATE:20261325")),
      /the event "Feast" has the DTSTART 2026-13-25; allowed: a date/,
    ],
    ["30 February", calendar(event("DTSTART;VALUE=DATE:20260230")), /has the DTSTART 2026-02-30/],
    ["no date at all", calendar(event("DTSTART;VALUE=DATE:banana")), /the event "Feast" has the DTSTART/],
    [
      "an end before its start",
      calendar(event("DTSTART:20261225T180000Z", "DTEND:20261225T170000Z")),
      /ends at 2026-12-25T17:00Z, which is not after its start 2026-12-25T18:00Z/,
    ],
    [
      "an unknown zone",
      calendar(event("DTSTART;TZID=Mars/Base:20261225T180000", "DURATION:PT1H")),
      /is in the time zone Mars\/Base; allowed: IANA names/,
    ],
    [
      "an endless event",
      calendar(event("DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20270101")),
      /lasts from 2026-01-01 to 2027-01-01; allowed: at most 31 days/,
    ],
    [
      "too many events",
      calendar(event("DTSTART;VALUE=DATE:20240101", "RRULE:FREQ=DAILY")),
      /got 1001 events in h\.ics; allowed: at most 1000/,
    ],
  ])("with %s is said to be so", (_case, text, said) => {
    const { events, problems } = read(text);
    expect(problems).toEqual([expect.stringMatching(said)]);
    expect(events).toEqual([]);
  });

  it("keeps the events beside a broken one, so that all problems are found at once", () => {
    const { events, problems } = read(calendar(event(), event("DTSTART;VALUE=DATE:20261225"), event()));
    expect(events).toHaveLength(1);
    expect(problems).toHaveLength(2);
  });

  it("never throws, whatever stands in it", () => {
    const line = fc.constantFrom(
      "BEGIN:VEVENT",
      "END:VEVENT",
      "DTSTART;VALUE=DATE:20261225",
      "DTSTART:x",
      "DTEND:1",
      "RRULE:FREQ=DAILY",
      "RRULE:",
      "DURATION:P",
      "UID:u",
      "RECURRENCE-ID:20261225",
      "CATEGORIES:,,",
      "EXDATE:9",
      ";",
      "DTSTART;TZID=:20261225T180000",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const { events } = read(calendar(...lines));
        expect(events.every((each) => each.kind !== "window" || each.end > each.start)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a policy that names a calendar", () => {
  const target = {
    kind: "sagemaker-variant",
    endpoint: "e",
    variant: "v",
    calendar: "h.ics",
    capacity: { min: 1, max: 2 },
    load: { metric: "invocations", perUnit: 1 },
    events: [{ name: "own", date: "2026-05-01" }],
  };

  it("has the events of its list before those of the file", () => {
    const text = calendar(event("DTSTART;VALUE=DATE:20261225"));
    const result = parsePolicyObject({ targets: { chat: target } }, { read: () => text, around: AROUND });
    if (result.kind === "problems") throw new Error(JSON.stringify(result.problems));
    expect(result.policy.targets[0]?.events.map(({ name }) => name)).toEqual(["own", "Feast"]);
  });

  it("says why the file cannot be read", () => {
    const unreadable = () => {
      throw new Error("no such file");
    };
    expect(parsePolicyObject({ targets: { chat: target } }, { read: unreadable, around: AROUND })).toEqual({
      kind: "problems",
      problems: [{ path: "targets.chat.calendar", message: "h.ics cannot be used: no such file" }],
    });
  });

  it("needs somebody who can read files", () => {
    const result = parsePolicyObject({ targets: { chat: target } });
    expect(result).toMatchObject({
      problems: [
        { message: "got h.ics, but this policy was not read from a file; allowed: a list of events" },
      ],
    });
  });
});
