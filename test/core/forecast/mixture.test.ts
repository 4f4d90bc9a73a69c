/** How much each candidate counts, and what becomes of those that say nothing. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Origin } from "../../../lib/core/forecast/backtest.ts";
import { BUCKET_DAYS, bucketOf, mix, weightsOf } from "../../../lib/core/forecast/mixture.ts";
import { NONE, tableBy } from "./arrangeTable.ts";

const PER_DAY = 4;
const table = tableBy(12, PER_DAY, () => 10);
const NOW = 12 * PER_DAY;

/** Origins on the last days; each candidate is off by its number, on all days or as a function of the lead. */
function origins(
  off: readonly (number | ((lead: number) => number))[],
  daysAgo: readonly number[] = [1, 2, 3, 4],
): readonly Origin[] {
  return daysAgo.map((ago) => {
    const count = PER_DAY * Math.min(3, ago);
    const paths = off.map((each) =>
      Float64Array.from({ length: count }, (_, i) => 10 - (typeof each === "number" ? each : each(i))),
    );
    return { cell: NOW - PER_DAY * ago, daysAgo: ago, count, paths };
  });
}

const weights = (off: Parameters<typeof origins>[0], daysAgo?: readonly number[]) =>
  weightsOf(table, origins(off, daysAgo), off.length);

describe("the weights of candidates", () => {
  it("sum to one in each bucket, and none is negative, whatever the errors", () => {
    const error = fc.oneof(
      fc.double({ min: -9, max: 9, noNaN: true }),
      fc.constantFrom(0, NONE, 1e-200, 1e6),
    );
    fc.assert(
      fc.property(fc.array(error, { minLength: 1, maxLength: 6 }), fc.nat(4), (off, days) => {
        const shown = weights(off, [1, 2, 3, 4].slice(0, days));
        expect(shown).toHaveLength(BUCKET_DAYS.length);
        for (const bucket of shown) {
          expect(bucket.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
          expect(bucket.every((each) => each >= 0)).toBe(true);
        }
      }),
    );
  });

  it("are close to choosing the best: half the error has several times the weight", () => {
    const [[better = 0, worse = 0] = []] = weights([1, 2]);
    expect(better / worse).toBeGreaterThan(4);
    expect(worse).toBeGreaterThan(0);
  });

  it("are even for candidates that are as good", () => {
    expect(weights([3, 3])[0]).toEqual([0.5, 0.5]);
  });

  it("hold too low for dearer than too high", () => {
    const [[low = 1, high = 0] = []] = weights([1, -1]);
    expect(high).toBeGreaterThan(2 * low);
  });

  it("are all for one that was never off, which is not one that said nothing", () => {
    const [[perfect = 0, good = 1, silent = 1] = []] = weights([0, 1, NONE]);
    expect(perfect).toBeCloseTo(1, 6);
    expect(good).toBeLessThan(1e-6);
    expect(silent).toBe(0);
  });

  it("are judged by lead time: one is good for the first day, the other beyond", () => {
    const early = (lead: number): number => (lead < PER_DAY ? 1 : 4);
    const late = (lead: number): number => (lead < PER_DAY ? 4 : 1);
    const [first = [], second = [], beyond = []] = weights([early, late]);
    expect(first[0]).toBeGreaterThan(0.9);
    expect(second[1]).toBeGreaterThan(0.9);
    expect(beyond[1]).toBeGreaterThan(0.9);
  });

  it("are those of the nearest bucket that was judged while the past is short", () => {
    const [first, second, beyond] = weights([1, 2], [1]);
    expect(second).toEqual(first);
    expect(beyond).toEqual(first);
  });

  it("look at recent origins more", () => {
    const turned = origins([1, 2], [1, 2]).concat(origins([2, 1], [9, 10]));
    const [[now = 0, then = 1] = []] = weightsOf(table, turned, 2);
    expect(now).toBeGreaterThan(then);
  });

  it("are even where nothing can be judged", () => {
    expect(weightsOf(table, [], 4)).toEqual(BUCKET_DAYS.map(() => [0.25, 0.25, 0.25, 0.25]));
    const unknown = { ...table, mean: table.mean.map(() => NONE) };
    expect(weightsOf(unknown, origins([1, 2]), 2)[0]).toEqual([0.5, 0.5]);
  });
});

describe("a mixture", () => {
  const path = (...roots: readonly number[]): Float64Array => Float64Array.from(roots);

  it("is the weighted mean, with the weights of each lead time's bucket", () => {
    const weights = [
      [0.75, 0.25],
      [0.5, 0.5],
      [0, 1],
    ];
    const mixed = mix([path(4, 4, 4, 4), path(8, 8, 8, 8)], weights, 1);
    expect([...mixed]).toEqual([5, 6, 8, 8]);
  });

  it("leaves the weight of a candidate that says nothing to the others", () => {
    const mixed = mix([path(4, NONE, NONE), path(8, 8, NONE)], [[0.5, 0.5], [], []], 3);
    expect([...mixed]).toEqual([6, 8, NONE]);
  });

  it.each([
    ["the first slot", 1, 0],
    ["the last of the first day", 288, 0],
    ["the first of the second day", 289, 1],
    ["the last of the second day", 576, 1],
    ["the third day", 577, 2],
    ["the last of eight days", 8 * 288, 2],
  ])("takes the bucket by the end of its slot: %s", (_what, lead, bucket) => {
    expect(bucketOf(lead, 288)).toBe(bucket);
  });
});
