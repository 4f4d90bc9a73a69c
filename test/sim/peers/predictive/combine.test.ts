/** The four ways to make one number of several proposals, with their roundings. */
import { describe, expect, it } from "@jest/globals";
import { combine } from "../../../../lib/sim/peers/predictive/combine.ts";

describe("combine", () => {
  it.each([
    ["maximum", [3, 7, 5], 7],
    ["minimum", [3, 7, 5], 3],
    ["mean", [3, 7, 5], 5],
    ["mean", [6, 7], 7],
    ["mean", [1, 1, 2], 1],
    ["mean", [1, 2, 2], 2],
    ["median", [9, 1, 4], 4],
    ["median", [9, 1, 4, 7], 5],
    ["median", [10, 9], 9],
    ["median", [6], 6],
  ] as const)("%s of %p is %i", (type, proposals, replicas) => {
    expect(combine(proposals, type)).toBe(replicas);
  });

  it.each([
    ["a half away from zero", "mean", [-6, -7], -7],
    ["towards zero", "median", [-6, -7], -6],
  ] as const)("rounds %s: the %s of %p is %i", (_, type, proposals, replicas) => {
    expect(combine(proposals, type)).toBe(replicas);
  });

  it.each(["maximum", "minimum", "mean", "median"] as const)("the %s of nothing is 0", (type) => {
    expect(combine([], type)).toBe(0);
  });
});
