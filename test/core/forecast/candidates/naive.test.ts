/** The naive candidates: which day they repeat, and what they say where that day is not known. */
import { describe, expect, it } from "@jest/globals";
import { lastWeek, yesterday } from "../../../../lib/core/forecast/candidates/naive.ts";
import { A_MONDAY, NONE, tableOf, weekdayOf } from "../arrangeTable.ts";

/** A Monday to a Sunday in two slots; each day's first slot is its number. */
const week = tableOf([
  [0, 9],
  [1, 9],
  [2, NONE],
  [3, 9],
  [4, 9],
  [5, 9],
  [6, 7],
]);

/** The last day of a path that begins at a cell and goes on for so many days. */
const lastDayOf = (path: Float64Array): number[] => [...path.subarray(-2)];

describe("the same time last week", () => {
  it.each([
    ["today: the same weekday a week ago", 14, 1, [0, 9]],
    ["a day ahead: that weekday of last week", 14, 2, [1, 9]],
    ["eight days ahead: the newest day of that weekday that is known", 14, 9, [1, 9]],
    ["with a gap in it: the newest slot there is", 14, 3, [2, 7]],
    ["before a week is known: yesterday, and what it lacks from the day before", 6, 1, [2, 9]],
  ])("is for %s", (_what, origin, days, expected) => {
    expect(lastDayOf(lastWeek.path(week, origin, 2 * days))).toEqual(expected);
  });

  it("is never the slot itself, nor one after the origin", () => {
    expect([...lastWeek.path(week, 13, 1)]).toEqual([9]);
    expect([...yesterday.path(week, 13, 2)]).toEqual([9, 6]);
  });

  it("is the last day of the same kind where the calendar says what is alike", () => {
    const feast = (day: number): number =>
      day === A_MONDAY + 3 || day === A_MONDAY + 7 ? 9 : weekdayOf(day);
    expect([...lastWeek.path({ ...week, kindOf: feast }, 14, 2)]).toEqual([3, 9]);
  });

  it("is unknown where no day is known", () => {
    expect([...lastWeek.path(tableOf([]), 0, 2)]).toEqual([NONE, NONE]);
    expect([...lastWeek.path(week, 0, 2)]).toEqual([NONE, NONE]);
  });
});

describe("yesterday", () => {
  it("is repeated for all days ahead, and the day before where it has a gap", () => {
    const gap = tableOf([
      [1, 5],
      [2, NONE],
    ]);
    expect([...yesterday.path(gap, 4, 4)]).toEqual([2, 5, 2, 5]);
  });
});
