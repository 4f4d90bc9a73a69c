import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { costAt, hullOf, type Outcome } from "../../../lib/sim/score/hull.ts";

const at = (violations: number, cost: number): Outcome => ({ violations, cost });
/** Thousandths and whole costs: what is compared is never a matter of the last bit. */
const outcome = fc
  .tuple(fc.nat(1000), fc.integer({ min: 1, max: 1000 }))
  .map(([violations, cost]) => at(violations / 1000, cost));
const outcomes = fc.array(outcome, { minLength: 1, maxLength: 30 });

describe("the hull", () => {
  it("leaves out what another setting beats, and what switching between two others beats", () => {
    const points = [at(0.0, 100), at(0.01, 60), at(0.02, 70), at(0.03, 50), at(0.05, 20), at(0.08, 20)];
    expect(hullOf(points)).toEqual([at(0, 100), at(0.01, 60), at(0.05, 20)]);
  });

  it.each([
    ["nothing", [], []],
    ["one outcome", [at(0.1, 5)], [at(0.1, 5)]],
    ["the cheaper of two with the same violations", [at(0.1, 5), at(0.1, 4)], [at(0.1, 4)]],
    [
      "what could not be measured",
      [at(Number.NaN, 1), at(0.1, Number.POSITIVE_INFINITY), at(0.2, 3)],
      [at(0.2, 3)],
    ],
  ])("is what can be of %s", (_case, points, hull) => expect(hullOf(points)).toEqual(hull));

  it("falls ever more slowly, and lies below every outcome", () => {
    fc.assert(
      fc.property(outcomes, (points) => {
        const hull = hullOf(points);
        for (const [i, point] of hull.entries()) {
          const before = hull[i - 1];
          const after = hull[i + 1];
          if (before === undefined) continue;
          expect(point.cost).toBeLessThan(before.cost);
          if (after === undefined) continue;
          const slope = (a: Outcome, b: Outcome): number => (b.cost - a.cost) / (b.violations - a.violations);
          const steeper = slope(before, point);
          expect(steeper).toBeLessThanOrEqual(slope(point, after) + 1e-9 * Math.abs(steeper));
        }
        for (const { violations, cost } of points)
          expect(costAt(points, violations)).toBeLessThanOrEqual(cost * (1 + 1e-9));
      }),
    );
  });
});

describe("the cost at a share of violations", () => {
  const points = [at(0.01, 60), at(0.05, 20)];

  it.each([
    ["below what the policy ever reached", 0.009, null],
    ["exactly at a setting", 0.01, 60],
    ["between two settings", 0.03, 40],
    ["at the last setting", 0.05, 20],
    ["beyond it", 0.5, 20],
  ])("%s", (_case, share, cost) => {
    const answer = costAt(points, share);
    if (cost === null) expect(answer).toBeNull();
    else expect(answer).toBeCloseTo(cost, 9);
  });

  it("is null for a policy of which nothing is known", () => expect(costAt([], 0.1)).toBeNull());

  it("never rises when more violations are allowed, and another trial never makes it worse", () => {
    const share = fc.nat(1000).map((thousandths) => thousandths / 1000);
    fc.assert(
      fc.property(outcomes, outcome, share, share, (tried, more, a, b) => {
        const cost = (list: readonly Outcome[], each: number): number =>
          costAt(list, each) ?? Number.POSITIVE_INFINITY;
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(cost(tried, high)).toBeLessThanOrEqual(cost(tried, low) * (1 + 1e-9));
        expect(cost([...tried, more], low)).toBeLessThanOrEqual(cost(tried, low) * (1 + 1e-9));
      }),
    );
  });
});
