/** What Crane leaves of a history: gaps filled or cut off, whole hours, and no outliers. */
import { describe, expect, it } from "@jest/globals";
import { cleaned } from "../../../../lib/sim/peers/crane/clean.ts";
import { STEP_SECONDS } from "./arrange.ts";

const gap = (count: number): readonly number[] => new Array(count).fill(Number.NaN);
const same = (value: number, count: number): readonly number[] => new Array(count).fill(value);
const clean = (values: readonly number[], stepSeconds: number = STEP_SECONDS) => [
  ...cleaned(Float64Array.from(values), stepSeconds),
];

describe("gaps, in steps of ten minutes", () => {
  it.each([
    ["one missing value lies halfway", [0, 0, 4, Number.NaN, 8, 8], [0, 0, 4, 6, 8, 8]],
    ["three lie on the line", [0, ...gap(3), 8, 8], [0, 2, 4, 6, 8, 8]],
    [
      "an hour from one sample to the next is filled",
      [...same(9, 6), 0, ...gap(5), 6, 6, 6, 6, 6, 6],
      [...same(9, 6), 0, 1, 2, 3, 4, 5, 6, 6, 6, 6, 6, 6],
    ],
    ["more than an hour cuts off what was before", [...same(9, 5), 0, ...gap(6), ...same(6, 6)], same(6, 6)],
    [
      "the last such gap counts",
      [...same(1, 6), ...gap(6), ...same(2, 6), ...gap(9), ...same(3, 6)],
      same(3, 6),
    ],
    ["what is missing at the beginning is left out", [...gap(2), ...same(5, 6)], same(5, 6)],
    ["what is missing at the end is left out", [...same(5, 6), ...gap(2)], same(5, 6)],
    ["nothing is left before a long gap at the end", [...same(5, 6), ...gap(6)], []],
    ["nothing but gaps", gap(4), []],
    ["nothing", [], []],
  ])("%s", (_, values, left) => {
    expect(clean(values)).toEqual(left);
  });

  it.each([
    ["59 missing are an hour from sample to sample", 59, 180],
    ["60 are more", 60, 60],
  ])("in steps of a minute: %s", (_, missing, left) => {
    expect(clean([...same(1, 61), ...gap(missing), ...same(1, 60)], 60)).toHaveLength(left);
  });
});

describe("whole hours", () => {
  it.each([
    [5, []],
    [6, [1, 1, 1, 1, 1, 1]],
    [8, [3, 3, 3, 3, 3, 3]],
    [11, [6, 6, 6, 6, 6, 6]],
  ])("of %i values are counted back from the end", (count, left) => {
    // What is cut off is another value than what is left.
    const first = count % 6;
    const values = [...same(0, first), ...same(left[0] ?? 0, count - first)];
    expect(clean(values)).toEqual(left);
  });
});

describe("outliers, of 2160 samples of 10 or 11", () => {
  const usual = Array.from({ length: 2160 }, (_, i) => 10 + (i % 2));

  /** The values at the places after cleaning, where the one before each was 10. */
  const at = (planted: readonly number[]) => {
    const values = [...usual];
    for (const [i, value] of planted.entries()) values[1 + 100 * i] = value;
    const left = clean(values);
    return planted.map((_, i) => left[1 + 100 * i]);
  };

  it.each([
    ["three that are higher are as the one before", [500, 600, 700], [10, 10, 10]],
    ["of four the lowest is no outlier", [500, 600, 700, 400], [10, 10, 10, 400]],
    ["two that are lower are as the one before", [1, 2], [10, 10]],
    ["of three the highest is no outlier", [1, 2, 3], [10, 10, 3]],
    ["both at once", [1, 500, 2, 600], [10, 10, 10, 10]],
  ])("%s", (_, planted, left) => {
    expect(at(planted)).toEqual(left);
  });

  it("two in a row are both as the one before them", () => {
    const left = clean(usual.with(101, 900).with(102, 800));
    expect(left.slice(100, 104)).toEqual([10, 10, 10, 11]);
  });

  it("the very first has none before it and stays", () => {
    expect(clean(usual.with(0, 900))[0]).toBe(900);
  });
});
