import { describe, expect, it } from "@jest/globals";
import { bandError, slotQuantile } from "../../../lib/core/forecast/quantiles.ts";
import { instant } from "../arrange.ts";

const START = instant("2025-11-11T00:00Z");
const bands = {
  leadsSeconds: [3_600, 86_400],
  levels: [0.5, 0.9],
  quantiles: [
    [0, 1],
    [0, 2],
  ],
};
const forecast = { start: START, slotSeconds: 300, median: [100, 100, 4], scale: [2, 3, 1], bands };

describe("the load that a slot stays under", () => {
  it.each([
    ["in the middle: the path", 0, 0.5, 100],
    ["at the upper level", 0, 0.9, (10 + 1 * 2) ** 2],
    ["halfway between the levels", 1, 0.7, (10 + 0.5 * 3) ** 2],
    ["beyond the levels: as at the last one", 1, 0.999, (10 + 3) ** 2],
  ])("is, %s", (_what, slot, level, load) => {
    expect(slotQuantile(forecast, START, slot, level)).toBeCloseTo(load);
  });

  it("has the errors of its lead time: from the end of the history to the end of the slot", () => {
    const at = (historyEnd: number): number => slotQuantile(forecast, historyEnd, 0, 0.9);
    expect(at(START + 300 - 3_600)).toBeCloseTo((10 + 2) ** 2);
    expect(at(START + 300 - 3_601)).toBeCloseTo((10 + 2 * 2) ** 2);
  });

  it("is never negative", () => {
    const low = { ...bands, levels: [0.1, 0.5], quantiles: [[-5, 0]] };
    expect(slotQuantile({ ...forecast, bands: low }, START, 2, 0.1)).toBe(0);
  });
});

it("errors beyond the last bucket are as in it", () => {
  expect(bandError(bands, 10 * 86_400, 0.9)).toBe(2);
});
