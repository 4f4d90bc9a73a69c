/** Costs at equal violations, over the bound, and what part of the perfect saving they are. */
import { describe, expect, it } from "@jest/globals";
import { SHARES } from "../../../lib/core/scoreResult.ts";
import { type CaseParts, caseOf } from "../../../lib/sim/score/assemble.ts";
import { CANDIDATES } from "../../../lib/sim/score/candidates.ts";
import type { PolicyRuns } from "../../../lib/sim/score/scorePolicy.ts";
import { aKey } from "./arrange.ts";

type Point = readonly [violations: number, unitHours: number];

const runs = (policy: string, ...points: readonly Point[]): PolicyRuns => {
  const outcomes = points.map(([violations, unitHours], knob) => ({
    knob,
    shipped: false,
    violations,
    unitHours,
    actionsPerDay: 1,
    flapsPerDay: 0,
  }));
  return { policy, trials: 10, versions: [{ version: "tuned", settings: {}, outcomes }] };
};

const parts = (...policies: readonly PolicyRuns[]): CaseParts => ({
  key: aKey(),
  factor: 2,
  maxUnits: 40,
  bounds: {
    requests: 1000,
    bounds: SHARES.map((share) => ({ share, linearProgramme: 90, bound: 100, clairvoyant: 110 })),
  },
  policies,
});

const costs = (policy: string, all: CaseParts) =>
  caseOf(all, CANDIDATES).policies.find((each) => each.policy === policy)?.versions[0]?.costs;

describe("a case", () => {
  const reactive = runs("target-tracking", [0.001, 310], [0.01, 210], [0.05, 150]);

  it("reads each cost off the hull and divides it by the bound", () => {
    expect(costs("target-tracking", parts(reactive))).toEqual([
      { share: 0.001, unitHours: 310, ratio: 3.1, captured: 0 },
      { share: 0.01, unitHours: 210, ratio: 2.1, captured: 0 },
      { share: 0.05, unitHours: 150, ratio: 1.5, captured: 0 },
    ]);
  });

  it("captures what lies between the best reactive rival and the clairvoyant", () => {
    const ours = runs("forewarm", [0.001, 210], [0.01, 110], [0.05, 170]);
    const worse = runs("step-scaling", [0.001, 400], [0.01, 300], [0.05, 200]);
    const captured = costs("forewarm", parts(ours, reactive, worse))?.map((each) => each.captured);
    expect(captured?.[0]).toBeCloseTo(0.5);
    expect(captured?.[1]).toBeCloseTo(1);
    // At 5 % the hull ends at its cheapest point.
    expect(captured?.[2]).toBeCloseTo(1);
  });

  it("has null where a share was never reached, and captures nothing without a reactive rival", () => {
    const ours = runs("forewarm", [0.03, 120]);
    expect(costs("forewarm", parts(ours))).toEqual([
      { share: 0.001, unitHours: null, ratio: null, captured: null },
      { share: 0.01, unitHours: null, ratio: null, captured: null },
      { share: 0.05, unitHours: 120, ratio: 1.2, captured: null },
    ]);
  });

  it("does not take predictive rivals for reactive ones", () => {
    const cheap = runs("same-time-last-week", [0.0001, 111]);
    const ours = runs("forewarm", [0.0001, 210]);
    expect(costs("forewarm", parts(ours, cheap, reactive))?.[0]?.captured).toBeCloseTo(0.5);
  });

  it("keeps every run and names those on the hull", () => {
    const ours = runs("forewarm", [0.001, 200], [0.01, 250], [0.02, 100]);
    const version = caseOf(parts(ours), CANDIDATES).policies[0]?.versions[0];
    expect(version?.outcomes.length).toBe(3);
    expect(version?.hull).toEqual([0, 2]);
  });
});
