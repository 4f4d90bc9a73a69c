/** The candidate without seasons: one height for all that comes. */
import { describe, expect, it } from "@jest/globals";
import { level } from "../../../../lib/core/forecast/candidates/level.ts";
import { NONE, tableOf } from "../arrangeTable.ts";

const days = tableOf([
  [9, 9],
  [1, 3],
  [5, NONE],
]);

describe("the level", () => {
  it.each([
    ["the last day's", 4, [2, 2, 2]],
    ["over midnight: the newest day's worth of slots", 5, [4, 4, 4]],
    ["with a gap in the day: of the newest slots that are known", 6, [4, 4, 4]],
    ["of less than a day: what there is", 1, [9, 9, 9]],
    ["beyond the table: the newest it knows", 9, [4, 4, 4]],
  ])("is a mean root, %s", (_which, origin, expected) => {
    expect([...level.path(days, origin, 3)]).toEqual(expected);
  });

  it("is unknown where nothing is", () => {
    expect([...level.path(tableOf([[NONE, NONE]]), 2, 2)]).toEqual([NONE, NONE]);
    expect([...level.path(days, 0, 1)]).toEqual([NONE]);
  });
});
