/** Quantile regression finds the quantile that data were drawn from, with weights of at least 0. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  type Effort,
  quantileLoss,
  quantileWeights,
} from "../../../../lib/core/forecast/conditional/quantileRegression.ts";
import { stream } from "../../../../lib/sim/random.ts";

const COUNT = 4_000;
const uniform = stream(11, "regression");
const x = Array.from({ length: COUNT }, () => 1 + 4 * uniform());
const u = Array.from({ length: COUNT }, () => uniform());

/** Weights for terms and values by the draw's number. */
function fitted(
  terms: (i: number) => readonly number[],
  y: (i: number) => number,
  level: number,
  effort?: Effort,
): number[] {
  const draws = Array.from({ length: COUNT }, (_, i) => i);
  const width = terms(0).length;
  return [
    ...quantileWeights(
      Float64Array.from(draws.flatMap((i) => [...terms(i)])),
      width,
      Float64Array.from(draws, y),
      level,
      effort,
    ),
  ];
}
const at = (values: readonly number[], i: number): number => values[i] as number;

describe("quantile regression", () => {
  it.each([0.5, 0.9, 0.95])("finds a quantile in proportion to a term: 2 x + U x at %d", (level) => {
    const [weight] = fitted(
      (i) => [at(x, i)],
      (i) => at(x, i) * (2 + at(u, i)),
      level,
    );
    expect(Math.abs((weight as number) - (2 + level))).toBeLessThan(0.03);
  });

  it.each([0.5, 0.95])("finds a constant and a slope: 3 x + 2 U at %d", (level) => {
    const [constant, slope] = fitted(
      (i) => [1, at(x, i)],
      (i) => 3 * at(x, i) + 2 * at(u, i),
      level,
    );
    // The ridge takes a few hundredths from one for the other.
    expect(Math.abs((slope as number) - 3)).toBeLessThan(0.1);
    expect(Math.abs((constant as number) - 2 * level)).toBeLessThan(0.3);
  });

  it("has the level's share of the values below it", () => {
    const value = (i: number): number => at(x, i) - 2 + 3 * at(u, i) ** 4;
    const [constant = 0, slope = 0] = fitted((i) => [1, at(x, i)], value, 0.95);
    const below = x.filter((_, i) => value(i) <= constant + slope * at(x, i)).length;
    expect(Math.abs(below / COUNT - 0.95)).toBeLessThan(0.01);
  });

  it("shares the weight among terms that say the same", () => {
    const [a = 0, b = 0] = fitted(
      (i) => [at(x, i), at(x, i)],
      (i) => 2 * at(x, i),
      0.5,
    );
    expect(a + b).toBeCloseTo(2, 1);
  });

  it("gives no weight below 0, to a term that lowers the values neither", () => {
    const [constant = 0, slope] = fitted(
      (i) => [1, at(x, i)],
      (i) => 10 - at(x, i),
      0.5,
    );
    expect(slope).toBeLessThan(0.05);
    expect(constant).toBeGreaterThan(5);
  });

  it("gives finite weights of at least 0, whatever the data", () => {
    const number = fc.oneof(
      fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      fc.constantFrom(0, 1e-9, 1e6, -1e6),
    );
    const rows = fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(rows, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (data, level) => {
        const terms = Float64Array.from(data.flatMap(([a, b]) => [a, b] as const));
        const y = Float64Array.from(data, ([, , value]) => value);
        const weights = [...quantileWeights(terms, 2, y, level)];
        expect(weights.every((weight) => Number.isFinite(weight) && weight >= 0)).toBe(true);
      }),
    );
  });

  describe("without some of the terms", () => {
    const terms = (i: number): readonly number[] => [at(x, i), at(u, i)];
    const value = (i: number): number => 2 * at(x, i) + 3 * at(u, i);
    const effortWithout = (without: readonly number[], from: Float64Array | null = null): Effort => ({
      rounds: 25,
      from,
      without: new Set(without),
    });

    it("gives the others all of the weight", () => {
      const [ofX = 0, ofU = 0] = fitted(terms, value, 0.5);
      expect(Math.abs(ofX - 2)).toBeLessThan(0.05);
      expect(Math.abs(ofU - 3)).toBeLessThan(0.05);
      const [alone = 0, none] = fitted(terms, value, 0.5, effortWithout([1]));
      expect(none).toBe(0);
      expect(alone).toBeCloseTo(fitted((i) => [at(x, i)], value, 0.5)[0] as number);
    });

    it("gives them none, whatever it begins with", () => {
      const [ofX = 0, ofU] = fitted(terms, value, 0.5, effortWithout([1], Float64Array.of(0, 1)));
      expect(ofU).toBe(0);
      expect(ofX).toBeCloseTo(fitted((i) => [at(x, i)], value, 0.5)[0] as number);
    });

    it("goes on with all of them from there", () => {
      const from = Float64Array.from(fitted(terms, value, 0.5, effortWithout([1])));
      const [ofX = 0, ofU = 0] = fitted(terms, value, 0.5, effortWithout([], from));
      expect(Math.abs(ofX - 2)).toBeLessThan(0.05);
      expect(Math.abs(ofU - 3)).toBeLessThan(0.05);
      expect(from[1]).toBe(0);
    });
  });

  it("gives nothing for no data", () => {
    expect([...quantileWeights(new Float64Array(0), 2, new Float64Array(0), 0.9)]).toEqual([0, 0]);
  });
});

describe("the loss of a quantile", () => {
  it.each([
    ["the level's share of what is above", 0.9, [1], 0.9 * 2],
    ["the rest's share of what is below", 0.9, [5], 0.1 * 2],
    ["nothing where it is met", 0.9, [3], 0],
  ])("is %s", (_what, level, weights, expected) => {
    const loss = quantileLoss(Float64Array.of(1), 1, Float64Array.of(3), level, Float64Array.from(weights));
    expect(loss).toBeCloseTo(expected);
  });

  it("is the mean over all, each with its own terms", () => {
    const terms = Float64Array.of(1, 0, 1, 2);
    const loss = quantileLoss(terms, 2, Float64Array.of(3, 3), 0.75, Float64Array.of(1, 2));
    expect(loss).toBeCloseTo((0.75 * 2 + 0.25 * 2) / 2);
  });

  it("is least, of all quantiles of a sample, at the level's", () => {
    const ones = new Float64Array(COUNT).fill(1);
    const lossAt = (weight: number): number =>
      quantileLoss(ones, 1, Float64Array.from(u), 0.95, Float64Array.of(weight));
    const fittedLoss = lossAt(
      fitted(
        () => [1],
        (i) => at(u, i),
        0.95,
      )[0] as number,
    );
    for (const weight of [0, 0.5, 0.9, 0.93, 0.97, 1, 2]) expect(lossAt(weight)).toBeGreaterThan(fittedLoss);
  });
});
