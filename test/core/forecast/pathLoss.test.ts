import { describe, expect, it } from "@jest/globals";
import type { Judged } from "../../../lib/core/forecast/bands.ts";
import { pathLoss } from "../../../lib/core/forecast/pathLoss.ts";
import { NONE, tableOf } from "./arrangeTable.ts";

/** Roots of 100, 400 and 900 on three days. */
const table = tableOf([
  [10, 10],
  [20, 20],
  [30, NONE],
]);
const judged = (cell: number, ...path: readonly number[]): Judged => ({
  cell,
  daysAgo: 1,
  count: path.length,
  paths: [],
  path: Float64Array.from(path),
});

describe("the loss of the middle path", () => {
  it("is the mean absolute error ÷ the mean load of the first day ahead, beside the same time last week", () => {
    // Off by 100 and 0 of 800; yesterday stands in for last week: off by 300 twice.
    expect(pathLoss(table, [judged(2, Math.sqrt(500), 20, 99, 99)])).toEqual({
      loss: 0.125,
      lossSameTimeLastWeek: 0.75,
    });
  });

  it("weighs busy slots of all origins by their load, and leaves out what is missing", () => {
    // Off by 300 of 400 twice, and by 500 of 900.
    expect(pathLoss(table, [judged(4, 20, 20), judged(2, 10, 10)]).loss).toBeCloseTo(1_100 / 1_700, 4);
    expect(pathLoss(table, [judged(4, NONE, 20)]).loss).toBeNull();
  });

  it("is null where no load was forecast or seen", () => {
    expect(pathLoss(table, [])).toEqual({ loss: null, lossSameTimeLastWeek: null });
    expect(pathLoss(tableOf([[0], [0]]), [judged(1, 5)]).loss).toBeNull();
  });
});
