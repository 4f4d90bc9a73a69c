/** Turns a trace into the arrivals of a scored run: its counts as a rate, scaled to a number of units, drawn as Poisson. */
import { floorTo, MINUTE_SECONDS } from "../../core/time.ts";
import { STEP_SECONDS, STEPS_PER_MINUTE } from "../physics/endpoint.ts";
import { poisson, stream } from "../random.ts";
import type { Arrivals } from "../traces/spreadArrivals.ts";
import type { Trace } from "../traces/trace.ts";

export interface DrawOptions {
  /** Requests of the run for each of the trace. */
  readonly factor: number;
  readonly seed: number;
}

/**
 * Poisson arrivals in ten-second steps. Steps of the trace of up to a minute are summed to minutes, of which each is a
 * constant rate; over coarser steps the rate is interpolated between their middles. Nothing arrives where the trace has no
 * row, and the minute is unknown. Draws are made in order of time: what a trace says later changes no arrival before the
 * step of the trace that comes before it.
 */
export function drawArrivals(trace: Trace, { factor, seed }: DrawOptions): Arrivals {
  const rates = ratesOf(trace);
  const minutes = rates.length / STEPS_PER_MINUTE;
  const perStep = new Uint32Array(rates.length);
  const perMinute = new Uint32Array(minutes);
  const missing = new Uint8Array(minutes);
  const draw = poisson(stream(seed, "arrivals"));
  for (let step = 0; step < rates.length; step++) {
    const rate = rates[step] as number;
    const minute = Math.floor(step / STEPS_PER_MINUTE);
    if (Number.isNaN(rate)) {
      missing[minute] = 1;
      continue;
    }
    const count = draw(rate * factor);
    perStep[step] = count;
    perMinute[minute] = (perMinute[minute] as number) + count;
  }
  const start = floorTo(trace.start, MINUTE_SECONDS);
  const spreading = `Counts of the trace × ${Number(factor.toPrecision(4))} are the rate of Poisson arrivals, seed ${seed}.`;
  return { start, perStep, perMinute, missing, spreading };
}

/** Requests of the trace that each ten-second step expects; NaN where it has no row. Whole minutes of them. */
export function ratesOf(trace: Trace): Float64Array {
  return trace.stepSeconds <= MINUTE_SECONDS ? ratesOfMinutes(trace) : ratesBetweenMiddles(trace);
}

function wholeMinutes({ requests, stepSeconds }: Trace): number {
  return Math.max(1, Math.floor((requests.length * stepSeconds) / MINUTE_SECONDS));
}

function ratesOfMinutes(trace: Trace): Float64Array {
  const perMinute = new Float64Array(wholeMinutes(trace));
  for (const [step, count] of trace.requests.entries()) {
    const minute = Math.floor((step * trace.stepSeconds) / MINUTE_SECONDS);
    // A NaN makes its minute one.
    if (minute < perMinute.length) perMinute[minute] = (perMinute[minute] as number) + count;
  }
  return Float64Array.from(
    { length: perMinute.length * STEPS_PER_MINUTE },
    (_, step) => (perMinute[Math.floor(step / STEPS_PER_MINUTE)] as number) / STEPS_PER_MINUTE,
  );
}

function ratesBetweenMiddles(trace: Trace): Float64Array {
  const { requests, stepSeconds } = trace;
  const rates = new Float64Array(firstStepOf(requests.length, trace));
  const known = (value: number | undefined, here: number): number =>
    value === undefined || Number.isNaN(value) ? here : value;
  for (let step = 0; step < rates.length; step++) {
    const at = ((step + 0.5) * STEP_SECONDS) / stepSeconds;
    const row = Math.min(requests.length - 1, Math.floor(at));
    const here = requests[row] as number;
    const fromMiddle = at - row - 0.5;
    const neighbour = known(requests[row + Math.sign(fromMiddle)], here);
    rates[step] = here + (neighbour - here) * Math.abs(fromMiddle);
  }
  return scaledToCounts(rates, trace).subarray(0, wholeMinutes(trace) * STEPS_PER_MINUTE);
}

/** The first step whose middle is in the row or after it. */
function firstStepOf(row: number, { stepSeconds }: Pick<Trace, "stepSeconds">): number {
  return Math.ceil((row * stepSeconds) / STEP_SECONDS - 0.5);
}

/** Scales the rates inside each row of the trace so that they expect its own count. */
function scaledToCounts(rates: Float64Array, trace: Trace): Float64Array {
  for (const [row, count] of trace.requests.entries()) {
    const inRow = rates.subarray(firstStepOf(row, trace), firstStepOf(row + 1, trace));
    const sum = inRow.reduce((total, rate) => total + rate, 0);
    for (let i = 0; i < inRow.length; i++) {
      inRow[i] = Number.isNaN(count) ? Number.NaN : sum > 0 ? ((inRow[i] as number) * count) / sum : 0;
    }
  }
  return rates;
}
