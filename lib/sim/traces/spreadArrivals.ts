/** Turns a trace into arrivals every ten seconds: real minutes are kept, coarser steps are drawn, and it says which. */
import { type EpochSeconds, floorTo, isoOf, MINUTE_SECONDS, sayDuration } from "../../core/time.ts";
import { evenly, poisson, stream } from "../random.ts";
import type { Trace } from "./trace.ts";

export interface Arrivals {
  /** On a whole minute. */
  readonly start: EpochSeconds;
  /** Requests of each physics step; whole minutes of them. */
  readonly perStep: Uint32Array;
  readonly perMinute: Uint32Array;
  /** 1 for a minute that a step without a row reaches into: nothing arrives in that step, and the minute is unknown. */
  readonly missing: Uint8Array;
  /** What was done, in words for the reader. */
  readonly spreading: string;
}

/** What a Uint32Array holds; a count beyond it would wrap around to a small one. */
const MOST_PER_MINUTE = 2 ** 32 - 1;

/**
 * Arrivals in steps of `stepSeconds`, a divisor of a minute. Times move to whole minutes (at most 59 s earlier), and a
 * last minute that the trace does not fill is left out.
 *
 * Steps of up to a minute keep their real counts: summed to the minutes they begin in, and spread at random inside
 * them. Coarser steps become Poisson arrivals at a rate that is interpolated between the middles of the steps and scaled
 * so that each step expects its own total.
 *
 * Draws are made in order of time. Changing the trace from its step k on changes no arrival before the minute that
 * step k begins in; with steps coarser than a minute, none before step k − 1, whose second half leans towards step k.
 *
 * Throws a RangeError for more requests in a minute than 32 bits count.
 */
export function spreadArrivals(trace: Trace, seed: number, stepSeconds: number): Arrivals {
  const start = floorTo(trace.start, MINUTE_SECONDS);
  const minutes = Math.max(1, Math.floor((trace.requests.length * trace.stepSeconds) / MINUTE_SECONDS));
  const blank: Blank = {
    start,
    perStep: new Uint32Array((minutes * MINUTE_SECONDS) / stepSeconds),
    perMinute: new Uint32Array(minutes),
    missing: new Uint8Array(minutes),
  };
  const source = stream(seed, "arrivals");
  const coarse = trace.stepSeconds > MINUTE_SECONDS;
  if (coarse) drawSteps(trace, blank, stepSeconds, poisson(source));
  else keepMinutes(trace, blank, evenly(source));
  return {
    ...blank,
    spreading: `${coarse ? sayDrawn(trace, seed) : sayKept(trace, seed)}${sayMoved(trace)}`,
  };
}

type Blank = Omit<Arrivals, "spreading">;

function sayKept({ stepSeconds, requests }: Trace, seed: number): string {
  const summed = stepSeconds < MINUTE_SECONDS ? `, summed from steps of ${stepSeconds} s,` : "";
  const whole = requests.every((value) => Number.isNaN(value) || Number.isInteger(value));
  const carried = whole ? "" : " Fractions of a request were carried to the next minute.";
  return `Counts per minute are those of the trace${summed} and were spread at random inside each minute, seed ${seed}.${carried}`;
}

function sayDrawn({ stepSeconds }: Trace, seed: number): string {
  return (
    `Each count of ${sayDuration(stepSeconds)} was spread over its time as Poisson arrivals at the interpolated rate, ` +
    `seed ${seed}; what happens inside a step of the trace is made up.`
  );
}

function sayMoved({ start }: Trace): string {
  const seconds = start - floorTo(start, MINUTE_SECONDS);
  return seconds === 0 ? "" : ` Its times were moved ${seconds} s earlier, to whole minutes.`;
}

function keepMinutes(
  { stepSeconds, requests }: Trace,
  arrivals: Blank,
  spread: (count: number, parts: number) => number[],
): void {
  const minutes = arrivals.perMinute.length;
  const counts = new Float64Array(minutes);
  for (let step = 0; step < requests.length; step++) {
    const minute = Math.floor((step * stepSeconds) / MINUTE_SECONDS);
    if (minute >= minutes) break;
    const value = requests[step] as number;
    if (Number.isNaN(value)) arrivals.missing[minute] = 1;
    else counts[minute] = (counts[minute] as number) + value;
  }
  const parts = arrivals.perStep.length / minutes;
  // Fractions are carried on: 0.4 a minute is two requests in five minutes, not none. Whole counts carry nothing.
  let carried = 0;
  for (let minute = 0; minute < minutes; minute++) {
    const exact = (counts[minute] as number) + carried;
    const count = Math.max(0, Math.round(exact));
    carried = exact - count;
    setMinute(arrivals, minute, count);
    arrivals.perStep.set(spread(count, parts), minute * parts);
  }
}

function drawSteps(trace: Trace, arrivals: Blank, stepSeconds: number, draw: (mean: number) => number): void {
  const { requests } = trace;
  const perMinuteSteps = MINUTE_SECONDS / stepSeconds;
  const weights = new Float64Array(Math.ceil(trace.stepSeconds / stepSeconds));
  for (let step = 0; step < requests.length; step++) {
    const total = requests[step] as number;
    const first = Math.round((step * trace.stepSeconds) / stepSeconds);
    const end = Math.min(arrivals.perStep.length, Math.round(((step + 1) * trace.stepSeconds) / stepSeconds));
    const sum = interpolate(requests, step, weights.subarray(0, end - first));
    for (let at = first; at < end; at++) {
      const minute = Math.floor(at / perMinuteSteps);
      if (Number.isNaN(total)) {
        arrivals.missing[minute] = 1;
        continue;
      }
      const count = sum > 0 ? draw((total * (weights[at - first] as number)) / sum) : 0;
      setMinute(arrivals, minute, (arrivals.perMinute[minute] as number) + count);
      arrivals.perStep[at] = count;
    }
  }
}

/** Fills `weights` with the rate interpolated between the middles of this step and its neighbours; returns their sum. */
function interpolate(requests: Float64Array, step: number, weights: Float64Array): number {
  const here = requests[step] as number;
  const known = (value: number | undefined): number =>
    value === undefined || Number.isNaN(value) ? here : value;
  const before = known(requests[step - 1]);
  const after = known(requests[step + 1]);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const fromMiddle = (i + 0.5) / weights.length - 0.5;
    const neighbour = fromMiddle < 0 ? before : after;
    const weight = here + (neighbour - here) * Math.abs(fromMiddle);
    weights[i] = weight;
    sum += weight;
  }
  return sum;
}

function setMinute({ start, perMinute }: Blank, minute: number, count: number): void {
  if (count > MOST_PER_MINUTE) {
    throw new RangeError(
      `the trace: got ${count} requests in the minute of ${isoOf(start + minute * MINUTE_SECONDS)}, ` +
        `allowed are at most ${MOST_PER_MINUTE}; divide its counts by a constant`,
    );
  }
  perMinute[minute] = count;
}
