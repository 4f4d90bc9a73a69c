/** The bound beside what a search over every plan finds, and by hand. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type CapacityProblem, missedFromEmpty } from "../../../lib/sim/bound/capacityProblem.ts";
import { cheapestPath, pathBound } from "../../../lib/sim/bound/pathBound.ts";
import { aProblem, bestByTrial, costOf, everyPlan, problems, SLACK_UNIT_SECONDS, sum } from "./arrange.ts";

const shares = fc.constantFrom(0, 0.01, 0.05, 0.2, 0.5);

describe("the cheapest path", () => {
  it.each([
    ["one unit does it all", [100, 100], 30, 1, 20],
    // 1, 2, 1 units and a start: 70. Two from the beginning: 50.
    ["beginning with more is cheaper than a start", [100, 200, 100], 30, 1, 50],
    // 1, 1, 1, 2, 1: 60 and a start of 20. Two until then: 90.
    ["a start is cheaper than waiting for it", [100, 100, 100, 200, 100], 20, 1, 80],
    // Staying at two over three quiet steps costs 30, starting again 40.
    ["units are kept over a short lull", [200, 0, 0, 0, 200], 40, 1, 100],
    ["units are released over a longer one", [200, 0, 0, 0, 0, 0, 200], 40, 1, 130],
    // 190 requests are missed, at 0.05 each: 9.5, less than the 20 that a second unit costs.
    ["missing is cheaper", [100, 200, 100], 30, 0.05, 39.5],
  ])("where %s", (_case, arrivals, startSeconds, price, cost) => {
    expect(cheapestPath(aProblem(arrivals, { startSeconds }), price).cost).toBeCloseTo(cost, 9);
  });

  it("is the cheapest of all plans", () => {
    const prices = fc.constantFrom(0, 0.01, 0.1, 0.5, 3);
    fc.assert(
      fc.property(problems(5), prices, (problem, price) => {
        const plans = everyPlan(problem.arrivals.length, problem.min, problem.max);
        const best = Math.min(...plans.map((plan) => pricedFromEmpty(problem, plan, price)));
        expect(Math.abs(cheapestPath(problem, price).cost - best)).toBeLessThan(SLACK_UNIT_SECONDS);
      }),
      { numRuns: 60 },
    );
  });
});

/** Every step begins with an empty queue, as the bound has it. */
function pricedFromEmpty(problem: CapacityProblem, plan: readonly number[], price: number): number {
  const missed = plan.map((units, step) => missedFromEmpty(problem, problem.arrivals[step] as number, units));
  return costOf(plan, problem.stepSeconds, problem.startSeconds) + price * sum(missed);
}

describe("the bound", () => {
  // Two plans matter: 50 unit-seconds that miss nothing and 30 that miss 190 of the 400. It runs straight between them.
  it.each([
    [0, 50],
    [0.2375, 40],
    [0.475, 30],
    [0.9, 30],
  ])("at a share of %d is %d unit-seconds", (share, unitSeconds) => {
    expect(pathBound(aProblem([100, 200, 100]), share)).toBeCloseTo(unitSeconds, 1);
  });

  it("is never above the cheapest of all plans in a queue that runs on", () => {
    let tight = 0;
    fc.assert(
      fc.property(problems(5), shares, (problem, share) => {
        const best = bestByTrial(problem, share);
        fc.pre(Number.isFinite(best));
        const bound = pathBound(problem, share);
        expect(bound).toBeLessThanOrEqual(best + SLACK_UNIT_SECONDS);
        if (bound > best - 0.1 && best > problem.min * problem.stepSeconds * problem.arrivals.length) tight++;
      }),
      { numRuns: 120, seed: 1 },
    );
    // Often enough it is that plan's cost, and more than the minimum costs.
    expect(tight).toBeGreaterThan(12);
  });

  it("does not rise with the share, nor fall with what a start costs", () => {
    fc.assert(
      fc.property(problems(8), shares, shares, (problem, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const atLow = pathBound(problem, low);
        expect(pathBound(problem, high)).toBeLessThanOrEqual(atLow * (1 + 1e-6) + SLACK_UNIT_SECONDS);
        const dearer = { ...problem, startSeconds: problem.startSeconds + 20 };
        expect(pathBound(dearer, low)).toBeGreaterThanOrEqual(atLow * (1 - 1e-6) - SLACK_UNIT_SECONDS);
      }),
      { numRuns: 100 },
    );
  });

  it("grows without end where no number of units is enough", () => {
    expect(pathBound(aProblem([900]), 0)).toBeGreaterThan(1e6);
  });
});
