/** The period of a history: what is planted is found, and nothing where there is none. */
import { describe, expect, it } from "@jest/globals";
import {
  autocorrelation,
  highestPowers,
  periodOf,
  periodogram,
  strongestPeriod,
} from "../../../../lib/sim/peers/crane/period.ts";
import { stream } from "../../../../lib/sim/random.ts";
import { DAY_STEPS, repeated, STEP_SECONDS, waves } from "./arrange.ts";

const SEED = 1;
const HOUR = 3600;

/** Uniform between −amplitude and amplitude. */
function noisy(values: Float64Array, amplitude: number, seed: number): Float64Array {
  const draw = stream(seed, "noise");
  return values.map((value) => value + amplitude * (2 * draw() - 1));
}

const flat = (count: number) => new Float64Array(count).fill(100);
const PARTS = [
  [1, 40],
  [3, 10],
] as const;
const daily = (days: number) => waves(days * DAY_STEPS, 100, PARTS, DAY_STEPS);
const hourly = (days: number) => waves(days * 24, 100, PARTS, 24);
/** In steps of an hour: busy for half a day, once a week. */
const weekly = (weeks: number) =>
  repeated(
    Float64Array.from({ length: 168 }, (_, hour) =>
      hour >= 60 && hour < 72 ? 50 + 10 * (6 - Math.abs(hour - 66)) : 10,
    ),
    weeks,
  );
const rise = Float64Array.from({ length: 96 }, (_, t) => t);
const noise = (seed: number) => noisy(flat(14 * 24), 40, seed);
const twiceDaily = waves(4 * 24, 100, [[2, 40]], 24);

describe("periodOf", () => {
  it.each([
    ["a day, from two days", daily(2), STEP_SECONDS, 144],
    ["a day, from five and a half", hourly(6).subarray(12), HOUR, 24],
    ["a day under noise of half its size", noisy(hourly(8), 20, 3), HOUR, 24],
    ["a day, where two weeks are known and all days are alike", hourly(14), HOUR, 24],
    ["a week, from two weeks", weekly(2), HOUR, 168],
    ["a week, from three under noise", noisy(weekly(3), 5, 4), HOUR, 168],
  ])("finds %s", (_, values, stepSeconds, period) => {
    expect(periodOf(values, stepSeconds, SEED)).toBe(period);
  });

  it.each([
    ["less than two days", daily(2).subarray(1), STEP_SECONDS],
    ["less than two weeks of a week", weekly(2).subarray(1), HOUR],
    ["what repeats every twelve hours", twiceDaily, HOUR],
    ["a constant", flat(96), HOUR],
    ["one rise", rise, HOUR],
    ["nothing", new Float64Array(0), HOUR],
  ])("finds none in %s", (_, values, stepSeconds) => {
    expect(periodOf(values, stepSeconds, SEED)).toBeNull();
  });
});

describe("strongestPeriod", () => {
  it.each([
    ["any period: twelve hours", twiceDaily, HOUR, 12],
    [
      "the one with the highest autocorrelation",
      waves(480, 0, [
        [20, 9],
        [60, 1],
      ]),
      HOUR,
      24,
    ],
  ])("finds %s", (_, values, stepSeconds, period) => {
    expect(strongestPeriod(values, stepSeconds, SEED)).toBe(period);
  });

  it("finds none in a rise, whose autocorrelation has no peak", () => {
    expect(strongestPeriod(rise, HOUR, SEED)).toBeNull();
  });

  it.each([1, 2, 3, 4, 5])("finds none in noise (seed %i)", (seed) => {
    expect(strongestPeriod(noise(seed), HOUR, SEED)).toBeNull();
  });
});

describe("periodogram", () => {
  it("is the square of half the amplitude times the length", () => {
    const power = periodogram(waves(12, 2, [[3, 5]]));
    expect([...power].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([576, 0, 0, 900, 0, 0, 0]);
  });
});

describe("autocorrelation", () => {
  it.each([
    ["1 2 3: 14, 8 and 3 over 14", [1, 2, 3], [1, 8 / 14, 3 / 14]],
    ["1 −1 1 −1: 4, −3, 2 and −1 over 4", [1, -1, 1, -1], [1, -0.75, 0.5, -0.25]],
    ["nothing but zeros", [0, 0, 0], [0, 0, 0]],
  ])("%s", (_, values, expected) => {
    const found = autocorrelation(Float64Array.from(values));
    expect(found).toHaveLength(expected.length);
    for (const [lag, value] of expected.entries()) expect(found[lag]).toBeCloseTo(value, 12);
  });
});

it.each([8, 9, 288])(
  "two signals of %d values in one transform have the highest powers that each has alone",
  (count) => {
    const draw = stream(SEED, `pair of ${count}`);
    const [one, other] = [0, 1].map(() => Float64Array.from({ length: count }, () => draw() - 0.5)) as [
      Float64Array,
      Float64Array,
    ];
    const highest = (values: Float64Array) => Math.max(...periodogram(values));
    const [ofOne, ofOther] = highestPowers(one, other);
    expect(ofOne).toBeCloseTo(highest(one), 9);
    expect(ofOther).toBeCloseTo(highest(other), 9);
  },
);
