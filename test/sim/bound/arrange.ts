/** Small problems, and the search over every plan that says what their best answer is. */
import fc from "fast-check";
import type { ScorePlatform } from "../../../lib/core/scoreResult.ts";
import type { CapacityProblem } from "../../../lib/sim/bound/capacityProblem.ts";
import { FluidQueue } from "../../../lib/sim/physics/queue.ts";
import { problemOf } from "../../../lib/sim/score/scoreBounds.ts";
import type { Part } from "../../../lib/sim/score/scoreCase.ts";
import { aQueue } from "../physics/arrange.ts";
import { aCase, aTrace } from "../score/arrange.ts";

export const STEP_SECONDS = 10;

/** A unit serves 100 requests in a step, and five more of it still come in time. */
export const PER_UNIT_STEP = 100;
export const IN_TIME_PER_UNIT = 5;

/** Between one and three units; a start is billed 30 unit-seconds. */
export function aProblem(
  arrivals: readonly number[],
  parts: Partial<Omit<CapacityProblem, "arrivals">> = {},
): CapacityProblem {
  return { arrivals, stepSeconds: STEP_SECONDS, queue: aQueue(), startSeconds: 30, min: 1, max: 3, ...parts };
}

/** Steps that need from none to a little more than the three units that there may be. */
export function problems(mostSteps: number): fc.Arbitrary<CapacityProblem> {
  const arrivals = fc.array(fc.integer({ min: 0, max: 320 }), { minLength: 1, maxLength: mostSteps });
  const startSeconds = fc.constantFrom(0, 5, 30, 200);
  const instants = fc.constantFrom("even" as const, "random" as const);
  const idle = fc.constantFrom(0.5, 0.2);
  return fc
    .tuple(arrivals, startSeconds, instants, idle, fc.nat(1))
    .map(([counts, start, each, idleServiceSeconds, min]) =>
      aProblem(counts, {
        startSeconds: start,
        queue: aQueue({ instants: each, idleServiceSeconds }),
        min,
      }),
    );
}

/** Every way to have from `min` to `max` units in so many steps. */
export function everyPlan(steps: number, min: number, max: number): readonly (readonly number[])[] {
  let plans: readonly (readonly number[])[] = [[]];
  const units = Array.from({ length: max - min + 1 }, (_, i) => min + i);
  for (let step = 0; step < steps; step++) plans = plans.flatMap((plan) => units.map((n) => [...plan, n]));
  return plans;
}

/** Unit-seconds: those that serve, and those of every start after the first step. */
export function costOf(plan: readonly number[], seconds: number, startSeconds: number): number {
  return plan.reduce((cost, units, step) => {
    const started = step === 0 ? 0 : Math.max(0, units - (plan[step - 1] as number));
    return cost + units * seconds + started * startSeconds;
  }, 0);
}

/** Requests of each step that one queue misses which is never emptied by decree. */
export function missedInTurn(
  { arrivals, stepSeconds, queue }: CapacityProblem,
  plan: readonly number[],
): number[] {
  const fluid = new FluidQueue(queue);
  return plan.map((units, step) => fluid.advance(arrivals[step] as number, units, stepSeconds).violations);
}

export const sum = (values: Iterable<number>): number =>
  [...values].reduce((total, value) => total + value, 0);

/** The least unit-seconds of all plans that miss no more than the share in one queue; infinite when none does. */
export function bestByTrial(problem: CapacityProblem, share: number): number {
  const { arrivals, min, max, stepSeconds, startSeconds } = problem;
  const allowed = share * sum(Array.from(arrivals));
  const good = everyPlan(arrivals.length, min, max).filter(
    (plan) => sum(missedInTurn(problem, plan)) <= allowed + 1e-9,
  );
  return Math.min(...good.map((plan) => costOf(plan, stepSeconds, startSeconds)));
}

/** Costs that are equal but for rounding are not above each other. */
export const SLACK_UNIT_SECONDS = 1e-3;

const WAVE_HOURS = 4;
const ROWS_PER_HOUR = 12;
const STEPS_PER_HOUR = 360;

/** One wave of four hours around five units, after a day of the same waves, and the question of its bound. */
export function aWave(platform: ScorePlatform): { readonly part: Part; readonly problem: CapacityProblem } {
  const wave = (row: number): number =>
    Math.round(100 + 80 * Math.sin((2 * Math.PI * row) / (WAVE_HOURS * ROWS_PER_HOUR)));
  const { scored, maxUnits } = aCase(aTrace(2, wave), platform);
  const arrivals = scored.stage.arrivals.subarray(0, WAVE_HOURS * STEPS_PER_HOUR);
  const part = { ...scored, stage: { ...scored.stage, arrivals } };
  return { part, problem: problemOf(part, maxUnits) };
}
