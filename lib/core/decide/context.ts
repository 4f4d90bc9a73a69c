/** Everything that needs, holds and bounds look at, worked out once for a decision. */
import type { Situation } from "../decision.ts";
import { leadTimeQuantile } from "../leadTime.ts";
import type { Memory } from "../memory.ts";
import { locksUntilReady, type TargetPolicy } from "../policy.ts";
import { type Override, overridesInForce } from "../promotion.ts";
import { type Demand, demandOver, type Outlook, outlookOf } from "./demand.ts";
import { type RuleState, ruleStates } from "./rules.ts";

/** Lead times are planned at this level: one start in ten may take longer, and the demand quantile covers some of those. */
const LEAD_TIME_LEVEL = 0.9;

/** Until the next wake-up, and for it to read what happened since this one. */
export const REVIEW_SECONDS = 60;

/** Wider than any protection interval can become; bounds how much of the forecast is read. */
export const FURTHEST_HORIZON_SECONDS = 3 * 3_600;

export interface Context {
  readonly policy: TargetPolicy;
  readonly situation: Situation;
  /** After looking at the capacity. */
  readonly memory: Memory;
  readonly outlook: Outlook;
  readonly rules: readonly RuleState[];
  readonly overrides: readonly Override[];
  readonly leadTimeSeconds: number;
  /** A decision that changes nothing must cover this: the lead time and the time until the next decision. */
  readonly protectSeconds: number;
  /** One that changes something must also cover the lock that the change brings. */
  readonly protectWhenActingSeconds: number;
}

export function contextOf(policy: TargetPolicy, situation: Situation, memory: Memory): Context {
  const leadTimeSeconds = leadTimeQuantile(policy.leadTime, memory.leadTimesSeconds, LEAD_TIME_LEVEL);
  const protectSeconds = leadTimeSeconds + REVIEW_SECONDS;
  const lockSeconds = locksUntilReady(policy.kind) ? leadTimeSeconds : 0;
  return {
    policy,
    situation,
    memory,
    outlook: outlookOf(policy, situation),
    rules: ruleStates(policy, situation, memory.readySince),
    overrides: overridesInForce(situation.overrides, situation.now),
    leadTimeSeconds,
    protectSeconds,
    protectWhenActingSeconds: protectSeconds + lockSeconds,
  };
}

/** Demand over a horizon and the units that carry it; null when the policy states no load or nothing is known of it. */
export function unitsOver(
  { policy, situation, outlook }: Context,
  horizonSeconds: number,
  level?: number,
): (Demand & { readonly units: number }) | null {
  if (policy.load === null) return null;
  const demand = demandOver(
    policy,
    outlook,
    situation.now,
    Math.min(horizonSeconds, FURTHEST_HORIZON_SECONDS),
    level,
  );
  return demand === null ? null : { ...demand, units: unitsFor(demand.load, policy.load.perUnit) };
}

/** Units that carry a load; the small allowance keeps 3.0000000001 from asking for a fourth. */
export function unitsFor(load: number, perUnit: number): number {
  return Math.ceil(load / perUnit - 1e-9);
}
