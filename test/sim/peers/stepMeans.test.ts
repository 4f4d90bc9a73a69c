/** Means over the newest readings: a window that is not full, and one with a hole in it. */
import { describe, expect, it } from "@jest/globals";
import { meanOfLast } from "../../../lib/sim/peers/stepMeans.ts";

describe("meanOfLast", () => {
  it.each([
    ["the whole series", [2, 4, 9], 3, 5],
    ["only its newest two", [100, 4, 9], 2, 6.5],
    ["the newest alone", [100, 4, 9], 1, 9],
    ["as many as there are", [2, 4], 6, 3],
    ["a hole before the window", [Number.NaN, 4, 9], 2, 6.5],
    ["a hole in the window", [2, Number.NaN, 9], 2, Number.NaN],
    ["nothing yet", [], 6, Number.NaN],
  ])("of %s", (_, values, count, mean) => {
    expect(meanOfLast(Float64Array.from(values), count)).toBe(mean);
  });
});
