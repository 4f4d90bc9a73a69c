import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Forecast, ForecastDay, History } from "../../../lib/core/forecast/forecast.ts";
import { daysNeeded, daysOf, type StoredDay, viewOf } from "../../../lib/core/forecast/view.ts";
import { DAY_SECONDS, utcDayOf } from "../../../lib/core/time.ts";
import { instant, repeat } from "../arrange.ts";
import { aForecastDay, anErrorTable, anIdleTable, someBands } from "./aForecastDay.ts";

const MIDNIGHT = instant("2025-11-11T00:00Z");

/** Slot numbers as load, so that a cut shows where it was made; `naive` is 10 000 more. */
function aForecast(slotSeconds: number, days: number, parts: Partial<Forecast> = {}): Forecast {
  const slots = (days * DAY_SECONDS) / slotSeconds;
  return {
    model: "ensemble",
    start: MIDNIGHT - DAY_SECONDS,
    slotSeconds,
    median: Float64Array.from({ length: slots }, (_, slot) => slot),
    scale: new Float64Array(slots).fill(1),
    naive: Float64Array.from({ length: slots }, (_, slot) => 10_000 + slot),
    minuteOfHour: repeat(60, 1),
    bands: someBands(),
    errors: anErrorTable(),
    weights: [{ candidate: "steady", weights: [1, 1] }],
    score: { loss: 0.1, lossSameTimeLastWeek: 0.2 },
    ...parts,
  };
}

function aHistory(slotSeconds: number, mean: readonly number[] = repeat(288, 1)): History {
  const values = Float64Array.from(mean);
  const minutes = new Float64Array((mean.length * slotSeconds) / 60).fill(1);
  return { start: MIDNIGHT - DAY_SECONDS, slotSeconds, mean: values, peak: values, minutes };
}

const daysIn = (slotSeconds: number): readonly ForecastDay[] =>
  daysOf("chat", aForecast(slotSeconds, 3), aHistory(slotSeconds), MIDNIGHT);

/** The view, which the test knows to be there. */
function seen(days: readonly StoredDay[], now: number, reachSeconds = 3_600) {
  const view = viewOf(days, now, reachSeconds, DAY_SECONDS);
  if (view.kind === "missing") throw new Error(view.why);
  return view;
}

describe("the days of a forecast", () => {
  it("are whole UTC days, each with its part of every column and the tables of all", () => {
    const days = daysIn(300);
    expect(days.map(({ day }) => day)).toEqual(["2025-11-10", "2025-11-11", "2025-11-12"]);
    expect(days[1]).toMatchObject({ version: 3, bands: someBands(), errors: anErrorTable() });
    expect([days[1]?.median[0], days[1]?.naive[287]]).toEqual([288, 10_575]);
  });

  it("leave out a last part of a day", () => {
    expect(daysOf("chat", aForecast(300, 2.5), aHistory(300), MIDNIGHT)).toHaveLength(2);
  });

  it.each([
    ["nothing", [1, 1, 1], { missingShare: 0, gaps: 0 }],
    ["its start", [Number.NaN, 1, 1, 1], { missingShare: 0.25, gaps: 1 }],
    ["two stretches", [1, Number.NaN, Number.NaN, 1, Number.NaN], { missingShare: 0.6, gaps: 2 }],
    ["all", [Number.NaN, Number.NaN], { missingShare: 1, gaps: 1 }],
  ])("tell of a history in which %s is missing", (_what, mean, account) => {
    const [day] = daysOf("chat", aForecast(300, 1), aHistory(300, mean), MIDNIGHT);
    expect(day?.history).toEqual({
      from: MIDNIGHT - DAY_SECONDS,
      to: MIDNIGHT - DAY_SECONDS + mean.length * 300,
      ...account,
    });
  });

  it("are not cut from a forecast that begins within a day, whose first day would be lost", () => {
    const late = aForecast(300, 2, { start: MIDNIGHT + 3_600 });
    expect(() => daysOf("chat", late, aHistory(300), MIDNIGHT)).toThrow(
      "stored from 00:00Z on, that of chat begins at 2025-11-11T01:00Z",
    );
  });
});

describe("the view of a decision", () => {
  it.each([60, 300, 900, 3_600])("joins the slots of %i s of both days across midnight", (slotSeconds) => {
    const now = MIDNIGHT + 1_200;
    const { start, median, naive, historyEnd } = seen(daysIn(slotSeconds), now);
    const first = (start - (MIDNIGHT - DAY_SECONDS)) / slotSeconds;
    expect(start).toBe(Math.floor((now - 3_600) / slotSeconds) * slotSeconds);
    expect(median).toEqual(median.map((_, slot) => first + slot));
    expect(naive).toEqual(median.map((slot) => 10_000 + slot));
    expect(start + median.length * slotSeconds).toBeGreaterThan(now + 3_600);
    expect(historyEnd).toBe(MIDNIGHT - DAY_SECONDS + 288 * slotSeconds);
  });

  it("holds the same number of every column, whenever it is cut", () => {
    const byLength = [60, 300, 3_600].map((each) => daysIn(each));
    fc.assert(
      fc.property(
        fc.constantFrom(...byLength),
        fc.nat(DAY_SECONDS - 1),
        fc.nat(10_800),
        (days, at, reach) => {
          const now = MIDNIGHT + at;
          const { start, slotSeconds, median, scale, naive } = seen(days, now, reach);
          expect([scale.length, naive.length]).toEqual([median.length, median.length]);
          expect(start).toBeLessThanOrEqual(now - 3_600);
          expect(start + median.length * slotSeconds).toBeGreaterThan(now + reach);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("needs two days at most for as far as a decision looks", () => {
    fc.assert(
      fc.property(fc.nat(10 * DAY_SECONDS), fc.nat(3 * 3_600), (at, reach) => {
        const needed = daysNeeded(MIDNIGHT + at, reach);
        expect(needed.length).toBeLessThanOrEqual(2);
        expect(needed).toContain(utcDayOf(MIDNIGHT + at));
      }),
    );
  });

  it.each([
    ["2025-10-16T12:00Z", ["2025-10-16"]],
    ["2025-10-16T00:30Z", ["2025-10-15", "2025-10-16"]],
    ["2025-10-16T23:30Z", ["2025-10-16", "2025-10-17"]],
  ])("at %s needs %j", (at, needed) => {
    expect(daysNeeded(instant(at), 3_600)).toEqual(needed);
  });

  it("has the chances of a next request of its own slots, as usual where a day beside does not know them", () => {
    const idle = anIdleTable(288);
    const days = [aForecastDay({ day: "2025-11-11", idle }), aForecastDay({ day: "2025-11-12" })];
    const now = instant("2025-11-11T23:00Z");
    const view = viewOf(days, now, 7_200, 30 * DAY_SECONDS);
    if (view.kind === "missing") throw new Error(view.why);
    expect(view.idle?.rate).toEqual([...idle.rate.slice(22 * 12), ...repeat(13, 1)]);
    expect(view.median).toHaveLength(24 + 13);
    expect(viewOf(days.slice(1), instant("2025-11-12T12:00Z"), 3_600, 30 * DAY_SECONDS)).not.toHaveProperty(
      "idle",
    );
  });

  const [yesterday, today, tomorrow] = daysIn(300) as [ForecastDay, ForecastDay, ForecastDay];
  const outdated = (day: string): StoredDay => ({ version: "outdated", target: "chat", day });

  it.each<readonly [string, readonly StoredDay[], RegExp]>([
    ["the day is not stored", [yesterday, tomorrow], /no forecast is stored for this day/],
    [
      "the day is of an older version",
      [outdated(today.day), tomorrow],
      /of an older version, and will be replaced at the next refresh/,
    ],
    [
      "it is older than the policy allows",
      [{ ...today, madeAt: MIDNIGHT - DAY_SECONDS }],
      /the stored forecast is 25 h old/,
    ],
  ])("is missing when %s", (_case, days, why) => {
    const view = viewOf(days, MIDNIGHT + 3_600, 3_600, DAY_SECONDS);
    expect(view).toMatchObject({ kind: "missing", why: expect.stringMatching(why) });
  });

  it("says that a forecast is stale only where it is too old", () => {
    const old = { ...today, madeAt: MIDNIGHT - DAY_SECONDS };
    expect(viewOf([old], MIDNIGHT + 3_600, 3_600, DAY_SECONDS)).toHaveProperty("stale", true);
    expect(viewOf([outdated(today.day)], MIDNIGHT, 3_600, DAY_SECONDS)).not.toHaveProperty("stale");
  });

  it.each<readonly [string, StoredDay]>([
    ["of an older version", outdated("2025-11-10")],
    ["in other slots", aForecastDay({ day: "2025-11-10", slotSeconds: 900 })],
  ])("begins with the day when the one before is stored %s", (_how, before) => {
    expect(seen([before, today], MIDNIGHT + 1_200)).toMatchObject({ start: MIDNIGHT });
  });

  it.each<readonly [string, StoredDay]>([
    ["of an older version", outdated("2025-11-12")],
    ["in other slots", aForecastDay({ day: "2025-11-12", slotSeconds: 900 })],
  ])("ends with the day when the one after is stored %s", (_how, after) => {
    const now = MIDNIGHT + DAY_SECONDS - 1_200;
    const { start, median } = seen([today, after], now);
    expect(start + median.length * 300).toBe(MIDNIGHT + DAY_SECONDS);
  });
});
