/** The numbers under a run: what it cost, what it missed and how restless it was, all from its minute series. */
import type { Action, Summary } from "../core/replayResult.ts";
import { MINUTE_SECONDS } from "../core/time.ts";
import { loadInUnits, rampsOf, rampsReady } from "./ramps.ts";

/** A scale-in that is taken back sooner than this was not worth it: a GPU instance takes minutes to come back. */
const FLAP_SECONDS = 30 * MINUTE_SECONDS;

/** Violations are sums of fractions of requests. */
const ROUNDING = 1e-9;

export interface SummaryInput {
  /** Requests offered in each minute. */
  readonly load: ArrayLike<number>;
  /** Requests of each minute that missed the objective or were never served. */
  readonly violations: ArrayLike<number>;
  /** Units that served at the end of each minute. */
  readonly ready: ArrayLike<number>;
  readonly actions: readonly Action[];
  /** Load that one unit carries inside the objective, in requests per minute. */
  readonly perUnit: number;
  /** Units that are there whatever the load (0 when not given): up to here nothing is a ramp. */
  readonly minUnits?: number;
  readonly unitHours: number;
  readonly pricePerUnitHour: number;
  /** Share of requests that must be inside the objective. */
  readonly objectiveShare: number;
}

/** Sums up a run. Without requests everything is inside the objective. */
export function summarize(input: SummaryInput): Summary {
  const { load, violations, actions, unitHours } = input;
  const requests = sum(load);
  const units = loadInUnits(load, input.perUnit);
  const ramps = rampsOf(units, input.minUnits);
  return {
    requests,
    unitHours,
    cost: unitHours * input.pricePerUnitHour,
    insideObjective: requests === 0 ? 1 : Math.max(0, 1 - sum(violations) / requests),
    violationMinutes: violationMinutes(violations, load, input.objectiveShare),
    ...countActions(actions),
    flaps: countFlaps(actions),
    ramps: ramps.length,
    rampsReady: rampsReady(ramps, input.ready, units),
  };
}

export function countActions(actions: readonly Action[]): {
  readonly scaleOuts: number;
  readonly scaleIns: number;
} {
  const scaleOuts = actions.filter(({ from, to }) => to > from).length;
  const scaleIns = actions.filter(({ from, to }) => to < from).length;
  return { scaleOuts, scaleIns };
}

/**
 * Scale-ins that were taken back, wholly or in part: a scale-out at most 30 minutes later asks for more units than the
 * scale-in had left. After 10 → 8 → 7, a scale-out 7 → 8 takes back the second one only, 7 → 9 both. `actions` in order.
 */
export function countFlaps(actions: readonly Action[]): number {
  return actions.filter((scaleIn, i) => {
    if (scaleIn.to >= scaleIn.from) return false;
    for (let next = i + 1; next < actions.length; next++) {
      const { at, from, to } = actions[next] as Action;
      if (at - scaleIn.at > FLAP_SECONDS) return false;
      if (to > from && to > scaleIn.to) return true;
    }
    return false;
  }).length;
}

/**
 * Minutes in which more than 1 − `share` of the requests missed the objective, and at least one whole request. With a
 * share of 99.9 %, 1 miss in 500 requests counts and 1 in 1 000 does not. Requests that are lost in a minute without any
 * (they came earlier) make it a violation minute.
 */
export function violationMinutes(
  violations: ArrayLike<number>,
  load: ArrayLike<number>,
  share: number,
): number {
  let minutes = 0;
  for (let minute = 0; minute < violations.length; minute++) {
    const missed = violations[minute] as number;
    const allowed = (1 - share) * (load[minute] as number);
    if (missed >= 1 - ROUNDING && missed > allowed + ROUNDING) minutes++;
  }
  return minutes;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] as number;
  return total;
}
