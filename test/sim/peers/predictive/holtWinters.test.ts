/**
 * Holt-Winters with its heuristic beginning. Without learning (0, 0, 0) the forecast is the beginning itself: for values of
 * 10 + t and a season of 1, −1, 2, −2 its moving averages are 12, 13, …, so that level and trend begin at 11 and 1.
 */
import { describe, expect, it } from "@jest/globals";
import {
  type HoltWintersOptions,
  holtWinters,
  holtWintersReplicas,
} from "../../../../lib/sim/peers/predictive/holtWinters.ts";

const KNOWN = [2, 4, 6, 3, 2, 5, 7, 4, 3, 6, 8, 4, 4, 7, 9, 5];

const options: HoltWintersOptions = {
  alpha: 0.5,
  beta: 0.1,
  gamma: 0.2,
  seasonLength: 4,
  trend: "additive",
  seasonal: "additive",
};
const still = { alpha: 0, beta: 0, gamma: 0 };

/** 10 + t and a season. */
const rise = (count: number, season: readonly number[]) =>
  Array.from({ length: count }, (_, t) => 10 + t + (season[t % season.length] as number));
const SEASON = [1, -1, 2, -2];
const repeated = (season: readonly number[], times: number) => new Array(times).fill(season).flat();

describe("the published values", () => {
  it.each([
    ["additive", "additive", 4.6903, 5],
    ["additive", "multiplicative", 3.9547, 4],
    ["multiplicative", "additive", 4.8624, 5],
  ] as const)("%s trend, %s season: %d, so %i replicas", (trend, seasonal, next, replicas) => {
    expect(holtWinters(KNOWN, { ...options, trend, seasonal })).toBeCloseTo(next, 4);
    expect(holtWintersReplicas(KNOWN, { ...options, trend, seasonal })).toBe(replicas);
  });
});

describe("the beginning, of 16 points", () => {
  it.each([
    ["11, 17 steps of 1, and the season's 1", {}, 29],
    ["half of the trend is lost in each step: 11 + (1 − 0.5¹⁷) + 1", { damping: 0.5 }, 13 - 0.5 ** 17],
    ["a trend of 1 + 1/11 in each step", { trend: "multiplicative" }, 11 * (12 / 11) ** 17 + 1],
    [
      "damped, the exponents add up to the same series",
      { trend: "multiplicative", damping: 0.5 },
      11 * (12 / 11) ** (1 - 0.5 ** 17) + 1,
    ],
  ] as const)("%s", (_, change, next) => {
    expect(holtWinters(rise(16, SEASON), { ...options, ...still, ...change })).toBeCloseTo(next, 9);
  });

  it("weighs no end of an odd season by half: level 10, 19 steps, and the season's 1", () => {
    const odd = { ...options, ...still, seasonLength: 3 };
    expect(holtWinters(rise(18, [1, -1, 0]), odd)).toBeCloseTo(30, 9);
  });

  it("looks at five seasons at most", () => {
    const long = rise(24, SEASON);
    const otherEnd = [...long.slice(0, 20), 900, 1, 700, 3];
    expect(holtWinters(long, { ...options, ...still })).toBeCloseTo(11 + 25 + 1, 9);
    expect(holtWinters(otherEnd, { ...options, ...still })).toBeCloseTo(11 + 25 + 1, 9);
    const earlier = long.with(19, 900);
    expect(holtWinters(earlier, { ...options, ...still })).not.toBeCloseTo(11 + 25 + 1, 1);
  });

  it.each([
    ["additive", "additive", [5, 8, 2], 5],
    ["additive", "multiplicative", [12, 8, 11, 9], 12],
    ["multiplicative", "multiplicative", [12, 8, 11, 9], 12],
  ] as const)("goes on with a season that repeats (%s, %s)", (trend, seasonal, season, next) => {
    const change = { trend, seasonal, seasonLength: season.length };
    expect(holtWinters(repeated(season, 6), { ...options, ...change })).toBeCloseTo(next, 9);
  });
});

describe("the recursion", () => {
  it.each([
    ["a level that is only the newest value: 25 + 1 + 1", { alpha: 1 }, 27],
    ["a season against the level and trend before: 28 + (1 − 2)", { gamma: 1 }, 27],
    ["halfway there each time, four times: 28 + 1 − 2 × 15/16", { gamma: 0.5 }, 27.125],
  ])("%s", (_, change, next) => {
    expect(holtWinters(rise(16, SEASON), { ...options, ...still, ...change })).toBeCloseTo(next, 9);
  });

  it("takes the position of the season that comes next", () => {
    const next = [16, 17, 18, 19].map((count) =>
      Math.round(holtWinters(rise(count, SEASON), { ...options, ...still, alpha: 1 }) ?? Number.NaN),
    );
    expect(next).toEqual([27, 26, 30, 27]);
  });
});

describe("nothing can be said", () => {
  it.each([
    ["13 points of a season of 4, which needs 14", 13, {}],
    ["23 points of a season of 12, which needs two", 23, { seasonLength: 12 }],
    ["a season of one step", 40, { seasonLength: 1 }],
  ])("from %s", (_, count, change) => {
    expect(holtWinters(rise(count, SEASON), { ...options, ...change })).toBeNull();
    expect(holtWintersReplicas(rise(count, SEASON), { ...options, ...change })).toBe(0);
  });

  it.each([
    ["14 points of a season of 4", 14, {}],
    ["24 points of a season of 12", 24, { seasonLength: 12 }],
  ])("but from %s", (_, count, change) => {
    expect(holtWinters(rise(count, SEASON), { ...options, ...change })).toEqual(expect.any(Number));
  });

  it.each([
    ["multiplicative", "additive", 0],
    ["additive", "multiplicative", 0],
    ["additive", "additive", 5],
  ] as const)("with a 0 in the series, %s trend and %s season: %i", (trend, seasonal, replicas) => {
    const series = repeated([5, 8, 0], 6);
    const change = { trend, seasonal, seasonLength: 3 };
    expect(holtWintersReplicas(series, { ...options, ...change })).toBe(replicas);
  });
});
