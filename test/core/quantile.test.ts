/** Empirical quantiles and straight lines between points. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { conformalQuantile, interpolate, median } from "../../lib/core/quantile.ts";

const ascending = fc
  .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 })
  .map((values) => values.sort((a, b) => a - b));

describe("the conformal quantile", () => {
  it.each([
    ["the median of one", [5], 0.5, 5],
    ["the median of three", [1, 2, 3], 0.5, 2],
    ["the ⌈0.9 · 10⌉-th of nine, the largest", [1, 2, 3, 4, 5, 6, 7, 8, 9], 0.9, 9],
    ["the ⌈0.5 · 10⌉-th of nine", [1, 2, 3, 4, 5, 6, 7, 8, 9], 0.5, 5],
    ["the largest with too few values for the level", [1, 2], 0.999, 2],
    ["the smallest at level zero", [1, 2], 0, 1],
    ["not pushed up a rank by the rounding of 0.7 · 10", [1, 2, 3, 4, 5, 6, 7, 8, 9], 0.7, 7],
  ])("is %s", (_case, values, level, expected) => {
    expect(conformalQuantile(values, level)).toBe(expected);
  });

  it("of no values is no number", () => {
    expect(conformalQuantile([], 0.5)).toBeNaN();
  });

  it("covers a further value with at least its probability, whichever of the values came last", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer(), { minLength: 5, maxLength: 40 }),
        fc.double({ min: 0.05, max: 0.8, noNaN: true }),
        (values, level) => {
          const covered = values.filter((last) => {
            const others = values.filter((each) => each !== last).sort((a, b) => a - b);
            return last <= conformalQuantile(others, level);
          });
          expect(covered.length / values.length).toBeGreaterThanOrEqual(level - 1e-9);
        },
      ),
    );
  });

  it("rises with the level and is one of the values", () => {
    fc.assert(
      fc.property(
        ascending,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, a, b) => {
          const low = conformalQuantile(values, Math.min(a, b));
          expect(values).toContain(low);
          expect(low).toBeLessThanOrEqual(conformalQuantile(values, Math.max(a, b)));
        },
      ),
    );
  });
});

describe("interpolation", () => {
  it.each([
    [0, 10],
    [1, 10],
    [1.5, 15],
    [2, 20],
    [3, 10],
    [4, 0],
    [9, 0],
  ])("at %d is %d: straight between the points, level beyond them", (at, expected) => {
    expect(interpolate([1, 2, 4], [10, 20, 0], at)).toBe(expected);
  });

  it("over one point is that point everywhere", () => {
    expect([-1, 5, 9].map((at) => interpolate([5], [42], at))).toEqual([42, 42, 42]);
  });
});

describe("the median", () => {
  it.each([
    ["of none", [], Number.NaN],
    ["of one", [3], 3],
    ["of an odd number, in any order", [9, 1, 2], 2],
    ["of an even number: halfway", [4, 1, 2, 9], 3],
    ["that is infinite", [1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY], Number.POSITIVE_INFINITY],
    [
      "of two that are infinite",
      [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
      Number.POSITIVE_INFINITY,
    ],
  ])("%s", (_what, values, expected) => expect(median(values)).toBe(expected));
});
