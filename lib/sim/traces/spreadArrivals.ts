/** Turns a trace into arrivals every ten seconds: real minutes are kept, coarser steps are drawn, and it says which. */
import { type EpochSeconds, floorTo, MINUTE_SECONDS } from "../../core/time.ts";
import { evenly, poisson, stream } from "../random.ts";
import type { Trace } from "./trace.ts";

export interface Arrivals {
  /** On a whole minute. */
  readonly start: EpochSeconds;
  /** Requests of each physics step; whole minutes of them. */
  readonly perStep: Uint32Array;
  readonly perMinute: Uint32Array;
  /** 1 for a minute without a row in the trace: nothing arrives, and nothing is known of it. */
  readonly missing: Uint8Array;
  /** What was done, in words for the reader. */
  readonly spreading: string;
}

/**
 * Arrivals from the minute that holds the trace's start. Steps of up to a minute keep their real counts, summed to
 * minutes and spread at random inside them. Coarser steps become Poisson arrivals at a rate that is interpolated
 * between the middles of the steps and scaled so that each step expects its own total. Draws are made in order of time:
 * changing the trace from an instant on changes no arrival before the step that precedes the one that holds it.
 */
export function spreadArrivals(trace: Trace, seed: number, stepSeconds: number): Arrivals {
  const start = floorTo(trace.start, MINUTE_SECONDS);
  const minutes = Math.max(1, Math.floor((trace.requests.length * trace.stepSeconds) / MINUTE_SECONDS));
  const perMinuteSteps = MINUTE_SECONDS / stepSeconds;
  const blank = {
    start,
    perStep: new Uint32Array(minutes * perMinuteSteps),
    perMinute: new Uint32Array(minutes),
    missing: new Uint8Array(minutes),
  };
  const source = stream(seed, "arrivals");
  if (trace.stepSeconds <= MINUTE_SECONDS) {
    keepMinutes(trace, blank, evenly(source));
    return {
      ...blank,
      spreading: `Counts per minute are those of the trace, spread at random inside each minute (seed ${seed}).`,
    };
  }
  drawSteps(trace, blank, stepSeconds, poisson(source));
  return {
    ...blank,
    spreading:
      `The trace has one count per ${trace.stepSeconds} s; it was spread over ${stepSeconds}-second steps as Poisson arrivals ` +
      `at the interpolated rate (seed ${seed}). What happens inside a step of the trace is therefore made up.`,
  };
}

type Blank = Omit<Arrivals, "spreading">;

function keepMinutes(
  { start, stepSeconds, requests }: Trace,
  arrivals: Blank,
  spread: (count: number, parts: number) => number[],
): void {
  const counts = new Float64Array(arrivals.perMinute.length);
  for (let step = 0; step < requests.length; step++) {
    const minute = Math.floor((start + step * stepSeconds - arrivals.start) / MINUTE_SECONDS);
    if (minute >= counts.length) break;
    const value = requests[step] as number;
    if (Number.isNaN(value)) arrivals.missing[minute] = 1;
    else counts[minute] = (counts[minute] as number) + value;
  }
  const parts = arrivals.perStep.length / counts.length;
  for (let minute = 0; minute < counts.length; minute++) {
    const count = arrivals.missing[minute] === 1 ? 0 : Math.round(counts[minute] as number);
    arrivals.perMinute[minute] = count;
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
    const weight = interpolated(requests, step, weights.subarray(0, end - first));
    for (let at = first; at < end; at++) {
      const minute = Math.floor(at / perMinuteSteps);
      if (Number.isNaN(total)) {
        arrivals.missing[minute] = 1;
        continue;
      }
      const share = weight > 0 ? (weights[at - first] as number) / weight : 1 / (end - first);
      const count = draw(total * share);
      arrivals.perStep[at] = count;
      arrivals.perMinute[minute] = (arrivals.perMinute[minute] as number) + count;
    }
  }
}

/** Fills `weights` with the rate interpolated between the middles of this step and its neighbours; returns their sum. */
function interpolated(requests: Float64Array, step: number, weights: Float64Array): number {
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
