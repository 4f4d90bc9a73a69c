/** The order of the steps: the largest need, then what holds it up, then what limits it. */
import { describe, expect, it } from "@jest/globals";
import { EMPTY_MEMORY } from "../../../lib/core/memory.ts";
import {
  aLockingPolicy,
  anOverride,
  aPolicy,
  aPromotion,
  aRule,
  aSituation,
  capacityOf,
  decided,
  forecastOf,
  loadOf,
  metricOf,
  minutes,
  NOW,
  pinTo,
  stepAt,
} from "../arrange.ts";

describe("a decision", () => {
  it("carries what it was made for and what it began with", () => {
    const policy = aPolicy({ id: "images", mode: "shadow" });
    expect(decided(policy)).toMatchObject({ target: "images", at: NOW, mode: "shadow", from: 4, desired: 4 });
  });

  it("takes the largest need", () => {
    const decision = decided(
      aPolicy({ rules: [aRule({ by: { units: 2 } })], capacity: { min: 3, max: 20 } }),
      aSituation({
        load: loadOf(300),
        metrics: [metricOf([90, 90])],
        promotions: [aPromotion({ start: NOW, expect: { units: 9 } })],
      }),
    );
    expect(decision.needs.map(({ by, units }) => [by, units])).toEqual([
      ["demand", 5],
      ["rule", 6],
      ["promotion", 9],
      ["minimum", 3],
    ]);
    expect(decision.desired).toBe(9);
  });

  it("is the same whether a value is missing as null or as no number", () => {
    const withLast = (last: number | null) =>
      decided(aPolicy(), aSituation({ load: loadOf([100, 100, last]) }));
    expect(withLast(Number.NaN)).toEqual(withLast(null));
  });

  it("lets bounds stand above holds, and holds above needs", () => {
    const parts = { capacity: capacityOf(8), load: loadOf(100) };
    const frozen = anOverride({ kind: "freeze-scale-in" });
    const desired = (...overrides: (typeof frozen)[]) =>
      decided(aPolicy(), aSituation({ ...parts, overrides })).desired;
    expect([desired(), desired(frozen), desired(frozen, pinTo(5))]).toEqual([2, 8, 5]);
  });
});

describe("on a target that locks", () => {
  const ramp = (first: number) => ({
    forecast: forecastOf(stepAt(NOW + minutes(10), first, 900)),
    load: loadOf(100),
  });
  const decide = (first: number) => decided(aLockingPolicy(), aSituation(ramp(first)));

  it("nothing is asked for as long as what is there lasts until the next change", () => {
    expect(decide(400).desired).toBe(4);
  });

  it("what is asked for lasts until the change after it", () => {
    expect(decide(500).desired).toBe(9);
  });

  it("a promotion that is near joins in", () => {
    const promotions = [aPromotion({ start: NOW + minutes(10), expect: { units: 15 } })];
    const joined = (load: number) =>
      decided(aLockingPolicy(), aSituation({ load: loadOf(load), promotions })).desired;
    expect(joined(800)).toBe(15);
    expect(joined(200)).toBe(4);
  });
});

describe("the memory", () => {
  it("takes in what was seen and what was recommended, not what holds and bounds made of it", () => {
    const overrides = [anOverride({ kind: "freeze-scale-in" }), pinTo(7)];
    const { memory, desired } = decided(aPolicy(), aSituation({ load: loadOf(100), overrides }));
    expect(desired).toBe(7);
    expect(memory).toEqual({
      ...EMPTY_MEMORY,
      lastDecisionAt: NOW,
      seen: { at: NOW, desired: 4, ready: 4 },
      recommendations: [{ at: NOW, units: 2 }],
      noticed: ["no forecast"],
    });
  });
});
