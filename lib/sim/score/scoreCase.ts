/** A trace cut in two and scaled to a number of units: what may be learned from, and what is scored, once. */
import { scaleInFor, type TargetPolicy } from "../../core/policy.ts";
import type { CaseKey } from "../../core/scoreResult.ts";
import { DAY_SECONDS, MINUTE_SECONDS } from "../../core/time.ts";
import { STEP_SECONDS, STEPS_PER_MINUTE } from "../physics/endpoint.ts";
import { PLATFORMS } from "../physics/platform.ts";
import type { StageOptions } from "../stage.ts";
import type { Arrivals } from "../traces/spreadArrivals.ts";
import type { Trace } from "../traces/trace.ts";
import type { Given, Minutes } from "./candidate.ts";
import { drawArrivals } from "./drawArrivals.ts";

/** Requests a minute that one unit carries inside the objective: four a second, as a mid-size model on one GPU. */
export const UNIT_LOAD = 240;

const DAY_MINUTES = DAY_SECONDS / MINUTE_SECONDS;

/** Two weeks give every weekday twice. */
const MOST_TRAINING_MINUTES = 14 * DAY_MINUTES;

/** Less than a day before and a day after says nothing of a daily rhythm. */
export const LEAST_MINUTES = 2 * DAY_MINUTES;

export interface CaseOptions {
  readonly target: TargetPolicy;
  /** At most so many days are scored; null scores all that is left. */
  readonly mostScoredDays: number | null;
}

/** One part of a trace, ready to be run. */
export interface Part {
  readonly stage: StageOptions;
  readonly given: Given;
  readonly truth: Minutes;
}

export interface ScoringCase {
  readonly factor: number;
  readonly maxUnits: number;
  /** Inside the training part: its second half, with the first as its past. Fitting and tuning see nothing else. */
  readonly tuning: Part;
  readonly scored: Part;
}

/** Minutes of a trace that are learned from and that are scored. */
export function splitOf(
  minutes: number,
  mostScoredDays: number | null,
): { readonly training: number; readonly scored: number } {
  const half = Math.floor(minutes / 2 / DAY_MINUTES) * DAY_MINUTES;
  const training = Math.min(MOST_TRAINING_MINUTES, half);
  const scored = Math.min(minutes - training, (mostScoredDays ?? Number.POSITIVE_INFINITY) * DAY_MINUTES);
  return { training, scored };
}

/** Null when the trace is too short or has no requests. */
export function whyUnfit(trace: Trace): string | null {
  const minutes = (trace.requests.length * trace.stepSeconds) / MINUTE_SECONDS;
  if (minutes < LEAST_MINUTES) {
    const hours = (minutes / 60).toFixed(1);
    return `it has ${hours} hours; at least two days are needed, one to learn from and one to score`;
  }
  if (!(meanPerMinute(trace) > 0)) return "it has no requests";
  return null;
}

/** Draws the case's arrivals with `seed` and cuts them. */
export function scoringCaseOf(trace: Trace, key: CaseKey, seed: number, options: CaseOptions): ScoringCase {
  const factor = scaleOf(trace, key.units);
  const arrivals = drawArrivals(trace, { factor, seed });
  const { training, scored } = splitOf(arrivals.perMinute.length, options.mostScoredDays);
  const maxUnits = quotaOf(trace, factor);
  const cut = (from: number, to: number, before: Part | null): Part =>
    withRehearsal(partOf(arrivals, key, seed, options, maxUnits, from, to), before);
  const half = Math.floor(training / 2 / DAY_MINUTES) * DAY_MINUTES || Math.floor(training / 2);
  const tuning = cut(half, training, null);
  return { factor, maxUnits, tuning, scored: cut(training, training + scored, tuning) };
}

function withRehearsal(part: Part, before: Part | null): Part {
  if (before === null) return part;
  const rehearsal = { stage: before.stage, forecasts: before.given.forecasts };
  return { ...part, given: { ...part.given, rehearsal } };
}

/** Requests of the run for each of the trace, so that its mean load needs `units`. */
export const scaleOf = (trace: Trace, units: number): number => (units * UNIT_LOAD) / meanPerMinute(trace);

/** The quota that such a service would have: a quarter more than its highest step needs. It limits all policies alike. */
export function quotaOf({ requests, stepSeconds }: Trace, factor: number): number {
  const highest = requests.reduce((most, count) => (count > most ? count : most), 0);
  const perMinute = (highest * factor * MINUTE_SECONDS) / stepSeconds;
  return Math.max(2, Math.ceil((1.25 * perMinute) / UNIT_LOAD));
}

function partOf(
  arrivals: Arrivals,
  { platform, leadTimeSeconds }: CaseKey,
  seed: number,
  { target }: CaseOptions,
  max: number,
  from: number,
  to: number,
): Part {
  const { perMinute, missing } = arrivals;
  const start = arrivals.start + from * MINUTE_SECONDS;
  const past = { start: arrivals.start, perMinute: known(arrivals, 0, from) };
  const policy = policyOf(target, platform, leadTimeSeconds, max);
  const stage: StageOptions = {
    policy,
    perUnit: UNIT_LOAD,
    platform,
    leadTimeSeconds,
    metricDelaySeconds: PLATFORMS[platform].metricDelaySeconds,
    seed,
    faults: [],
    start,
    arrivals: arrivals.perStep.subarray(from * STEPS_PER_MINUTE, to * STEPS_PER_MINUTE),
    past,
    isMissing: (minute) => missing[from + minute] === 1,
    initialUnits: initialUnits(perMinute, from, max),
  };
  const { min } = policy.capacity;
  return {
    stage,
    given: {
      policy,
      perUnit: UNIT_LOAD,
      min,
      max,
      platform,
      leadTimeSeconds,
      past,
      forecasts: new Map(),
      craneForecasts: new Map(),
      rehearsal: null,
    },
    truth: { start, perMinute: Float64Array.from(perMinute.subarray(from, to)) },
  };
}

function policyOf(
  target: TargetPolicy,
  platform: CaseKey["platform"],
  leadTimeSeconds: number,
  max: number,
): TargetPolicy {
  const worst = target.leadTime.worstSeconds / target.leadTime.expectedSeconds;
  const kind = platform === "kubernetes" ? "kubernetes-workload" : "sagemaker-variant";
  const leadTime = { expectedSeconds: leadTimeSeconds, worstSeconds: Math.round(leadTimeSeconds * worst) };
  return {
    ...target,
    kind,
    mode: "full",
    capacity: { min: 1, max },
    load: { metric: "invocations", statistic: "sum", perUnit: UNIT_LOAD, ...finerThanMinutes(platform) },
    leadTime,
    scaleIn: scaleInFor(target, { kind, leadTime }),
  };
}

/** Prometheus counts requests at every scrape; CloudWatch by the minute, unless an endpoint is set up otherwise. */
function finerThanMinutes(platform: CaseKey["platform"]): { readonly everySeconds?: number } {
  return platform === "kubernetes" ? { everySeconds: PLATFORMS.kubernetes.scrapeSeconds } : {};
}

function known({ perMinute, missing }: Arrivals, from: number, to: number): Float64Array {
  return Float64Array.from(perMinute.subarray(from, to), (value, i) =>
    missing[from + i] === 1 ? Number.NaN : value,
  );
}

/** Every run begins with what carries the minutes before it, a quarter more to be inside the objective at once. */
function initialUnits(perMinute: Uint32Array, from: number, max: number): number {
  const load = Math.max(...perMinute.subarray(Math.max(0, from - 10), Math.max(1, from)));
  return Math.min(max, Math.max(1, Math.ceil((1.25 * load) / UNIT_LOAD)));
}

function meanPerMinute({ requests, stepSeconds }: Trace): number {
  let sum = 0;
  for (const count of requests) if (!Number.isNaN(count)) sum += count;
  return (sum * MINUTE_SECONDS) / (requests.length * stepSeconds);
}

/** Days of a part, for rates a day. */
export function daysOf({ stage }: Part): number {
  return (stage.arrivals.length * STEP_SECONDS) / DAY_SECONDS;
}
