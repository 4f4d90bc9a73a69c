/** The linear programme by hand, below the dynamic programme of the same steps and below every plan. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { CapacityProblem } from "../../../lib/sim/bound/capacityProblem.ts";
import { type LinearProblem, solveLinearProgramme } from "../../../lib/sim/bound/linearProgramme.ts";
import { pathBound } from "../../../lib/sim/bound/pathBound.ts";
import {
  bestByTrial,
  IN_TIME_PER_UNIT,
  PER_UNIT_STEP,
  problems,
  SLACK_UNIT_SECONDS,
  sum,
} from "./arrange.ts";

const aLinear = (arrivals: readonly number[], parts: Partial<LinearProblem> = {}): LinearProblem => ({
  arrivals,
  slotSeconds: 10,
  perUnitSlot: 100,
  startSeconds: 30,
  min: 1,
  max: 3,
  share: 0,
  ...parts,
});

describe("the least unit-seconds", () => {
  it.each([
    ["of one full unit", aLinear([100, 100]), 20],
    ["of the minimum", aLinear([10, 0], { min: 2 }), 40],
    ["of parts of a unit", aLinear([150, 150]), 30],
    // A start costs as much as three slots, so both units are there from the beginning.
    ["of units that are there before they are needed", aLinear([100, 200, 100]), 50],
    ["of a start that is cheaper than a slot", aLinear([100, 200, 100], { startSeconds: 4 }), 44],
    ["of two starts", aLinear([100, 300, 100], { startSeconds: 4 }), 58],
    // 50 of the 400 requests may be missed: one and a half units for the first two slots.
    ["where an eighth may be missed", aLinear([100, 200, 100], { share: 0.125 }), 40],
    ["where a quarter may be missed", aLinear([100, 200, 100], { share: 0.25 }), 30],
    ["where the maximum is just enough", aLinear([100, 400, 100], { share: 1 / 6 }), 70],
    ["of no units at all", aLinear([0, 0], { min: 0 }), 0],
  ])("%s", async (_case, problem, unitSeconds) => {
    expect(await solveLinearProgramme(problem)).toBeCloseTo(unitSeconds, 6);
  });

  it("do not exist where the maximum is too low for the share, and it says so", async () => {
    await expect(solveLinearProgramme(aLinear([100, 400, 100], { share: 0.16 }))).rejects.toThrow(
      "at most 3 units cannot keep violations to 0.16",
    );
  });
});

/** As the score asks it: slots of so many steps, in which a unit may leave over what still comes in time. */
function linearOf(problem: CapacityProblem, stepsPerSlot: number, share: number): LinearProblem {
  const { arrivals, stepSeconds, startSeconds, min, max } = problem;
  const counts = Array.from(arrivals);
  const slots = Array.from({ length: counts.length / stepsPerSlot }, (_, slot) =>
    sum(counts.slice(slot * stepsPerSlot, (slot + 1) * stepsPerSlot)),
  );
  return {
    arrivals: slots,
    slotSeconds: stepSeconds * stepsPerSlot,
    perUnitSlot: (PER_UNIT_STEP + IN_TIME_PER_UNIT) * stepsPerSlot,
    startSeconds,
    min,
    max,
    share,
  };
}

const shares = fc.constantFrom(0, 0.01, 0.1, 0.4);

describe("beside the others", () => {
  it("is at most the path bound over the same steps, and often below it", async () => {
    let below = 0;
    await fc.assert(
      fc.asyncProperty(problems(6), shares, async (problem, share) => {
        fc.pre(problem.arrivals.length > 0 && Math.max(...Array.from(problem.arrivals)) <= 315);
        const path = pathBound(problem, share);
        const linear = await solveLinearProgramme(linearOf(problem, 1, share));
        // The price of the path bound is found to five digits.
        expect(linear).toBeLessThanOrEqual(path * (1 + 1e-4) + 0.05);
        if (linear < 0.95 * path) below++;
      }),
      { numRuns: 40, seed: 1 },
    );
    expect(below).toBeGreaterThan(10);
  });

  it.each([2, 3])("over slots of %i steps is never above the cheapest of all plans", async (stepsPerSlot) => {
    const whole = problems(6).filter(({ arrivals }) => arrivals.length % stepsPerSlot === 0);
    await fc.assert(
      fc.asyncProperty(whole, shares, async (problem, share) => {
        const best = bestByTrial(problem, share);
        fc.pre(Number.isFinite(best));
        const linear = await solveLinearProgramme(linearOf(problem, stepsPerSlot, share));
        expect(linear).toBeLessThanOrEqual(best + SLACK_UNIT_SECONDS);
      }),
      { numRuns: 15 },
    );
  });
});
