/** The minutes that a unit load can be learned from, picked out of what the platform measured. */

import { type EpochSeconds, MINUTE_SECONDS } from "../time.ts";

/** One value a minute, all of the same length; NaN is missing. */
export interface MeasuredMinutes {
  /** Start of the first minute. */
  readonly start: EpochSeconds;
  /** Of the whole target, in the policy's unit. */
  readonly load: Float64Array;
  /** Requests to the whole target, and to one unit of it. */
  readonly requests: Float64Array;
  readonly requestsPerUnit: Float64Array;
  readonly latencyP95Ms: Float64Array;
  /** Percent of one device. */
  readonly utilization: Float64Array;
  /** Percent of the requests. */
  readonly errorRate: Float64Array;
}

/** A minute that began without a queue and went through with the same units. */
export interface SteadyMinute {
  readonly loadPerUnit: number;
  /** Its latency was beyond the objective. */
  readonly isBeyond: boolean;
  /** Percent; NaN where it is not known. */
  readonly utilization: number;
}

/** Errors are quick to answer: with more of them the latency of a minute says nothing. */
const MOST_ERRORS_PERCENT = 1;

/** Units of neighbouring minutes that differ by less are the same: a tenth of a unit, or a hundredth of all. */
const SAME_UNITS = { absolute: 0.1, share: 0.01 };

/**
 * The steady minutes from an instant on, ascending by load per unit. Left out are minutes with another number of units than before or
 * after, minutes with errors, minutes without requests, and those after a minute beyond the objective: the queue that
 * it left makes them slow whatever their own load.
 */
export function steadyMinutes(
  minutes: MeasuredMinutes,
  objectiveMs: number,
  from: EpochSeconds,
): readonly SteadyMinute[] {
  const { start, load, latencyP95Ms, utilization, errorRate } = minutes;
  const units = unitsOf(minutes);
  const steady: SteadyMinute[] = [];
  const first = Math.max(1, Math.ceil((from - start) / MINUTE_SECONDS));
  for (let i = first; i < load.length - 1; i++) {
    const now = units[i] as number;
    const isSteady = isSame(now, units[i - 1] as number) && isSame(now, units[i + 1] as number);
    const latency = latencyP95Ms[i] as number;
    if (!isSteady || !((load[i] as number) > 0) || Number.isNaN(latency)) continue;
    if ((errorRate[i] as number) > MOST_ERRORS_PERCENT) continue;
    if (!((latencyP95Ms[i - 1] as number) <= objectiveMs)) continue;
    steady.push({
      loadPerUnit: (load[i] as number) / now,
      isBeyond: latency > objectiveMs,
      utilization: utilization[i] as number,
    });
  }
  return steady.sort((a, b) => a.loadPerUnit - b.loadPerUnit);
}

/** Ready units, by requests: the platform counts those of the target and those of one unit. */
function unitsOf({ requests, requestsPerUnit }: MeasuredMinutes): Float64Array {
  return requests.map((all, i) => {
    const one = requestsPerUnit[i] as number;
    return all > 0 && one > 0 ? all / one : Number.NaN;
  });
}

/** False where one of them is not known. */
function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= Math.max(SAME_UNITS.absolute, SAME_UNITS.share * a);
}
