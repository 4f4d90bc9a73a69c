/** Learns the unit load from measured minutes: where the latency left the objective, or how far the devices were from it. */
import { sayNumber } from "../decide/say.ts";
import { DAY_SECONDS, type EpochSeconds } from "../time.ts";
import { busyLoad } from "./extrapolate.ts";
import { FEWEST_MINUTES, type Knee, kneeOf } from "./knee.ts";
import { type MeasuredMinutes, type SteadyMinute, steadyMinutes } from "./minutes.ts";
import { type KnownUnitLoad, type UnitLoad, unknown } from "./unitLoad.ts";

/**
 * Planned of what a unit carries at the knee. There a queue is never worked off; with 15 % to spare, what a minute
 * brings of up to 15 % too much is served in the next.
 */
const PLANNED_SHARE = 0.85;

/** What is planned beyond anything that was carried: the step after this one is made when this one was seen to be right. */
const FURTHEST_BEYOND_SEEN = 1.5;

/** Ratios of the bounds below and above the knee. */
const HIGH_RATIO = 0.85;
const MEDIUM_RATIO = 0.7;
/** Wider apart they are idle and saturated minutes with nothing between, which say nothing. */
const LEAST_RATIO = 0.5;

/** So near to what was carried, an extrapolation is hardly one. */
const NEAR_SEEN = 1.1;

/**
 * A difference of at least this share is worth a word. Above PLANNED_SHARE's reserve, so that somebody who states the
 * knee itself, which a load test finds, hears nothing.
 */
export const CLEAR_DIFFERENCE = 0.2;

/** A knee that was seen gives way to what the devices say, once it was not seen again for so long. */
const KEPT_SECONDS = 45 * DAY_SECONDS;

/** A unit that carries less since a deploy shows it in these days, long before they are a tenth of all. */
const RECENT_SECONDS = 2 * DAY_SECONDS;

/**
 * The unit load by these minutes and by what was known before. What was learned stays while nothing contradicts it: a
 * target that is not driven to its limit any more has not become smaller.
 */
export function learnUnitLoad(
  minutes: MeasuredMinutes,
  objectiveMs: number,
  before: UnitLoad | null,
  now: EpochSeconds,
): UnitLoad {
  const kept = before?.kind === "known" ? before : null;
  const seenSince = (from: EpochSeconds): UnitLoad =>
    judged(steadyMinutes(minutes, objectiveMs, from), kept?.carried ?? 0, now);
  // Minutes of before a move speak of another unit.
  const whole = seenSince((kept?.movedFrom?.at ?? 0) - RECENT_SECONDS);
  if (kept === null) return whole;
  const recent = seenSince(now - RECENT_SECONDS);
  const seen = isMoved(recent, kept) && recent.from === "latency" ? recent : whole;
  if (seen.kind === "unknown" || !replaces(seen, kept, now)) return kept;
  return { ...seen, movedFrom: isMoved(seen, kept) ? { perUnit: kept.perUnit, at: now } : kept.movedFrom };
}

function isMoved(seen: UnitLoad, kept: KnownUnitLoad): seen is KnownUnitLoad {
  if (seen.kind === "unknown" || seen.confidence === "low" || kept.confidence === "low") return false;
  return Math.abs(seen.perUnit / kept.perUnit - 1) >= CLEAR_DIFFERENCE;
}

/**
 * A knee that was seen is replaced by a newer one, and by the absence of one where more was carried than it allows. One
 * that is told with low confidence replaces only what it excludes.
 */
function replaces(seen: KnownUnitLoad, kept: KnownUnitLoad, now: EpochSeconds): boolean {
  if (now - kept.at > KEPT_SECONDS) return true;
  if (seen.from === "utilization") {
    return kept.from === "utilization" || PLANNED_SHARE * seen.carried > kept.highest;
  }
  if (seen.confidence !== "low" || kept.confidence === "low") return true;
  return kept.perUnit < seen.lowest || kept.perUnit > seen.highest;
}

function judged(steady: readonly SteadyMinute[], carriedBefore: number, now: EpochSeconds): UnitLoad {
  if (steady.length < FEWEST_MINUTES) {
    return unknown(
      `${steady.length} minutes began inside the objective and kept their units; ${FEWEST_MINUTES} are needed`,
    );
  }
  const knee = kneeOf(steady);
  if (knee.carried === null) return unknown("the objective was missed at every load that was seen");
  return byLatency(knee, steady.length, now) ?? byUtilization(knee, steady, carriedBefore, now);
}

/** Null where the objective was never left, or nothing was seen between far inside and far beyond it. */
function byLatency({ at, carried, missed }: Knee, minutes: number, now: EpochSeconds): KnownUnitLoad | null {
  if (at === null || carried === null || missed === null) return null;
  const ratio = carried / missed;
  if (ratio < LEAST_RATIO) return null;
  return {
    kind: "known",
    perUnit: PLANNED_SHARE * at,
    lowest: PLANNED_SHARE * carried,
    highest: PLANNED_SHARE * missed,
    confidence: ratio >= HIGH_RATIO ? "high" : ratio >= MEDIUM_RATIO ? "medium" : "low",
    from: "latency",
    carried,
    minutes,
    at: now,
    movedFrom: null,
  };
}

function byUtilization(
  { carried: carriedNow, missed }: Knee,
  steady: readonly SteadyMinute[],
  carriedBefore: number,
  now: EpochSeconds,
): UnitLoad {
  const busy = busyLoad(steady);
  if (typeof busy !== "number") {
    const seen = `up to ${sayNumber(carriedNow ?? 0)} per unit the objective was kept`;
    const then =
      missed === null ? "" : `, from ${sayNumber(missed)} on it was missed, between them nothing is known`;
    return unknown(`${seen}${then}; ${busy.why}`);
  }
  const mostKnown = missed ?? Number.POSITIVE_INFINITY;
  const carried = Math.min(Math.max(carriedNow ?? 0, carriedBefore), mostKnown);
  const most = Math.min(busy, FURTHEST_BEYOND_SEEN * carried, PLANNED_SHARE * mostKnown);
  const perUnit = Math.max(most, PLANNED_SHARE * carried);
  return {
    kind: "known",
    perUnit,
    lowest: PLANNED_SHARE * Math.max(perUnit, carried),
    highest: Math.max(perUnit, busy),
    confidence: perUnit <= NEAR_SEEN * carried ? "medium" : "low",
    from: "utilization",
    carried,
    minutes: steady.length,
    at: now,
    movedFrom: null,
  };
}
