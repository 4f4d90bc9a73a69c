/** The minutes of a trace that a correction by the last hour is measured on. */
import type { MaskedWindow } from "../../../lib/core/forecast/history.ts";
import { type EpochSeconds, HOUR_SECONDS, MINUTE_SECONDS } from "../../../lib/core/time.ts";
import { drawArrivals } from "../../../lib/sim/score/drawArrivals.ts";
import type { Trace } from "../../../lib/sim/traces/trace.ts";

/** Of drawn minutes, on average: ten units of 240, as in the example policy. */
const DRAWN_REQUESTS_PER_MINUTE = 2400;
const SEED = 1;

/** A trace of minutes is taken as it is; the noise inside coarser steps is drawn, and inside an hour all would be. */
export const COARSEST_STEP_SECONDS = HOUR_SECONDS - 1;

export interface Minutes {
  readonly start: EpochSeconds;
  /** Requests in each minute; NaN is missing. */
  readonly load: Float64Array;
}

/** `invented`: windows that were filled in the trace; they are neither learnt from nor scored. */
export function minutesOf(trace: Trace, invented: readonly MaskedWindow[]): Minutes {
  const known = withoutWindows(trace, invented);
  if (trace.stepSeconds === MINUTE_SECONDS) return { start: trace.start, load: known.requests };
  const { start, perMinute, missing } = drawArrivals(known, {
    factor: DRAWN_REQUESTS_PER_MINUTE / requestsPerMinute(known),
    seed: SEED,
  });
  return { start, load: Float64Array.from(perMinute, (count, i) => (missing[i] === 1 ? Number.NaN : count)) };
}

function withoutWindows(trace: Trace, windows: readonly MaskedWindow[]): Trace {
  const { start, stepSeconds } = trace;
  const requests = Float64Array.from(trace.requests);
  for (const window of windows) {
    const first = Math.floor((window.start - start) / stepSeconds);
    const last = Math.ceil((window.end - start) / stepSeconds);
    requests.fill(Number.NaN, Math.max(0, first), Math.max(0, last));
  }
  return { ...trace, requests };
}

function requestsPerMinute({ requests, stepSeconds }: Trace): number {
  const total = requests.reduce((sum, count) => sum + (Number.isNaN(count) ? 0 : count), 0);
  return (total * MINUTE_SECONDS) / (requests.length * stepSeconds);
}

/** Highest known minute of `[from, from + count)`; NaN when less than four fifths are known. */
export function highestOf(load: Float64Array, from: number, count: number): number {
  let highest = Number.NaN;
  let known = 0;
  for (const value of load.subarray(from, from + count)) {
    if (Number.isNaN(value)) continue;
    known++;
    if (!(value <= highest)) highest = value;
  }
  return known >= 0.8 * count ? highest : Number.NaN;
}

/** Mean of the known minutes of `[from, to)`; NaN for none. */
export function meanOf(load: Float64Array, from: number, to: number): number {
  const known = load.subarray(Math.max(0, from), to).filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
