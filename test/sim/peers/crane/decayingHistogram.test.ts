/** Crane's percentile of a history that fades: half-life, bucket edges, margin. Buckets are 10 wide, 100 of them. */
import { describe, expect, it } from "@jest/globals";
import {
  decayingPercentile,
  type HistogramOptions,
  PERCENTILE_DEFAULTS,
} from "../../../../lib/sim/peers/crane/decayingHistogram.ts";

const DAY = 86_400;
const options: HistogramOptions = { ...PERCENTILE_DEFAULTS, bucketSize: 10, buckets: 100 };
const percentileOf = (
  values: readonly number[],
  stepSeconds: number,
  change: Partial<HistogramOptions> = {},
) => decayingPercentile(Float64Array.from(values), stepSeconds, { ...options, ...change });

describe("the half-life of a day: 5 is as old, 25 is new", () => {
  it.each([
    ["a day old, half of 1.5 is not reached", DAY, 0.34, 30],
    ["a day old, it weighs a third", DAY, 0.33, 10],
    ["half a day old, 0.7071 of 1.7071", DAY / 2, 0.414, 10],
    ["half a day old, and no more than that", DAY / 2, 0.415, 30],
    ["two days old, a fifth exactly", 2 * DAY, 0.2, 10],
    ["two days old, no more than a fifth", 2 * DAY, 0.21, 30],
  ])("%s", (_, ageSeconds, percentile, value) => {
    expect(percentileOf([5, 25], ageSeconds, { percentile: percentile })).toBe(value);
  });

  it("goes by the age, whatever is missing in between", () => {
    expect(percentileOf([5, Number.NaN, 25], DAY, { percentile: 0.2 })).toBe(10);
    expect(percentileOf([5, Number.NaN, 25], DAY, { percentile: 0.21 })).toBe(30);
  });

  it.each([
    [DAY, 0.34, 30],
    [2 * DAY, 0.34, 10],
  ])("may be another: %i s", (halfLifeSeconds, percentile, value) => {
    const change = { halfLifeSeconds: halfLifeSeconds, percentile: percentile };
    expect(percentileOf([5, 25], DAY, change)).toBe(value);
  });
});

describe("buckets", () => {
  it.each([
    ["the upper end of the first", 0, 10],
    ["just below an edge", 9.999, 10],
    ["on an edge it is the next one", 10, 20],
    ["less than nothing is in the first", -5, 10],
    ["the last", 999, 1000],
    ["beyond the last is in the last", 5000, 1000],
  ])("%s", (_, value, end) => {
    expect(percentileOf([value], 60)).toBe(end);
  });

  it.each([
    [0.5, 51],
    [0.99, 100],
    [0.995, 101],
  ])("of 1 to 100 of the same age, the share of %d ends at %i", (percentile, end) => {
    const values = Array.from({ length: 100 }, (_, i) => i + 1);
    const change = { bucketSize: 1, buckets: 1000, percentile: percentile };
    expect(percentileOf(values, 0, change)).toBe(end);
  });
});

describe("the rest", () => {
  it("adds the margin", () => {
    expect(percentileOf([25], 60, { margin: 0.15 })).toBeCloseTo(34.5, 9);
  });

  it.each([
    ["no samples", []],
    ["only missing ones", [Number.NaN, Number.NaN]],
  ])("knows nothing of %s", (_, values) => {
    expect(percentileOf(values, 60)).toBeNaN();
  });

  it("has the defaults of Crane's recommendations", () => {
    expect(PERCENTILE_DEFAULTS).toMatchObject({ halfLifeSeconds: DAY, percentile: 0.99, margin: 0 });
  });
});
