import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  isCooling,
  limitedScaleIn,
  proportionalCapacity,
  scaleOutWhileCooling,
} from "../../../lib/sim/peers/targetTrackingRules.ts";

describe("proportionalCapacity", () => {
  it.each([
    ["twice the target doubles", 4, 200, 8],
    ["adding 1.5 adds 2", 3, 150, 5],
    ["removing 1.5 removes 1", 3, 50, 2],
    ["at the target nothing changes", 4, 100, 4],
    ["a little over the target adds one", 4, 100.1, 5],
    ["a single unit cannot be halved", 1, 50, 1],
    ["no traffic needs nothing", 4, 0, 0],
  ])("%s", (_, capacity, metric, units) => {
    expect(proportionalCapacity(capacity, metric, 100)).toBe(units);
  });
});

describe("scaleOutWhileCooling", () => {
  it.each([
    // 10 → 12 was the last scale-out.
    ["before", "the same alarm adds nothing", 120, 12],
    ["before", "3 more than 10 adds 1", 130, 13],
    ["before", "less than last time adds nothing", 110, 12],
    ["current", "3 more than 12 adds 1", 125, 13],
    ["current", "2 more than 12 adds nothing", 116, 12],
  ] as const)("from the capacity %s: %s", (base, _, metric, units) => {
    expect(scaleOutWhileCooling(10, 12, metric, 100, base)).toBe(units);
  });

  it("reckons from the current units where a scale-in took back more than was added", () => {
    expect(scaleOutWhileCooling(10, 8, 150, 100, "before")).toBe(12);
    expect(scaleOutWhileCooling(10, 8, 150, 100, "current")).toBe(12);
  });

  it("never scales in, and never adds more than outside a cooldown", () => {
    const units = fc.integer({ min: 1, max: 200 });
    const base = fc.constantFrom("before", "current");
    fc.assert(
      fc.property(units, units, fc.integer({ min: 0, max: 500 }), base, (before, current, metric, from) => {
        const after = scaleOutWhileCooling(before, current, metric, 100, from);
        expect(after).toBeGreaterThanOrEqual(current);
        expect(after).toBeLessThanOrEqual(Math.max(current, proportionalCapacity(current, metric, 100)));
      }),
    );
  });
});

describe("limitedScaleIn", () => {
  it.each([
    ["no limit", 20, 5, null, 5],
    ["one unit at a time", 20, 5, { units: 1 }, 19],
    ["a tenth of 20", 20, 5, { share: 0.1 }, 18],
    ["a tenth of 15 is 1.5, rounded against removal", 15, 5, { share: 0.1 }, 14],
    ["a tenth of 4 is still one unit", 4, 1, { share: 0.1 }, 3],
    ["0.29 of 100 is 29, in floating point a little less", 100, 5, { share: 0.29 }, 71],
    ["a step that is not reached", 20, 18, { units: 5 }, 18],
  ])("%s", (_, capacity, wanted, step, units) => {
    expect(limitedScaleIn(capacity, wanted, step)).toBe(units);
  });
});

describe("isCooling", () => {
  it.each([
    ["nothing was changed", null, false],
    ["the change still runs", { completedAt: null }, true],
    ["it has just completed", { completedAt: 1000 }, true],
    ["a second before the end", { completedAt: 701 }, true],
    ["exactly at the end", { completedAt: 700 }, false],
  ])("%s", (_, activity, cooling) => {
    expect(isCooling(activity, 300, 1000)).toBe(cooling);
  });

  it("has no cooldown of zero seconds", () => {
    expect(isCooling({ completedAt: 1000 }, 0, 1000)).toBe(false);
  });
});
