/** Crane's estimators, the error that chooses between them, and the forecast that comes of it. */
import { describe, expect, it } from "@jest/globals";
import {
  dspForecast,
  ESTIMATORS,
  estimated,
  highestBetween,
  predictionError,
} from "../../../../lib/sim/peers/crane/dspForecast.ts";
import { DAY_STEPS, repeated, STEP_SECONDS, waves } from "./arrange.ts";

const END = 1_736_157_600;
const close = (found: ArrayLike<number>, expected: ArrayLike<number>): void => {
  expect(found.length).toBe(expected.length);
  const off = Array.from(expected, (value, i) => Math.abs(value - (found[i] as number)));
  expect(Math.max(...off)).toBeLessThan(1e-6);
};

describe("the estimators", () => {
  it("are two, with four margins each", () => {
    const each = ESTIMATORS.map(({ leastComponents, lowAmplitude, margin }) => [
      leastComponents,
      lowAmplitude,
      margin,
    ]);
    expect(each).toEqual([
      [3, 1, 0.01],
      [3, 1, 0.1],
      [3, 1, 0.15],
      [3, 1, 0.2],
      [50, 0.05, 0.01],
      [50, 0.05, 0.1],
      [50, 0.05, 0.15],
      [50, 0.05, 0.2],
    ]);
  });
});

describe("estimated, over two days: amplitudes in the spectrum are half of the waves'", () => {
  const strong = [
    [2, 4],
    [4, 3],
    [6, 2.4],
  ] as const;
  const count = 2 * DAY_STEPS;
  const lastDay = (parts: readonly (readonly [number, number])[], mean = 20) =>
    waves(count, mean, parts).subarray(DAY_STEPS);
  const three = { leastComponents: 3, lowAmplitude: 1, margin: 0 };

  it.each([
    ["three strong waves stay", strong, three, strong],
    ["a weak fast one goes", [...strong, [96, 0.4]], three, strong],
    ["a strong fast one stays", [...strong, [96, 3]], three, [...strong, [96, 3]]],
    ["a weak slow one loses its mirror and is halved", [...strong, [20, 0.4]], three, [...strong, [20, 0.2]]],
    ["one wave in an hour is still slow", [...strong, [48, 0.4]], three, [...strong, [48, 0.2]]],
    ["a faster one is not", [...strong, [49, 0.4]], three, strong],
    [
      "a lower amplitude keeps it",
      [...strong, [96, 0.4]],
      { ...three, lowAmplitude: 0.05 },
      [...strong, [96, 0.4]],
    ],
    [
      "the four strongest stay, however weak; the fourth goes up and down with each step",
      [
        [2, 0.8],
        [4, 0.6],
        [97, 0.4],
        [144, 0.15],
        [98, 0.1],
      ],
      { ...three, leastComponents: 4 },
      [
        [2, 0.8],
        [4, 0.6],
        [97, 0.4],
        [144, 0.15],
      ],
    ],
  ] as const)("%s", (_, signal, estimator, expected) => {
    close(estimated(waves(count, 20, signal), DAY_STEPS, estimator, STEP_SECONDS), lastDay(expected));
  });

  it.each([0.01, 0.1, 0.2])("adds a margin of %d", (margin) => {
    const found = estimated(waves(count, 20, strong), DAY_STEPS, { ...three, margin }, STEP_SECONDS);
    close(
      found,
      lastDay(strong).map((value) => value * (1 + margin)),
    );
  });

  it("has a hundredth where there would be nothing or less, before the margin", () => {
    const found = estimated(waves(count, 1, strong), DAY_STEPS, { ...three, margin: 0.1 }, STEP_SECONDS);
    const expected = lastDay(strong, 1).map((value) => (value <= 0 ? 0.011 : 1.1 * value));
    expect(expected).toContain(0.011);
    close(found, expected);
  });
});

describe("predictionError", () => {
  it.each([
    ["nothing wrong", [10, 20], [10, 20], 0],
    ["a fifth too much", [10], [12], 0.2],
    ["a fifth too little counts as all of it", [10], [8], 1],
    ["half too little", [10], [5], 3.10628],
    ["the mean of both", [10, 10], [12, 8], 0.6],
    ["almost nothing: what is wrong itself", [0.0009, 10], [1.0009, 8], 1.5],
    ["just enough to divide by", [0.001], [0.002], 1],
  ])("%s", (_, actual, predicted, error) => {
    expect(predictionError(Float64Array.from(actual), Float64Array.from(predicted))).toBeCloseTo(error, 5);
  });
});

describe("dspForecast", () => {
  const day = waves(DAY_STEPS, 100, [
    [1, 40],
    [2, 10],
    [3, 4],
  ]);
  const history = repeated(day, 4);

  it("repeats a day with the least margin where all days are alike", () => {
    const forecast = dspForecast(history, STEP_SECONDS, END, 1);
    expect(forecast).toMatchObject({ start: END, stepSeconds: STEP_SECONDS });
    close(
      forecast?.values ?? [],
      day.map((value) => 1.01 * value),
    );
  });

  it("takes a larger margin where the last day was larger", () => {
    const grown = repeated(day, 4).map((value, i) => (i < 3 * DAY_STEPS ? value : 1.2 * value));
    const forecast = dspForecast(grown, STEP_SECONDS, END, 1);
    const [most, usual] = [Math.max(...(forecast?.values ?? [])), Math.max(...day)];
    // With margins of 1 and 10 % it would be at most 1.33.
    expect(most / usual).toBeGreaterThan(1.35);
  });

  it.each([0, 1, 3, 5])("keeps its place in the day with %i steps missing at the end", (missing) => {
    const known = history.map((value, i) => (i < history.length - missing ? value : Number.NaN));
    const forecast = dspForecast(known, STEP_SECONDS, END, 1);
    if (forecast === null) throw new Error("there is a forecast");
    for (const step of [0, 1, 40, 143, 144]) {
      const at = END + step * STEP_SECONDS;
      expect(highestBetween(forecast, at, at)).toBeCloseTo(1.01 * (day[step % DAY_STEPS] as number), 6);
    }
  });

  it.each([
    ["a day and a half", history.subarray(0, 216)],
    ["no repetition", Float64Array.from({ length: 4 * DAY_STEPS }, (_, i) => i)],
    ["a gap of a day before the last", history.map((value, i) => (i >= 288 && i < 432 ? Number.NaN : value))],
  ])("there is none after %s", (_, values) => {
    expect(dspForecast(values, STEP_SECONDS, END, 1)).toBeNull();
  });
});

describe("highestBetween, of 1, 5 and 2 in steps of ten seconds from 1000 on", () => {
  const forecast = { values: Float64Array.of(1, 5, 2), start: 1000, stepSeconds: 10 };

  it.each([
    [1000, 1009, 1],
    [1000, 1010, 5],
    [1020, 1029, 2],
    [1020, 1030, 2],
    [1030, 1039, 1],
    [1030, 1045, 5],
    [990, 999, 2],
    [980, 989, 5],
    [1000, 1300, 5],
  ])("from %i to %i it is %i", (from, to, highest) => {
    expect(highestBetween(forecast, from, to)).toBe(highest);
  });
});
