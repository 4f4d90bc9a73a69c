/** What perfect knowledge would cost in a case: a bound that nobody undercuts, and a plan that could really be run. */
import { type BoundAtShare, SHARES } from "../../core/scoreResult.ts";
import { HOUR_SECONDS, MINUTE_SECONDS } from "../../core/time.ts";
import { type CapacityProblem, missesOf, requestsOf, roomSeconds } from "../bound/capacityProblem.ts";
import { clairvoyant, noPlans } from "../bound/clairvoyant.ts";
import { solveLinearProgramme } from "../bound/linearProgramme.ts";
import { pathBound } from "../bound/pathBound.ts";
import { STEP_SECONDS, STEPS_PER_MINUTE } from "../physics/endpoint.ts";
import { LEAD_TIME_SIGMA, queueOptionsOf } from "../stage.ts";
import type { Part, ScoringCase } from "./scoreCase.ts";

/** Normal quantile of a thousandth: hardly any start is shorter, so that no run of good luck undercuts the bound. */
const SHORTEST_START_Z = -3.09;

/** The linear programme of a longer part takes minutes. */
const MOST_LINEAR_MINUTES = 14 * 1440;

export interface BoundRuns {
  /** Averaged over seeds. */
  readonly bounds: readonly BoundAtShare[];
  readonly requests: number;
}

export interface BoundOptions {
  readonly quick: boolean;
}

/** `cases` holds the same case for every seed. */
export async function scoreBounds(
  cases: readonly ScoringCase[],
  { quick }: BoundOptions,
  onShare: () => void = () => undefined,
): Promise<BoundRuns> {
  const problems = cases.map(({ scored, maxUnits }) => problemOf(scored, maxUnits));
  const misses = problems.map(missesOf);
  const plansOf = problems.map(noPlans);
  const bounds: BoundAtShare[] = [];
  for (const share of SHARES) {
    const linear = quick && share !== 0.01 ? [] : await linearProgrammes(problems, share);
    const linearProgramme = linear.length === 0 ? null : meanOf(linear);
    const path = meanOf(problems.map((problem, i) => pathBound(problem, share, misses[i])));
    const plans = cases.map(({ scored }, i) =>
      clairvoyant(
        problems[i] as CapacityProblem,
        scored.stage,
        share,
        quick ? [1.2, 1.45] : undefined,
        plansOf[i],
      ),
    );
    bounds.push({
      share,
      linearProgramme: linearProgramme === null ? null : linearProgramme / HOUR_SECONDS,
      bound: Math.max(path, linearProgramme ?? 0) / HOUR_SECONDS,
      clairvoyant: plans.some((plan) => plan === null)
        ? null
        : meanOf(plans.map((plan) => plan?.unitSeconds ?? Number.NaN)) / HOUR_SECONDS,
    });
    onShare();
  }
  return { bounds, requests: meanOf(problems.map(requestsOf)) };
}

export function problemOf({ stage, given }: Part, max: number): CapacityProblem {
  return {
    arrivals: stage.arrivals,
    stepSeconds: STEP_SECONDS,
    queue: queueOptionsOf(given.policy, given.perUnit),
    startSeconds: stage.leadTimeSeconds * Math.exp(SHORTEST_START_Z * LEAD_TIME_SIGMA),
    min: given.min,
    max,
  };
}

async function linearProgrammes(
  problems: readonly CapacityProblem[],
  share: number,
): Promise<readonly number[]> {
  const solved: number[] = [];
  for (const problem of problems) {
    const arrivals = perMinute(problem.arrivals);
    if (arrivals.length > MOST_LINEAR_MINUTES) return [];
    // A full unit may leave so much to be served after the slot as still comes in time.
    const carried = 1 + roomSeconds(problem.queue) / STEP_SECONDS;
    const perUnitSlot = problem.queue.saturationPerUnit * MINUTE_SECONDS * carried;
    const { startSeconds, min, max } = problem;
    solved.push(
      await solveLinearProgramme({
        arrivals,
        slotSeconds: MINUTE_SECONDS,
        perUnitSlot,
        startSeconds,
        min,
        max,
        share,
      }),
    );
  }
  return solved;
}

function perMinute(perStep: ArrayLike<number>): Float64Array {
  const minutes = new Float64Array(Math.floor(perStep.length / STEPS_PER_MINUTE));
  for (let step = 0; step < minutes.length * STEPS_PER_MINUTE; step++) {
    const minute = Math.floor(step / STEPS_PER_MINUTE);
    minutes[minute] = (minutes[minute] as number) + (perStep[step] as number);
  }
  return minutes;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
