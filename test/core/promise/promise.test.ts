/** The quantile and the share that follow from what an operator states. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { missedRequestUnitHours } from "../../../lib/core/idle/price.ts";
import { MOST_SHARE, quantileOf, shareOfPrice } from "../../../lib/core/promise/promise.ts";
import { aPolicy } from "../arrange.ts";

describe("the quantile that a promise is planned at", () => {
  const policyOf = (share: number, quantile: number | null) => {
    const policy = aPolicy();
    return {
      ...policy,
      objective: { ...policy.objective, share },
      demand: { ...policy.demand, quantile },
    };
  };

  it.each<[string, number, number | null, number]>([
    ["five highest loads for each missed request", 0.99, null, 0.95],
    ["the same of a stricter promise", 0.998, null, 0.99],
    ["never above what the errors are measured for", 0.9999, null, 0.995],
    ["never below the middle", 0.6, null, 0.5],
    ["the policy's own where it states one", 0.99, 0.8, 0.8],
  ])("%s", (_case, share, quantile, expected) => {
    expect(quantileOf(policyOf(share, quantile))).toBeCloseTo(expected, 10);
  });

  it("never falls as more is promised", () => {
    const shares = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(shares, shares, (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(quantileOf(policyOf(more, null))).toBeGreaterThanOrEqual(quantileOf(policyOf(less, null)));
      }),
    );
  });
});

describe("the share that the price of a miss comes to", () => {
  it.each<[string, number, number, number]>([
    // 60 × 240 requests an hour, each worth a thousandth of it: one in 14.4 may be missed.
    ["a thousandth of a unit-hour", 0.001, 240, 1 - 1 / 14.4],
    ["a hundredth", 0.01, 240, 1 - 1 / 144],
    ["a miss that is worth next to nothing", 1e-9, 240, 0.5],
    ["a miss that is worth a fleet", 1e9, 240, MOST_SHARE],
  ])("%s", (_case, price, perUnit, share) => {
    expect(shareOfPrice(price, perUnit)).toBeCloseTo(share, 10);
  });

  it("is what that share's price is made from", () => {
    const shares = fc.double({ min: 0.6, max: 0.999, noNaN: true });
    const loads = fc.double({ min: 1, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(shares, loads, (share, perUnit) => {
        expect(shareOfPrice(missedRequestUnitHours(share, perUnit), perUnit)).toBeCloseTo(share, 9);
      }),
    );
  });
});
