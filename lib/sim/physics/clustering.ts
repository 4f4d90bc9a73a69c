/**
 * What chance does inside a step: requests come at random instants, some of them together, and so wait for each other.
 *
 * So many arrivals at independent instants, less an even service, are near a Brownian bridge over the step: it begins at the
 * queue of before, ends at that plus arrivals less capacity, and its variance is the number of arrivals. The queue at an
 * instant is that bridge less the lowest below zero that it has been. Both distributions follow from the reflection
 * principle (Beghin and Orsingher, "On the maximum of the generalized Brownian bridge", 1999).
 */
import { errorFunction } from "simple-statistics";

/** Instants of the step at which its requests are asked how many they find before them. */
const INSTANTS = [0.125, 0.375, 0.625, 0.875] as const;

/** Where the room is exceeded more rarely than this within a step, it never is. */
const NEGLIGIBLE = 1e-5;

/** So many standard deviations of capacity to spare or of queue, what chance leaves is too little to count. */
const FAR = 4;

/**
 * Those who wait by chance are near exponentially many, as before any server that is nearly full: two numbers of them, in
 * means, with their weights (Gauss-Laguerre).
 */
const FEW = { times: 2 - Math.SQRT2, weight: (2 + Math.SQRT2) / 4 } as const;
const MANY = { times: 2 + Math.SQRT2, weight: (2 - Math.SQRT2) / 4 } as const;

/** Requests that wait as a step begins. */
export interface Waiting {
  /** For lack of capacity. */
  readonly over: number;
  /** On average, by chance. */
  readonly late: number;
}

/**
 * The share of a step's requests that find more than `room` others waiting: those that waited before the step, or those
 * that came together in it. More than the room at the end is a lack of capacity and no matter of chance; it is not counted
 * here. Each request finds the others only.
 */
export function clusteredShare(before: Waiting, arrivals: number, capacity: number, room: number): number {
  const others = arrivals - 1;
  if (others <= 0 || room < 0) return 0;
  const spread = Math.sqrt(others);
  const level = room / spread;
  const end = Math.min(level, (others - capacity) / spread);
  const few = Math.min(level, (before.over + FEW.times * before.late) / spread);
  const many = Math.min(level, (before.over + MANY.times * before.late) / spread);
  const above = level - many;
  if (Math.exp(-2 * above * Math.max(0, above - end)) < NEGLIGIBLE) return 0;
  const atEnd = Math.exp(-2 * level * (level - end));
  let sum = 0;
  for (const instant of INSTANTS) {
    const deviation = Math.sqrt(instant * (1 - instant));
    const over = (start: number): number => normal((start + end * instant - level) / deviation);
    const here = over(0);
    const earlier = normal((level - end * instant - 2 * level * (1 - instant)) / deviation);
    const fromEmpty = here + atEnd * earlier;
    const withThem = many === 0 ? here : FEW.weight * over(few) + MANY.weight * over(many);
    sum += fromEmpty + (withThem - here) * (1 - fromEmpty);
  }
  return sum / INSTANTS.length;
}

/** How many are found waiting by a share of a step's requests and by no more: the end's distribution, for all of it. */
export function clusteredQueue(arrivals: number, capacity: number, share: number): number {
  const others = Math.max(0, arrivals - 1);
  const surplus = others - capacity;
  return Math.max(0, (surplus + Math.sqrt(surplus ** 2 - 2 * others * Math.log(share))) / 2);
}

/**
 * How many wait when a step ends: what is over, and on average those that came too late in it to be served although there
 * was capacity before. `surplus` is arrivals less capacity.
 */
export function leftWaiting(before: Waiting, arrivals: number, surplus: number): Waiting {
  const end = before.over + before.late + surplus;
  const over = Math.max(0, end);
  if (arrivals <= 0) return { over, late: 0 };
  const after = (times: number): number => meanLeft(before.over + times * before.late, arrivals, surplus);
  const left = before.late === 0 ? after(0) : FEW.weight * after(FEW.times) + MANY.weight * after(MANY.times);
  const came = before.over + before.late + arrivals;
  return { over, late: Math.max(0, Math.min(came, left) - over) };
}

function meanLeft(before: number, arrivals: number, surplus: number): number {
  const end = before + surplus;
  const over = Math.max(0, end);
  const spread = Math.sqrt(arrivals);
  const fromEmpty = (before + Math.abs(end)) / spread;
  if (fromEmpty > FAR) return over;
  const fall = -surplus / spread;
  return (
    over +
    spread * Math.sqrt(Math.PI / 8) * Math.exp(fall ** 2 / 2) * (1 - errorFunction(fromEmpty / Math.SQRT2))
  );
}

/** The standard normal distribution function. */
const normal = (x: number): number => 0.5 + 0.5 * errorFunction(x / Math.SQRT2);
