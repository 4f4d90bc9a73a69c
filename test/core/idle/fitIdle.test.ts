/** What is learned of the next request from pasts that are known. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { weekdaysIn } from "../../../lib/core/forecast/calendar.ts";
import type { IdleTable } from "../../../lib/core/forecast/forecast.ts";
import { AGE_STARTS } from "../../../lib/core/idle/ages.ts";
import { fitIdle, LEAST_PAUSES } from "../../../lib/core/idle/fitIdle.ts";
import { chancesAhead, chanceWithin } from "../../../lib/core/idle/idleTable.ts";
import { bursts, endOf, fitted, historyOfMinutes, hourly, memoryless, office, UTC } from "./arrange.ts";

const HISTORY = historyOfMinutes(() => 0);
const END = endOf(HISTORY);
const PLACE = { start: END, slotSeconds: 300 };

/** At `hour` o'clock on the Monday after the past, after so many idle minutes: that a request comes within so many. */
const chance = (table: IdleTable, hour: number, idle: number, within: number): number =>
  chanceWithin(chancesAhead(table, PLACE, END + hour * 3_600, idle, within), within);

describe("requests by chance at all hours", () => {
  it.each([0, 5, 20, 40])("are as likely after %d idle minutes as after any", (idle) => {
    const table = fitted(historyOfMinutes(memoryless(20)));
    expect(chance(table, 3, idle, 20)).toBeGreaterThan(0.53);
    expect(chance(table, 15, idle, 20)).toBeLessThan(0.75);
  });
});

describe("a job at the start of every hour", () => {
  const table = fitted(historyOfMinutes(hourly));

  it.each([
    ["does not come before its minute", 2.5, 29, 29, 0, 0.05],
    ["comes in its minute", 2.5, 29, 31, 0.95, 1],
    ["comes next when it is due", 2.99, 58, 3, 0.9, 1],
  ])("%s", (_case, hour, idle, within, least, most) => {
    expect(chance(table, hour, idle, within)).toBeGreaterThanOrEqual(least);
    expect(chance(table, hour, idle, within)).toBeLessThanOrEqual(most);
  });

  it("is told with what comes then", () => {
    expect(table).toMatchObject({ firstLoad: 2, laterLoad: 0, pauses: 21 * 24 - 1 });
  });
});

describe("a job once a day", () => {
  it("comes at its hour and not at others", () => {
    const table = fitted(historyOfMinutes((minute) => (minute % 1_440 === 600 ? 1 : 0)));
    expect(chance(table, 9.5, 1_409, 40)).toBeGreaterThan(0.7);
    expect(chance(table, 5, 1_139, 40)).toBeLessThan(0.1);
  });
});

describe("office hours", () => {
  const table = fitted(historyOfMinutes(office()));

  it.each([
    ["a morning", 10, 5, 30, 0.9, 1],
    ["an evening", 18.5, 40, 60, 0, 0.1],
    ["a night", 2, 480, 120, 0, 0.1],
  ])("of %s", (_case, hour, idle, within, least, most) => {
    expect(chance(table, hour, idle, within)).toBeGreaterThanOrEqual(least);
    expect(chance(table, hour, idle, within)).toBeLessThanOrEqual(most);
  });

  it("are those of the wall clock", () => {
    const east = weekdaysIn(() => 8 * 3_600);
    const inUtc = office();
    const local = historyOfMinutes((minute) => inUtc(minute + 480));
    const table = fitIdle(local, east, PLACE, 288) as IdleTable;
    expect(chance(table, 2, 5, 30)).toBeGreaterThan(0.9);
    expect(chance(table, 10.5, 40, 60)).toBeLessThan(0.1);
  });

  it("begin on a Saturday less likely than on a Tuesday, after the same night", () => {
    const opensOn = (day: number): number => {
      const start = END + day * 86_400;
      const ahead = fitIdle(historyOfMinutes(office()), UTC, { start, slotSeconds: 300 }, 288) as IdleTable;
      const chances = chancesAhead(ahead, { start, slotSeconds: 300 }, start + 9 * 3_600, 15 * 60, 15);
      return chanceWithin(chances, 15);
    };
    expect(opensOn(1)).toBeGreaterThan(0.6);
    expect(opensOn(5)).toBeLessThan(0.5 * opensOn(1));
  });
});

it("after a burst's own gaps a burst is over", () => {
  const table = fitted(historyOfMinutes(bursts()));
  expect(chance(table, 12, 1, 5)).toBeGreaterThan(0.5);
  expect(chance(table, 12, 10, 60)).toBeLessThan(0.2);
});

describe("what is missing", () => {
  it("ends a pause unseen and is no idle time: the chances are those of the known minutes", () => {
    const whole = fitted(historyOfMinutes(hourly));
    const holed = fitted(historyOfMinutes((minute) => (minute % 180 === 90 ? Number.NaN : hourly(minute))));
    expect(holed.pauses).toBeLessThan(whole.pauses);
    expect(chance(holed, 2.5, 29, 29)).toBeLessThan(0.05);
    expect(chance(holed, 2.5, 29, 31)).toBeGreaterThan(0.9);
  });

  it("of every night says nothing of nights, and little load does not follow from it", () => {
    const known = memoryless(10);
    const daysOnly = fitted(
      historyOfMinutes((minute) => (minute % 1_440 < 480 ? Number.NaN : known(minute))),
    );
    expect(chance(daysOnly, 3, 10, 30)).toBeGreaterThan(0.7);
  });
});

it("old values of five minutes are left out, where single minutes follow", () => {
  const quiet = memoryless(15, 3);
  const minutes = historyOfMinutes(quiet).minutes;
  const coarse = minutes.map((load, minute) => {
    if (minute >= 10 * 1_440) return load;
    const group = minutes.subarray(minute - (minute % 5), minute - (minute % 5) + 5);
    return group.reduce((sum, each) => sum + each, 0) / 5;
  });
  const mixed = fitted({ ...HISTORY, minutes: coarse });
  const fine = fitted(
    historyOfMinutes((minute) => (minute < 10 * 1_440 ? Number.NaN : (minutes[minute] as number))),
  );
  expect(mixed).toEqual(fine);
});

it.each([
  ["no requests", () => 0],
  ["always requests", () => 3],
  ["nothing known", () => Number.NaN],
  ["too few pauses", (minute: number) => (minute % 2_880 === 0 && minute < 2_880 * LEAST_PAUSES ? 1 : 0)],
])("%s is no table", (_case, load) => {
  expect(fitIdle(historyOfMinutes(load), UTC, PLACE, 288)).toBeNull();
});

it("chances are chances, whatever the past", () => {
  const load = fc.oneof(
    fc.constant(0),
    fc.constant(0),
    fc.constant(Number.NaN),
    fc.integer({ min: 0, max: 9 }),
  );
  fc.assert(
    fc.property(fc.array(load, { minLength: 200, maxLength: 2_000 }), fc.nat(20_000), (pattern, idle) => {
      const history = historyOfMinutes((minute) => pattern[minute % pattern.length] as number, 4);
      const table = fitIdle(history, UTC, { start: endOf(history), slotSeconds: 300 }, 288);
      if (table === null) return;
      expect(table.byAge).toHaveLength(AGE_STARTS.length);
      const chances = chancesAhead(
        table,
        { start: endOf(history), slotSeconds: 300 },
        endOf(history),
        idle,
        200,
      );
      expect(chances.every((each) => each >= 0 && each < 1)).toBe(true);
      let before = 0;
      for (let within = 0; within <= 200; within += 20) {
        const now = chanceWithin(chances, within);
        expect(now).toBeGreaterThanOrEqual(before);
        before = now;
      }
    }),
    { numRuns: 60 },
  );
});
