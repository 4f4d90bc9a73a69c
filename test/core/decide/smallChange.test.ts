/** A large target does not lock itself for a unit or two. */
import { describe, expect, it } from "@jest/globals";
import {
  aPolicy,
  aRule,
  aSituation,
  capacityOf,
  decided,
  forecastOf,
  holdBy,
  loadOf,
  metricOf,
  repeat,
} from "../arrange.ts";

const policy = aPolicy({ capacity: { min: 1, max: 100 } });

/** The units after a decision of a target whose load needs `needed` of the `desired` ones. */
const after = (desired: number, needed: number): number =>
  decided(
    policy,
    aSituation({
      capacity: capacityOf(desired),
      load: loadOf(needed * 100),
      forecast: forecastOf(needed * 100),
    }),
  ).desired;

describe("a scale-in", () => {
  it.each([
    [60, 58, 60],
    [60, 57, 57],
    [61, 58, 61],
    [61, 57, 57],
    [20, 19, 19],
    [21, 20, 21],
    [2, 1, 1],
  ])("of %i units of which %i are needed leaves %i", (desired, needed, left) => {
    expect(after(desired, needed)).toBe(left);
  });

  it("that is too small says so", () => {
    const situation = aSituation({
      capacity: capacityOf(60),
      load: loadOf(5_900),
      forecast: forecastOf(5_900),
    });
    expect(holdBy(decided(policy, situation), "small change")).toEqual({
      by: "small change",
      units: 60,
      reason: "only 1 of 60 units could go, and less than 3 waits for more",
    });
  });

  it("that an `in` rule asks for is as large as the rule says", () => {
    const rules = [aRule({ comparison: "below", threshold: 30, scale: "in", by: { units: 1 } })];
    const ruled = aPolicy({ capacity: { min: 1, max: 100 }, load: null, rules });
    const situation = aSituation({
      capacity: capacityOf(60),
      load: null,
      metrics: [metricOf(repeat(2, 10))],
    });
    expect(decided(ruled, situation).desired).toBe(59);
  });
});
