/** Profiles that follow the recent level: how much of it, for how long. */
import { describe, expect, it } from "@jest/globals";
import { levelled } from "../../../../lib/core/forecast/candidates/recentLevel.ts";
import { NONE, tableBy, tableOf } from "../arrangeTable.ts";

/** All days count alike, and half of the level is left after a day. */
const even = (levelDays: number) =>
  levelled({ name: "even", halfLifeDays: Number.POSITIVE_INFINITY, levelDays, keptPerDay: 0.5 });

/** Three days at 10 and one at 14, in two slots. */
const risen = tableOf([
  [10, 10],
  [10, 10],
  [10, 10],
  [14, 14],
]);

describe("a profile with the recent level", () => {
  it("is the profile and what is left of the level: 11, and 4 that halve in a day", () => {
    const path = [...even(1).path(risen, 8, 4)];
    expect(path).toEqual([0.5, 1, 1.5, 2].map((days) => expect.closeTo(11 + 4 * 0.5 ** days, 9)));
  });

  it("is the profile alone when no stretch is looked at", () => {
    expect([...even(0).path(risen, 8, 2)]).toEqual([11, 11]);
  });

  it("has the middle residual of the stretch for its level, which one burst does not move", () => {
    const burst = tableBy(4, 8, (row, slot) => (row === 3 && slot === 6 ? 90 : 10));
    const [first] = even(1).path(burst, 32, 1);
    expect(first).toBeCloseTo(10);
  });

  it("compares each day of the stretch with the days before it", () => {
    const climbing = tableOf([
      [10, 10],
      [12, 12],
      [13, 13],
    ]);
    // Off by 2 on the second day and by 13 − 11 on the third: the level is 2.
    const [, after] = even(2).path(climbing, 6, 2);
    expect(after).toBeCloseTo(35 / 3 + 2 * 0.5);
  });

  it("never falls below nothing", () => {
    const gone = tableOf([
      [10, 1],
      [10, 1],
      [0, NONE],
    ]);
    expect([...even(1).path(gone, 5, 2)].every((root) => root >= 0)).toBe(true);
    expect(even(1).path(gone, 5, 1)[0]).toBe(0);
  });

  it("says nothing where nothing is known", () => {
    expect([...even(1).path(risen, 0, 2)]).toEqual([NONE, NONE]);
  });
});
