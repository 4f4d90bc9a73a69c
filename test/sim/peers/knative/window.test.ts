/** Knative's averages over one-second buckets, and how many pods it scrapes for them. */
import { describe, expect, it } from "@jest/globals";
import { scrapedPods, weightedAverage, windowAverage } from "../../../../lib/sim/peers/knative/window.ts";
import { times } from "../hpa/arrange.ts";

describe("the average over five one-second buckets", () => {
  it.each<readonly [string, readonly (readonly [number, number])[], number, number]>([
    ["of nothing is 0", [], 4, 0],
    [
      "of full buckets",
      [
        [0, 10],
        [1, 10],
        [2, 20],
        [3, 10],
        [4, 10],
      ],
      4,
      12,
    ],
    [
      "leaves out what is older",
      [
        [0, 99],
        [1, 99],
        [2, 1],
        [3, 2],
        [4, 3],
        [5, 4],
        [6, 5],
      ],
      6,
      3,
    ],
    ["of a window that has just begun is not diluted", [[3, 10]], 3, 10],
    [
      "divides by the time that was written, holes as well: 30 / 4",
      [
        [0, 10],
        [3, 20],
      ],
      3,
      7.5,
    ],
    [
      "does not count the time since the last write: (2 + 3 + 4) / 3",
      [
        [0, 9],
        [1, 9],
        [2, 2],
        [3, 3],
        [4, 4],
      ],
      6,
      3,
    ],
    [
      "is 0 a whole window after the last write",
      [
        [0, 9],
        [4, 9],
      ],
      9,
      0,
    ],
    [
      "is the last bucket just before that",
      [
        [0, 1],
        [4, 9],
      ],
      8,
      9,
    ],
    [
      "begins anew after a hole of a whole window",
      [
        [0, 10],
        [5, 30],
      ],
      5,
      30,
    ],
    [
      "and not after one that is shorter: 40 / 5",
      [
        [0, 10],
        [4, 30],
      ],
      4,
      8,
    ],
    [
      "ends with the newest write, where that is of a second still to come",
      [
        [0, 90],
        [1, 10],
        [2, 10],
        [3, 10],
        [4, 10],
        [5, 20],
      ],
      3,
      12,
    ],
    [
      "has six digits",
      [
        [0, 1],
        [1, 0],
        [2, 0],
      ],
      2,
      0.333333,
    ],
  ])("%s", (_case, entries, now, expected) => {
    const buckets = entries.map(([at, value]) => ({ at, value }));
    expect(windowAverage(buckets, 5, now)).toBe(expected);
  });
});

describe("weightedAverage, newest bucket first", () => {
  it.each<readonly [string, readonly number[], number]>([
    ["one bucket weighs 0.9999", [10], 9.999],
    ["two: 10 × 0.99 + 20 × 0.99 × 0.01", [10, 20], 10.098],
    ["four of the same: 1 − 0.1 ⁴ of it", [10, 10, 10, 10], 9.999],
    ["sixty: the newest weighs a fifth at least", [10, ...times(59, 0)], 2],
    ["sixty: the one before it four fifths of that", [0, 10, ...times(58, 0)], 1.6],
  ])("%s", (_case, values, expected) => {
    expect(weightedAverage(values)).toBeCloseTo(expected, 9);
  });
});

describe("scrapedPods", () => {
  it.each([
    [0, 0],
    [3, 3],
    [4, 4],
    [10, 7],
    [100, 14],
    [1000, 16],
    [1_000_000, 16],
  ])("of %p pods are %p", (pods, scraped) => expect(scrapedPods(pods)).toBe(scraped));
});
