/** Missing is not zero: what counts as a reading and what does not. */
import { describe, expect, it } from "@jest/globals";
import { latestReading, readingAt, sane, saneSeries } from "../../lib/core/reading.ts";
import { metricOf, minutes, NOW } from "./arrange.ts";

describe("a reading", () => {
  it.each([
    [0, 0],
    [12.5, 12.5],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    [Number.NEGATIVE_INFINITY, null],
    [-1, null],
    [-0.001, null],
    [null, null],
    [undefined, null],
  ])("of %p counts as %p: what cannot be measured is missing, never zero", (value, expected) => {
    expect(sane(value)).toBe(expected);
  });

  it("leaves the rest of a series as it is when it takes out what cannot be", () => {
    const series = { ...metricOf([1, Number.NaN, -3, 4]), why: "scrape failed" };
    expect(saneSeries(series)).toEqual({ ...series, values: [1, null, null, 4] });
  });

  it("is counted back from the end of the series, and is stamped with the end of its minute", () => {
    const series = metricOf([1, 2, 3]);
    expect(readingAt(series, 0)).toEqual({ kind: "known", value: 3, at: NOW });
    expect(readingAt(series, 2)).toEqual({ kind: "known", value: 1, at: NOW - minutes(2) });
  });

  it("is missing before the start of the series, with the reason of the source where it gave one", () => {
    expect(readingAt(metricOf([1]), 1)).toEqual({ kind: "missing", why: "no value for this minute" });
    expect(readingAt({ ...metricOf([null]), why: "throttled" }, 0)).toEqual({
      kind: "missing",
      why: "throttled",
    });
  });
});

describe("the latest reading", () => {
  const stale = minutes(3);

  it.each([
    ["the newest", [1, 2, 3], { kind: "known", value: 3, at: NOW }],
    ["the one before a late minute", [1, 2, null], { kind: "known", value: 2, at: NOW - 60 }],
    ["one exactly at the limit of age", [7, null, null, null], { kind: "known", value: 7, at: NOW - 180 }],
    [
      "missing when too old",
      [7, null, null, null, null],
      { kind: "missing", why: "the newest value is 4 min old" },
    ],
    ["missing when there is none", [null, Number.NaN], { kind: "missing", why: "no values" }],
    ["missing for an empty series", [], { kind: "missing", why: "no values" }],
  ])("is %s", (_case, values, expected) => {
    expect(latestReading(metricOf(values), NOW, stale)).toEqual(expected);
  });
});
