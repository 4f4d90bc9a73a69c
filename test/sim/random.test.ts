import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { evenly, lognormal, poisson, type RandomSource, stream } from "../../lib/sim/random.ts";

const take = (source: RandomSource, count: number): number[] => Array.from({ length: count }, () => source());
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]): number =>
  mean(values.map((value) => (value - mean(values)) ** 2));

describe("stream", () => {
  it("gives the draws that published seeds were made with", () => {
    expect(take(stream(1, "arrivals"), 3)).toEqual([
      0.42544319039930223, 0.7171831313569711, 0.7396481580137109,
    ]);
  });

  it("gives the same draws for the same seed and name, however much another stream draws in between", () => {
    const alone = take(stream(7, "lead times"), 20);
    const source = stream(7, "lead times");
    const other = stream(7, "faults");
    const beside = Array.from({ length: 20 }, () => {
      take(other, 5);
      return source();
    });
    expect(beside).toEqual(alone);
  });

  it("stays in [0, 1) for every seed and name", () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), (seed, name) => {
        for (const value of take(stream(seed, name), 10)) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThan(1);
        }
      }),
    );
  });

  it.each([
    ["neighbouring seeds", (i: number) => stream(i, "arrivals")],
    ["names that differ in their end", (i: number) => stream(1, `unit ${i}`)],
  ])("does not tie the first draws of %s to each other", (_, streamOf) => {
    const first = Array.from({ length: 4000 }, (_each, i) => streamOf(i)());
    const products = first.slice(1).map((value, i) => 12 * (value - 0.5) * ((first[i] as number) - 0.5));
    expect(mean(first)).toBeCloseTo(0.5, 1);
    expect(variance(first)).toBeCloseTo(1 / 12, 2);
    expect(Math.abs(mean(products))).toBeLessThan(0.06); // nearly four standard errors of 1/√4000
  });
});

describe("lognormal", () => {
  it("has the median and the spread that its parameters state", () => {
    const logs = take(lognormal(stream(1, "test"), Math.log(300), 0.15), 5000).map(Math.log);
    expect(Math.exp(mean(logs))).toBeCloseTo(300, -1);
    expect(Math.sqrt(variance(logs))).toBeCloseTo(0.15, 2);
  });
});

describe("poisson", () => {
  it.each([0.05, 3, 40, 2500])("has mean and variance %d", (expected) => {
    const draw = poisson(stream(1, "test"));
    const counts = Array.from({ length: 5000 }, () => draw(expected));
    expect(counts.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
    expect(Math.abs(mean(counts) - expected)).toBeLessThan(4 * Math.sqrt(expected / 5000));
    expect(variance(counts) / expected).toBeGreaterThan(0.85);
    expect(variance(counts) / expected).toBeLessThan(1.15);
  });

  it("draws nothing for a mean of zero, and uses no randomness for it", () => {
    const source = stream(1, "test");
    const draw = poisson(source);
    expect(draw(0)).toBe(0);
    expect(source()).toBe(stream(1, "test")());
  });
});

describe("evenly", () => {
  it("keeps the count, in whole and never negative parts", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(1_000_000), fc.integer({ min: 1, max: 60 }), (seed, count, parts) => {
        const spread = evenly(stream(seed, "test"))(count, parts);
        expect(spread).toHaveLength(parts);
        expect(spread.every((part) => Number.isInteger(part) && part >= 0)).toBe(true);
        expect(spread.reduce((sum, part) => sum + part, 0)).toBe(count);
      }),
    );
  });

  it("favours no place, and spreads like a multinomial", () => {
    const spread = evenly(stream(1, "test"));
    const rounds = Array.from({ length: 3000 }, () => spread(600, 6));
    for (let part = 0; part < 6; part++) {
      const counts = rounds.map((each) => each[part] as number);
      expect(Math.abs(mean(counts) - 100)).toBeLessThan(0.7); // four standard errors of √(83/3000)
      expect(variance(counts)).toBeGreaterThan(73); // 600 × 1/6 × 5/6 = 83
      expect(variance(counts)).toBeLessThan(93);
    }
  });
});
