/** Everything that needs, holds and bounds look at, worked out once for a decision. */
import type { CapacityState } from "../capacity.ts";
import type { Situation } from "../decision.ts";
import { type LeadTimes, leadTimeQuantile, learnLeadTimes, longestLeadTime } from "../leadTime/leadTimes.ts";
import type { Memory } from "../memory.ts";
import { countsReadyUnits, goesToNone, locksUntilReady, type TargetPolicy } from "../policy.ts";
import { quantileOf } from "../promise/promise.ts";
import { type Override, overridesInForce } from "../promotion.ts";
import type { EpochSeconds } from "../time.ts";
import type { SizedPolicy } from "../unitLoad/inUse.ts";
import { type Demand, demandOver, forecastOver, type Outlook, outlookOf } from "./demand.ts";
import { gatedSituation, withGate } from "./gating.ts";
import { IDLE_REACH_SECONDS, type Idling, idlingOf, withIdleTime } from "./idling.ts";
import { marginOf, withAchieved } from "./margin.ts";
import { type RuleState, ruleStates } from "./rules.ts";
import { watch } from "./watch.ts";

/** Lead times are planned at this level: one start in ten may take longer, and the demand quantile covers some of those. */
export const LEAD_TIME_LEVEL = 0.9;

/** A promotion must be ready, not requested: it is planned at a level of lead time that few starts exceed. */
export const PROMOTION_LEAD_TIME_LEVEL = 0.95;

/** Until the next wake-up, and for it to read what happened since this one. */
export const REVIEW_SECONDS = 60;

/** Wider than any protection interval should become; bounds how much of the forecast is ever read. */
export const FURTHEST_HORIZON_SECONDS = 3 * 3_600;

/**
 * How far ahead a decision looks at most: a promotion that is joined in as early as possible, plus what a change made
 * for it must last; or the payback of a unit, whichever is further.
 */
export function reachOf(
  policy: TargetPolicy,
  before: Memory,
  capacity: CapacityState,
  now: EpochSeconds,
): number {
  const leadTimes = leadTimesOf(policy, watch(before, capacity, now), now);
  const lead = longestLeadTime(leadTimes, PROMOTION_LEAD_TIME_LEVEL);
  const change = 2 * (lead + REVIEW_SECONDS);
  if (goesToNone(policy)) return IDLE_REACH_SECONDS;
  return Math.min(
    FURTHEST_HORIZON_SECONDS,
    change + Math.max(change, policy.scaleIn.paybackSeconds + REVIEW_SECONDS),
  );
}

/** What is known of the lead times of starts asked for at `now`, from the memory after looking at the capacity. */
export function leadTimesOf(
  policy: TargetPolicy,
  { starts, starting }: Memory,
  now: EpochSeconds,
): LeadTimes {
  const learned = countsReadyUnits(policy.kind)
    ? { starts, underWaySince: starting?.at ?? null }
    : { starts: [], underWaySince: null };
  return learnLeadTimes(policy.leadTime, learned, now);
}

export interface Context {
  readonly policy: SizedPolicy;
  /** With its forecast missing while the gate has it off. */
  readonly situation: Situation;
  /** After looking at the capacity and at what came of the forecast. */
  readonly memory: Memory;
  readonly outlook: Outlook;
  /** The factor on the planned demand that keeps the promise. */
  readonly margin: number;
  readonly rules: readonly RuleState[];
  readonly overrides: readonly Override[];
  /** Units that the decision moves from: the desired ones, or the platform's own minimum where that is all it moves. */
  readonly current: number;
  readonly leadTimes: LeadTimes;
  /** Of the step that the forecast has in sight. */
  readonly leadTimeSeconds: number;
  /** A decision that changes nothing must cover this: the lead time and the time until the next decision. */
  readonly protectSeconds: number;
  /** One that changes something must also cover the lock that the change brings. */
  readonly protectWhenActingSeconds: number;
  /** What is said of the last unit; null where the demand decides about it. */
  readonly idling: Idling | null;
}

export function contextOf(policy: SizedPolicy, observed: Situation, before: Memory): Context {
  const watched = withIdleTime(policy, observed, withGate(policy, observed, before));
  const situation = gatedSituation(observed, watched);
  const outlook = outlookOf(policy, situation);
  const current = currentUnits(policy, situation);
  const leadTimes = leadTimesOf(policy, watched, situation.now);
  const leadTimeSeconds = leadTimeInSight(policy, situation, outlook, leadTimes);
  const protectSeconds = leadTimeSeconds + REVIEW_SECONDS;
  const lockSeconds = locksUntilReady(policy.kind) ? leadTimeSeconds : 0;
  const memory = withAchieved(policy, situation, watched);
  return {
    policy,
    situation,
    memory,
    outlook,
    margin: marginOf(policy, watched, situation.now),
    rules: ruleStates(policy, situation, memory.readySince),
    overrides: overridesInForce(situation.overrides, situation.now),
    current,
    leadTimes,
    leadTimeSeconds,
    protectSeconds,
    protectWhenActingSeconds: protectSeconds + lockSeconds,
    idling: idlingOf(policy, observed, memory, leadTimes, current),
  };
}

/**
 * The lead time of the step that the forecast asks for as far ahead as the slowest step would have to last. The readings
 * take no part in it: load that rises would change the horizon, and with it the demand, back and forth. Without a
 * forecast it is that of starts in general.
 */
function leadTimeInSight(
  policy: SizedPolicy,
  { now, capacity }: Situation,
  { forecast }: Outlook,
  leadTimes: LeadTimes,
): number {
  const general = leadTimeQuantile(leadTimes, { level: LEAD_TIME_LEVEL });
  if (forecast === null || policy.load === null) return general;
  const longest = longestLeadTime(leadTimes, LEAD_TIME_LEVEL);
  const smallest = leadTimeQuantile(leadTimes, { level: LEAD_TIME_LEVEL, units: 1 });
  if (smallest === longest) return longest;
  const lockSeconds = locksUntilReady(policy.kind) ? longest : 0;
  const seconds = Math.min(longest + REVIEW_SECONDS + lockSeconds, FURTHEST_HORIZON_SECONDS);
  const load = forecastOver(forecast, null, { from: now, to: now + seconds }, quantileOf(policy));
  const units = Math.max(1, unitsFor(load, policy.load.perUnit) - capacity.ready);
  return leadTimeQuantile(leadTimes, { level: LEAD_TIME_LEVEL, units });
}

function currentUnits({ mode }: SizedPolicy, { capacity }: Situation): number {
  return mode === "floor" ? (capacity.minimum ?? capacity.desired) : capacity.desired;
}

/** Demand over a horizon and the units that carry it; null when the policy states no load or nothing is known of it. */
export function unitsOver(
  { policy, situation, outlook, margin, protectWhenActingSeconds }: Context,
  horizonSeconds: number,
): (Demand & { readonly units: number }) | null {
  if (policy.load === null) return null;
  const demand = demandOver(
    policy,
    outlook,
    situation.now,
    Math.min(horizonSeconds, FURTHEST_HORIZON_SECONDS),
    Math.min(1, horizonSeconds / protectWhenActingSeconds),
  );
  return demand === null ? null : { ...demand, units: unitsFor(margin * demand.load, policy.load.perUnit) };
}

/**
 * Units that carry a load; the small allowance keeps 3.0000000001 from asking for a fourth. Never beyond what counts
 * exactly, so that a record with an absurd load can be stored and decided again.
 */
export function unitsFor(load: number, perUnit: number): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.ceil(load / perUnit - 1e-9)));
}
