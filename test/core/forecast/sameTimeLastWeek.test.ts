/** The naive model: which day it repeats, and what it says where that day is not known. */
import { describe, expect, it } from "@jest/globals";
import type { DayTable } from "../../../lib/core/forecast/calendar.ts";
import { lastWeekOf, sameTimeLastWeek } from "../../../lib/core/forecast/sameTimeLastWeek.ts";

const NONE = Number.NaN;

/** Two slots a day; each day's first slot is its number. */
function tableOf(days: readonly (readonly [number, number])[]): DayTable {
  const mean = Float64Array.from(days.flat());
  return { firstDay: 100, days: days.length, slotsPerDay: 2, mean, peak: mean };
}

const week = tableOf([
  [0, 9],
  [1, 9],
  [2, NONE],
  [3, 9],
  [4, 9],
  [5, 9],
  [6, 7],
]);

describe("the day that is repeated", () => {
  it.each([
    ["today: the same weekday a week ago", 107, 107, [0, 9]],
    ["a day ahead: that weekday of last week", 108, 107, [1, 9]],
    ["eight days ahead: the newest day of that weekday that is known", 115, 107, [1, 9]],
    ["with a gap in it: yesterday's slot", 109, 107, [2, 7]],
    ["before a week is known: yesterday", 103, 103, [2, 9]],
  ])("%s", (_what, day, before, expected) => {
    expect([...lastWeekOf(week, day, before)]).toEqual(expected);
  });

  it("is unknown where no day is known", () => {
    expect([...lastWeekOf(tableOf([]), 100, 100)]).toEqual([NONE, NONE]);
  });
});

describe("the model", () => {
  it("is scored as well as the same time last week, which it is", () => {
    const days = 21;
    const slots = Float64Array.from(
      { length: days * 288 },
      (_, i) => 100 + (i % 288) + 40 * Math.floor(i / 288),
    );
    const history = { start: 1_736_121_600, slotSeconds: 300, mean: slots, peak: slots };
    const forecast = sameTimeLastWeek.fit(history, 288, () => 0);
    expect(forecast?.model).toBe("same-time-last-week");
    expect(forecast?.score.loss).toBe(forecast?.score.lossSameTimeLastWeek);
    expect(forecast?.median.at(-1)).toBeCloseTo(slots[(days - 7) * 288 + 287] as number, 6);
  });

  it("says nothing before a whole day is known", () => {
    const mean = new Float64Array(100).fill(5);
    expect(sameTimeLastWeek.fit({ start: 0, slotSeconds: 300, mean, peak: mean }, 10, () => 0)).toBeNull();
  });
});
