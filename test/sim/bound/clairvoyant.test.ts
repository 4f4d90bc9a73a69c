/** Plans replayed in the simulator: what they are billed, what they miss, and that none undercuts the bound. */
import { describe, expect, it } from "@jest/globals";
import { type ScorePlatform, SHARES } from "../../../lib/core/scoreResult.ts";
import { clairvoyant, replayPlan } from "../../../lib/sim/bound/clairvoyant.ts";
import { pathBound } from "../../../lib/sim/bound/pathBound.ts";
import { FluidQueue, type QueueOptions } from "../../../lib/sim/physics/queue.ts";
import { problemOf } from "../../../lib/sim/score/scoreBounds.ts";
import type { StageOptions } from "../../../lib/sim/stage.ts";
import { aCase, aTrace } from "../score/arrange.ts";
import { aWave } from "./arrange.ts";

const MINUTES = 60;
const HOUR_SECONDS = 3600;

/** An hour of so many requests in each step of ten seconds; a unit is full at 50. */
function anHour(perStep: number, initialUnits: number, platform: ScorePlatform = "sagemaker"): StageOptions {
  const { stage } = aCase(aTrace(2), platform).scored;
  return { ...stage, arrivals: new Uint32Array(MINUTES * 6).fill(perStep), initialUnits };
}

/** `before` units until the minute, `after` from then on. */
const planOf = (before: number, after: number, minute: number): Uint32Array =>
  Uint32Array.from({ length: MINUTES }, (_, i) => (i < minute ? before : after));

describe("a plan that is replayed", () => {
  it.each([
    ["is billed for what it has", planOf(2, 2, 0), 2, 2 * HOUR_SECONDS],
    // Asked for ten minutes ahead of minute 30, and billed from then on.
    ["is billed from asking on", planOf(2, 3, 30), 2, 2 * HOUR_SECONDS + 2400],
    ["is billed for two starts", planOf(2, 4, 30), 2, 2 * HOUR_SECONDS + 2 * 2400],
    ["releases when it says so, not ahead", planOf(3, 2, 30), 3, 2 * HOUR_SECONDS + 1800],
  ])("%s", (_case, plan, initialUnits, unitSeconds) => {
    const result = replayPlan(plan, 600, anHour(5, initialUnits));
    expect(result).toEqual({ unitSeconds, violations: 0 });
  });

  it("misses what comes before its units do", () => {
    // 100 a step need three units. One serves 50: from the first step on the queue grows, and no start is early enough.
    const { violations } = replayPlan(planOf(3, 3, 0), 600, anHour(100, 1));
    expect(violations).toBeGreaterThan(200 / 3600);
    expect(violations).toBeLessThan(0.5);
    expect(replayPlan(planOf(1, 1, 0), 600, anHour(100, 1)).violations).toBeGreaterThan(0.99);
  });

  it("misses what still waits as it ends", () => {
    // A unit serves 50 in the last step. The 51st came in time and would have been served in a next one.
    const arrivals = new Uint32Array(MINUTES * 6).fill(51, -1);
    const queueOf = (queue: QueueOptions) => new FluidQueue({ ...queue, instants: "even" });
    const { violations } = replayPlan(planOf(1, 1, 0), 600, { ...anHour(0, 1), arrivals, queueOf });
    expect(violations).toBeCloseTo(1 / 51, 9);
  });

  it("of no requests misses none", () => {
    expect(replayPlan(planOf(1, 1, 0), 600, anHour(0, 1))).toEqual({
      unitSeconds: HOUR_SECONDS,
      violations: 0,
    });
  });
});

describe.each(["sagemaker", "kubernetes"] as const)("the clairvoyant on %s", (platform) => {
  const { part, problem } = aWave(platform);

  it.each(SHARES)("keeps to a share of %d, above the bound and not far from it", (share) => {
    const bound = pathBound(problem, share);
    const result = clairvoyant(problem, part.stage, share, [1.2]);
    expect(result?.violations).toBeLessThanOrEqual(share);
    expect(result?.unitSeconds).toBeGreaterThanOrEqual(bound);
    expect(result?.unitSeconds).toBeLessThan(1.4 * bound);
    expect(result?.aheadSeconds).toBe(360);
  });

  it("finds none where there are too few units", () => {
    expect(clairvoyant({ ...problem, max: 1 }, part.stage, 0.01, [1.2])).toBeNull();
  });
});

it("takes the cheapest of the times ahead", () => {
  const { part, problem } = aWave("sagemaker");
  const costsOf = (...ahead: readonly number[]): number =>
    clairvoyant(problem, part.stage, 0.01, ahead)?.unitSeconds ?? Number.POSITIVE_INFINITY;
  const [one, other] = [costsOf(1), costsOf(1.8)];
  expect(one).not.toBe(other);
  expect(costsOf(1, 1.8)).toBe(Math.min(one, other));
});

it("keeps to the share over a day of the seasonal trace too, above its bound", () => {
  const { scored, maxUnits } = aCase(aTrace(2), "sagemaker");
  const problem = problemOf(scored, maxUnits);
  const result = clairvoyant(problem, scored.stage, 0.01, [1.2]);
  expect(result?.violations).toBeLessThanOrEqual(0.01);
  expect(result?.unitSeconds).toBeGreaterThanOrEqual(pathBound(problem, 0.01));
});
