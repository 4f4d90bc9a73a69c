/**
 * Dynamo's Kalman predictor of level and trend. Of the first two points by hand, 10 and 20, with variances of 1000 at the
 * start: the predicted variance of the level is 1000 + 1000 + 1 and the gains are 2001/2011 and 1000/2011.
 */
import { describe, expect, it } from "@jest/globals";
import { KALMAN_START, observe, predictNext } from "../../../../lib/sim/peers/dynamo/predictors.ts";

const stateAfter = (points: readonly number[]) => points.reduce(observe, KALMAN_START);

describe("the filter", () => {
  it("begins at the first point, without a trend", () => {
    expect(stateAfter([10])).toMatchObject({ count: 1, last: 10, level: 10, trend: 0 });
  });

  it("learns level, trend and their variances from the second", () => {
    const { level, trend, covariance } = stateAfter([10, 20]);
    expect(level).toBeCloseTo(10 + (10 * 2001) / 2011, 9);
    expect(trend).toBeCloseTo((10 * 1000) / 2011, 9);
    expect(covariance[0]).toBeCloseTo((10 * 2001) / 2011, 9);
    expect(covariance[1]).toBeCloseTo((10 * 1000) / 2011, 9);
    expect(covariance[2]).toBeCloseTo(1000.1 - 1_000_000 / 2011, 9);
  });

  it("does not change the state that it is given", () => {
    const state = stateAfter([10, 20]);
    const copy = structuredClone(state);
    observe(state, 1000);
    expect(state).toEqual(copy);
  });
});

describe("predictNext", () => {
  it.each([
    ["nothing was seen", [], 0],
    ["only zeros were seen", [0, 0, 0, 0, 0, 0], 0],
    ["four points are too few for a trend", [10, 20, 30, 40], 40],
    ["leading zeros are no points", [0, 0, 0, 10, 20], 20],
    ["zeros that come later are", [10, 0, 0, 0], 0],
    ["the same every time", [100, 100, 100, 100, 100], 100],
    ["a fall to nothing does not go below it", [10, 0, 0, 0, 0, 0], 0],
  ])("%s", (_, points, next) => {
    expect(predictNext(stateAfter(points))).toBe(next);
  });

  it.each([
    ["a steady rise", [10, 20, 30, 40, 50], 59.94782],
    ["the same after leading zeros", [0, 0, 10, 20, 30, 40, 50], 59.94782],
    ["a steady fall", [50, 40, 30, 20, 10], 0.05218],
    ["a jump is taken for the most part, and for a trend", [100, 100, 100, 100, 200], 201.16564],
  ])("%s", (_, points, next) => {
    expect(predictNext(stateAfter(points))).toBeCloseTo(next, 5);
  });
});
