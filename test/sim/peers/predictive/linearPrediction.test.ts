/** The linear model: least squares of replicas on time, and its rounding up. */
import { describe, expect, it } from "@jest/globals";
import { ceilOf, linearPrediction } from "../../../../lib/sim/peers/predictive/linearPrediction.ts";
import { NOW } from "../arrange.ts";

/** Points at so many seconds before or after NOW. */
const points = (...pairs: readonly (readonly [number, number])[]) =>
  pairs.map(([seconds, replicas]) => ({ at: NOW + seconds, replicas }));

const rise = points([-25, 2], [-15, 4], [-5, 6]);

describe("linearPrediction", () => {
  it.each([
    ["a rise of one in five seconds, now", rise, 0, 7],
    ["three seconds later: 7.6", rise, 3, 8],
    ["far ahead", rise, 100, 27],
    ["a fall goes below nothing", points([-20, 6], [-10, 4], [0, 2]), 25, -3],
    ["the same every time", points([-20, 5], [-10, 5], [0, 5]), 600, 5],
    ["points off the line: 5/3 + 3/20 × 20 = 4.67", points([-10, 0], [0, 2], [10, 3]), 20, 5],
    ["points at uneven times: 2.75 + 33/222 × 6 = 3.64", points([-10, 1], [-4, 3], [5, 2], [9, 5]), 6, 4],
    ["one point is its own value", points([-10, 3]), 600, 3],
    ["two points at the same time have no slope: their mean", points([0, 3], [0, 4]), 600, 4],
    ["no point", [], 0, 0],
  ])("%s", (_, history, lookAheadSeconds, replicas) => {
    expect(linearPrediction(history, NOW + lookAheadSeconds)).toBe(replicas);
  });
});

describe("ceilOf", () => {
  it.each([
    [2, 2],
    [2 + 1e-15, 2],
    [2 + 1e-10, 2],
    [2 + 1e-8, 3],
    [2 - 1e-15, 2],
    [1.2, 2],
    [-1.2, -1],
  ])("of %p is %i", (value, replicas) => {
    expect(ceilOf(value)).toBe(replicas);
  });
});
