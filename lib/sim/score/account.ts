/** What a reader of a score must know: who took part, which part of each trace was scored, and what was assumed. */
import type { TargetPolicy } from "../../core/policy.ts";
import type { PolicyAccount, ScoreAssumptions, ScoredTrace } from "../../core/scoreResult.ts";
import { floorTo, MINUTE_SECONDS } from "../../core/time.ts";
import { STEP_SECONDS } from "../physics/endpoint.ts";
import { DEFAULT_OBJECTIVE_MS, LEAD_TIME_SIGMA } from "../stage.ts";
import type { Trace } from "../traces/trace.ts";
import { type AnyCandidate, KNOB } from "./candidate.ts";
import { splitOf, UNIT_LOAD } from "./scoreCase.ts";

export function policyAccountOf({
  name,
  label,
  kind,
  about,
  settings,
  knob = KNOB,
}: AnyCandidate): PolicyAccount {
  return { name, label, kind, about, knob, settings };
}

export interface AssumedOptions {
  readonly target: TargetPolicy;
  readonly seeds: readonly number[];
  readonly trials: number;
  readonly knobValues: number;
  readonly quick: boolean;
}

export function assumptionsOf({
  target,
  seeds,
  trials,
  knobValues,
  quick,
}: AssumedOptions): ScoreAssumptions {
  return {
    stepSeconds: STEP_SECONDS,
    unitLoad: UNIT_LOAD,
    objectiveMs: target.objective.latencyP95Ms ?? DEFAULT_OBJECTIVE_MS,
    leadTimeSpread: `lognormal around the median, sigma ${LEAD_TIME_SIGMA}`,
    seeds,
    trials,
    knobValues,
    quick,
    notes: NOTES,
  };
}

const NOTES: readonly string[] = [
  "Everything here is simulated: the controller is the real one, the endpoint is not.",
  "The trace is a rate: its counts are multiplied so that the mean load needs the stated number of units, and Poisson arrivals are drawn from it. All policies see the same arrivals and the same sequence of lead times.",
  "Requests are a fluid in steps of ten seconds before one queue for all ready units, first in, first out. A unit is full at 125 % of its unit load; service takes 40 % of the objective on an idle unit and 80 % on a full one.",
  "A violation is a request that misses the objective, is given up after a minute (twice the objective where that is longer), is lost with a unit that is killed, or still waits when the run ends; it is counted over all requests that were offered.",
  "Cost is unit-seconds from asking for a unit until it is released. Everybody may use up to a quarter more than the highest step of the whole trace needs, and begins with units for the minutes before.",
  "sagemaker: the endpoint is locked while it changes; metrics of a minute come 40 s after it, ten-second metrics 10 s after. kubernetes: nothing is locked; metrics are scraped every 15 s.",
  "History, fitting and tuning see the first part of a trace only; settings are tuned on its second half, with its first half as history. The later part is scored. Two versions of each policy: its shipped settings, and those that were cheapest in training at one violation in a hundred.",
  "All policies have the same knob: the load planned for one unit. Half of its values on the scored part are chosen from the training part, the others between the runs around the shares that are compared. The cost at a share of violations is read off the lower-left hull of the runs; a share that no run reached is a loss.",
  "The bound is the cheapest way to serve all but that share for somebody who knows every request, with whole units, no lock and an empty queue at the start of every step; nobody can undercut it. The clairvoyant plan is one that could be run, locks and lead times included.",
];

export function scoredTraceOf(trace: Trace, mostScoredDays: number | null): ScoredTrace {
  const minutes = Math.floor((trace.requests.length * trace.stepSeconds) / MINUTE_SECONDS);
  const { training, scored } = splitOf(minutes, mostScoredDays);
  const from = floorTo(trace.start, MINUTE_SECONDS);
  const cut = from + training * MINUTE_SECONDS;
  const left = minutes - training - scored;
  const missing = trace.missingSteps === 0 ? [] : [`${trace.missingSteps} steps have no row.`];
  const unscored = left === 0 ? [] : [`${(left / 1440).toFixed(1)} days at its end were not scored.`];
  return {
    name: trace.name,
    synthetic: trace.synthetic,
    stepSeconds: trace.stepSeconds,
    training: { from, to: cut },
    scored: { from: cut, to: cut + scored * MINUTE_SECONDS },
    notes: [...trace.notes, ...missing, ...unscored],
  };
}
