/** The question that the bound and the clairvoyant answer: known arrivals, one queue, whole units that cost time to start. */
import { FluidQueue, type QueueOptions } from "../physics/queue.ts";

export interface CapacityProblem {
  /** Requests in each step. */
  readonly arrivals: ArrayLike<number>;
  readonly stepSeconds: number;
  readonly queue: QueueOptions;
  /** Unit-seconds that a start is billed before the unit serves. */
  readonly startSeconds: number;
  readonly min: number;
  readonly max: number;
}

export function requestsOf({ arrivals }: Pick<CapacityProblem, "arrivals">): number {
  let requests = 0;
  for (let step = 0; step < arrivals.length; step++) requests += arrivals[step] as number;
  return requests;
}

/** The most units that any step has a use for: with more, not one of its requests would be saved. */
export function mostUnits(problem: CapacityProblem): number {
  const { arrivals, min, max } = problem;
  let most = 0;
  for (let step = 0; step < arrivals.length; step++) most = Math.max(most, arrivals[step] as number);
  let units = min;
  while (units < max && missedFromEmpty(problem, most, units) > 0) units++;
  return units;
}

/**
 * Requests of a step that miss the objective when nobody waits as it begins, as FluidQueue counts them; a queue left over
 * from before only adds to them.
 */
export function missedFromEmpty(
  { queue, stepSeconds }: CapacityProblem,
  arrivals: number,
  units: number,
): number {
  return new FluidQueue(queue).advance(arrivals, units, stepSeconds).violations;
}

/** For each step, what is missed with each number of units from the minimum up to the most that is of use. */
export function missesOf(problem: CapacityProblem): readonly Float64Array[] {
  const { arrivals, min } = problem;
  const widths = mostUnits(problem) - min + 1;
  const known = new Map<number, Float64Array>();
  return Array.from({ length: arrivals.length }, (_, step) => {
    const here = arrivals[step] as number;
    const found = known.get(here) ?? missesByUnits(problem, here, widths);
    known.set(here, found);
    return found;
  });
}

/** More units miss no more, so the rest stays zero once it is. */
function missesByUnits(problem: CapacityProblem, arrivals: number, widths: number): Float64Array {
  const missed = new Float64Array(widths);
  for (let i = 0; i < widths; i++) {
    const here = missedFromEmpty(problem, arrivals, problem.min + i);
    if (here === 0) break;
    missed[i] = here;
  }
  return missed;
}

/** The wait that a full unit leaves inside the objective. */
export function roomSeconds({ objectiveSeconds, fullServiceSeconds }: QueueOptions): number {
  return objectiveSeconds - fullServiceSeconds;
}
