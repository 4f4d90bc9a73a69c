import { describe, expect, it } from "@jest/globals";
import { timeOfWeek } from "../../../../lib/core/forecast/candidates/timeOfWeek.ts";
import { NONE, tableBy, tableOf } from "../arrangeTable.ts";

/** Three weeks of two slots: 5 by night; Mondays 10, 12 and 50, other days 4. */
const mondays = [10, 12, 50];
const weeks = tableBy(21, 2, (row, slot) =>
  slot === 0 ? 5 : row % 7 === 0 ? (mondays[row / 7] as number) : 4,
);

describe("the middle by time of week", () => {
  it("is the median of the days of the same kind, which one odd day does not move", () => {
    expect([...timeOfWeek.path(weeks, 42, 4)]).toEqual([5, 12, 5, 4]);
  });

  it("is that of all days while a kind was seen once", () => {
    expect([...timeOfWeek.path(weeks, 14, 2)]).toEqual([5, 4]);
    expect([...timeOfWeek.path(weeks, 28, 2)]).toEqual([5, 11]);
  });

  it("has the nearest known slot where a time of day was never measured", () => {
    const blind = tableOf([
      [1, NONE, NONE, 4],
      [1, NONE, NONE, 4],
    ]);
    expect([...timeOfWeek.path(blind, 8, 4)]).toEqual([1, 1, 4, 4]);
  });

  it("says nothing where nothing is known", () => {
    expect([...timeOfWeek.path(weeks, 0, 2)]).toEqual([NONE, NONE]);
  });
});
