/** No policy undercuts the bound: real runs at many knobs, each beside the bound of its own violations and of the shares. */
import { beforeAll, describe, expect, it } from "@jest/globals";
import { SHARES } from "../../../lib/core/scoreResult.ts";
import { missesOf, roomSeconds } from "../../../lib/sim/bound/capacityProblem.ts";
import { solveLinearProgramme } from "../../../lib/sim/bound/linearProgramme.ts";
import { pathBound } from "../../../lib/sim/bound/pathBound.ts";
import { defaultsOf } from "../../../lib/sim/score/candidate.ts";
import { CANDIDATES } from "../../../lib/sim/score/candidates.ts";
import { runOutcome } from "../../../lib/sim/score/runOutcome.ts";
import { aWave, STEP_SECONDS, sum } from "./arrange.ts";

const NAMES = [
  "oracle",
  "target-tracking",
  "step-scaling",
  "scheduled",
  "same-time-yesterday",
  "hpa",
  "keda",
];
const KNOBS = [0.3, 0.5, 0.7, 0.9, 1.1, 1.3];
const HOUR_SECONDS = 3600;
const MINUTE_SECONDS = 60;

interface Run {
  readonly name: string;
  readonly violations: number;
  readonly unitSeconds: number;
}

describe.each(["sagemaker", "kubernetes"] as const)("on %s", (platform) => {
  const { part, problem } = aWave(platform);
  const misses = missesOf(problem);
  const runs: Run[] = [];

  beforeAll(async () => {
    for (const candidate of CANDIDATES.filter(({ name }) => NAMES.includes(name))) {
      for (const knob of KNOBS) {
        const { violations, unitHours } = await runOutcome(candidate, part, knob, defaultsOf(candidate));
        runs.push({ name: candidate.name, violations, unitSeconds: unitHours * HOUR_SECONDS });
      }
    }
  }, 30_000);

  /** Slots of a minute, as the score asks it. */
  async function linearBound(share: number): Promise<number> {
    const { queue, arrivals, ...rest } = problem;
    const counts = Array.from(arrivals);
    const perMinute = Array.from({ length: counts.length / 6 }, (_, i) =>
      sum(counts.slice(6 * i, 6 * i + 6)),
    );
    const perUnitSlot = queue.saturationPerUnit * (MINUTE_SECONDS + 6 * roomSeconds(queue));
    return solveLinearProgramme({
      ...rest,
      arrivals: perMinute,
      slotSeconds: MINUTE_SECONDS,
      perUnitSlot,
      share,
    });
  }

  it("everybody was run in steps of ten seconds", () => {
    expect(new Set(runs.map(({ name }) => name))).toEqual(new Set(NAMES));
    expect(problem.stepSeconds).toBe(STEP_SECONDS);
  });

  it.each(SHARES)("at a share of %d nobody is cheaper", async (share) => {
    const bound = Math.max(pathBound(problem, share, misses), await linearBound(share));
    const reached = runs.filter(({ violations }) => violations <= share);
    expect(new Set(reached.map(({ name }) => name)).size).toBeGreaterThanOrEqual(3);
    const cheapest = Math.min(...reached.map(({ unitSeconds }) => unitSeconds));
    expect(cheapest).toBeGreaterThanOrEqual(bound);
    // The bound is worth something: the best of them is near it.
    expect(cheapest).toBeLessThan(2 * bound);
  });

  it("nobody is cheaper than the bound at the very share that it came to", () => {
    for (const { violations, unitSeconds } of runs) {
      expect(unitSeconds).toBeGreaterThanOrEqual(pathBound(problem, violations, misses));
    }
  });
});
