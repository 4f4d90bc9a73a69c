import { describe, expect, it } from "@jest/globals";
import { BACKTEST_ORIGINS, backtest } from "../../../lib/core/forecast/backtest.ts";
import type { Candidate } from "../../../lib/core/forecast/candidates/candidate.ts";
import { NONE, tableBy } from "./arrangeTable.ts";

/** Says from where it was asked. */
const echo: Candidate = {
  name: "echo",
  path: (_table, origin, count) => new Float64Array(count).fill(origin),
};

const days = (count: number, gap = 0) => tableBy(count, 4, (row) => (row < gap ? NONE : row));

describe("a backtest", () => {
  it("has one origin a day at the time of day of now, the newest first", () => {
    const origins = backtest(days(30), 30 * 4 - 1, [echo], 2);
    expect(origins).toHaveLength(BACKTEST_ORIGINS);
    expect(origins.map(({ daysAgo }) => daysAgo)).toEqual(origins.map((_, i) => i + 1));
    expect(origins.map(({ cell }) => cell)).toEqual(origins.map((_, i) => 119 - 4 * (i + 1)));
    for (const { cell, paths } of origins) expect(paths[0]?.[0]).toBe(cell);
  });

  it("goes as far ahead as the past since each origin, and three days at most", () => {
    const counts = backtest(days(30), 120, [echo, echo], 2).map(({ count }) => count / 4);
    expect(counts.slice(0, 5)).toEqual([1, 2, 3, 3, 3]);
    for (const { count, paths } of backtest(days(30), 120, [echo, echo], 2)) {
      expect(paths.map(({ length }) => length)).toEqual([count, count]);
    }
  });

  it.each([
    ["no more than there are days before each", 5, 0, 3],
    ["not counting days before the first known slot", 8, 3, 3],
    ["none for two days", 2, 0, 0],
    ["none where nothing is known", 9, 9, 0],
  ])("has %s", (_what, count, gap, origins) => {
    expect(backtest(days(count, gap), 4 * count, [echo], 2)).toHaveLength(origins);
  });
});
