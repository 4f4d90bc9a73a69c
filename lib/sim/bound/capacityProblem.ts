/** The question that the bound and the clairvoyant answer: known arrivals, one queue, whole units that cost time to start. */
import type { QueueOptions } from "../physics/queue.ts";

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

/** Units beyond which no step can use more. */
export function mostUnits({ arrivals, stepSeconds, queue, min, max }: CapacityProblem): number {
  let most = 0;
  for (let step = 0; step < arrivals.length; step++) most = Math.max(most, arrivals[step] as number);
  return Math.min(max, Math.max(min, Math.ceil(most / (queue.saturationPerUnit * stepSeconds))));
}

/**
 * Requests of a step that miss the objective when nobody waits as it begins, as FluidQueue counts them; a queue left over
 * from before only adds to them. `room` is the wait that a full unit leaves inside the objective, in seconds.
 */
export function missedFromEmpty(arrivals: number, rate: number, stepSeconds: number, room: number): number {
  const end = arrivals - rate * stepSeconds;
  const inTime = room * rate;
  return end > inTime ? (arrivals * (end - inTime)) / end : 0;
}

export function roomSeconds({ objectiveSeconds, fullServiceSeconds }: QueueOptions): number {
  return objectiveSeconds - fullServiceSeconds;
}
