/** The advisers: each says how many units it asks for and why. The largest wins. */
import type { Need } from "../decision.ts";
import { leadTimeQuantile, longestLeadTime } from "../leadTime/leadTimes.ts";
import { locksUntilReady, stepUnits, type TargetPolicy } from "../policy.ts";
import { quantileOf } from "../promise/promise.ts";
import { countsWithin, type Promotion } from "../promotion.ts";
import { isoOf, sayDuration } from "../time.ts";
import { sayOrigin, whyUnsized } from "../unitLoad/inUse.ts";
import { type Context, PROMOTION_LEAD_TIME_LEVEL, REVIEW_SECONDS, unitsFor, unitsOver } from "./context.ts";
import { type Demand, forecastOver } from "./demand.ts";
import { multipliedLoad, sayExpectation } from "./expectation.ts";
import { sayMargin } from "./margin.ts";
import { type RuleState, sayRule } from "./rules.ts";
import { sayNumber, sayPercent } from "./say.ts";

/** The order is only that of the record. */
export function needsOf(context: Context): readonly Need[] {
  return [
    nextRequestNeed(context),
    demandNeed(context),
    ...ruleNeeds(context),
    ...promotionNeeds(context),
    asIsNeed(context),
    minimumNeed(context),
  ].filter((need) => need !== null);
}

/** While the target is idle: whether the first unit is started ahead of the next request, and why none is kept. */
function nextRequestNeed({ idling }: Context): Need | null {
  if (idling === null || idling.verdict === "keep") return null;
  const units = idling.verdict === "start" ? 1 : 0;
  return { by: "next request", units, whenActing: units, reason: idling.reason };
}

/** Units for the demand in the protection interval; when acting, for the longer one that a lock makes. */
function demandNeed(context: Context): Need | null {
  const now = unitsOver(context, context.protectSeconds);
  const acting = unitsOver(context, context.protectWhenActingSeconds);
  const { policy, idling } = context;
  if (now === null || acting === null || policy.load === null) return null;
  const demands = acting.units > now.units ? [now, acting] : [now];
  const said = demands.map((each) => sayDemand(each, policy)).join(", then ");
  // The last unit of an idle target is not a matter of how much comes, but of when.
  const counted = (units: number): number => (idling !== null && units <= 1 ? 0 : units);
  return {
    by: "demand",
    units: counted(now.units),
    whenActing: counted(Math.max(now.units, acting.units)),
    reason: `demand ${said}${sayMargin(policy, context.memory, context.margin)} ÷ ${sayNumber(policy.load.perUnit)} per unit${sayOrigin(context.situation, policy)}`,
  };
}

function sayDemand({ load, from, headroom, horizonSeconds }: Demand, policy: TargetPolicy): string {
  if (from === "readings")
    return `${sayNumber(load)} (peak of the last minutes + ${Math.round(100 * headroom)} %)`;
  const known = policy.demand.forecast === "on" ? "forecast" : "by the last hour,";
  return `${sayNumber(load)} (${known} for the next ${sayDuration(horizonSeconds)}, ${sayPercent(quantileOf(policy))} sure)`;
}

/** `out` rules that hold. Their size is counted from ready units, so that waiting for a start does not ask again. */
function ruleNeeds({ rules, situation }: Context): readonly Need[] {
  const { ready } = situation.capacity;
  const base = Math.max(1, ready);
  return rules
    .filter(({ rule, breaching }) => rule.scale === "out" && breaching)
    .map((state) => {
      const units = (state.rule.fromNone ? 0 : base) + Math.max(1, increase(state, base));
      return { by: "rule" as const, units, whenActing: units, reason: sayRule(state) };
    });
}

/** Nothing is in proportion to a threshold of zero: there it is one more, or one less. */
function increase({ rule, value }: RuleState, base: number): number {
  if (rule.by !== "proportional") return stepUnits(rule.by, base);
  if (rule.threshold === 0) return 1;
  return unitsFor(base * (value ?? rule.threshold), rule.threshold) - base;
}

/**
 * Promotions that have begun or must be asked for now. At each moment only the highest priority counts; among equals
 * the largest wins like any need. One whose time to ask is near joins in when something is asked for anyway.
 */
function promotionNeeds(context: Context): readonly Need[] {
  const { policy, situation, leadTimes } = context;
  const { now, promotions, capacity } = situation;
  const level = PROMOTION_LEAD_TIME_LEVEL;
  const longest = longestLeadTime(leadTimes, level);
  const lock = (lead: number): number => (locksUntilReady(policy.kind) ? lead : 0);
  return promotions
    .filter((each) => countsWithin(each, promotions, now, now + longest + REVIEW_SECONDS + lock(longest)))
    .flatMap((each) => {
      const units = unitsOfPromotion(context, each);
      const lead = leadTimeQuantile(leadTimes, { level, units: Math.max(1, units - capacity.ready) });
      const askBy = now + lead + REVIEW_SECONDS;
      if (!countsWithin(each, promotions, now, askBy + lock(lead))) return [];
      const due = countsWithin(each, promotions, now, askBy);
      return {
        by: "promotion" as const,
        units: due ? units : 0,
        whenActing: units,
        reason: `promotion ${each.name} (${isoOf(each.start)} to ${isoOf(each.end)}) expects ${sayExpectation(each.expect)}`,
      };
    });
}

/**
 * Units that a promotion expects in what is left of it, as far ahead as a change made now must last. A multiple needs
 * the usual load: without a forecast that is the recent peak before the start, and afterwards nobody knows it, so what
 * was asked is kept.
 */
export function unitsOfPromotion(context: Context, { start, end, expect }: Promotion): number {
  const { policy, situation, outlook, protectWhenActingSeconds } = context;
  if ("units" in expect) return expect.units;
  if (policy.load === null) return context.current;
  if ("load" in expect) return unitsFor(expect.load, policy.load.perUnit);
  const from = Math.max(start, situation.now);
  if (outlook.forecast !== null) {
    const seconds = Math.min(end - from, protectWhenActingSeconds);
    const { forecast, seen } = outlook;
    const usualAt = (quantile: number): number =>
      forecastOver(forecast, seen, { from, to: from + seconds }, quantile);
    const usual = { middle: usualAt(0.5), atLevel: usualAt(quantileOf(policy)) };
    return unitsFor(multipliedLoad(expect, usual, quantileOf(policy)), policy.load.perUnit);
  }
  if (outlook.recentPeak === null || start <= situation.now) return context.current;
  const atLevel = outlook.recentPeak * (1 + policy.demand.reactiveHeadroom);
  const usual = { middle: outlook.recentPeak, atLevel };
  return unitsFor(multipliedLoad(expect, usual, quantileOf(policy)), policy.load.perUnit);
}

/** Without a load to judge by, capacity stays as it is until a rule says otherwise. */
function asIsNeed(context: Context): Need | null {
  const { policy, rules, current } = context;
  const inRules = rules.filter((state) => state.rule.scale === "in");
  const permitted = policy.load === null && inRules.length > 0 && inRules.every((state) => state.breaching);
  if (permitted) {
    const units = Math.max(0, ...inRules.map((state) => lowered(state, current)));
    const reason = inRules.map(sayRule).join(" and ");
    return { by: "rule", units, whenActing: units, reason };
  }
  const demandKnown =
    policy.load !== null && (context.outlook.forecast !== null || context.outlook.recentPeak !== null);
  if (demandKnown) return null;
  const unsized = whyUnsized(context.situation, policy);
  const none = unsized === null ? "no rule asks for a change" : `no rule asks for a change, and ${unsized}`;
  const why = policy.load === null ? none : "neither load nor forecast is known";
  return { by: "as is", units: current, whenActing: current, reason: why };
}

function lowered({ rule, value }: RuleState, current: number): number {
  if (rule.by !== "proportional") return current - stepUnits(rule.by, current);
  if (rule.threshold === 0) return current - 1;
  return Math.min(current - 1, unitsFor(current * (value ?? rule.threshold), rule.threshold));
}

function minimumNeed({ policy }: Context): Need {
  const { min } = policy.capacity;
  return { by: "minimum", units: min, whenActing: min, reason: `the minimum is ${min}` };
}
