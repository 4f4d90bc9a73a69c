/** The advisers: each says how many units it asks for and why. The largest wins. */
import type { Need } from "../decision.ts";
import { leadTimeQuantile } from "../leadTime.ts";
import { locksUntilReady, stepUnits } from "../policy.ts";
import type { Promotion } from "../promotion.ts";
import { isoOf, sayDuration } from "../time.ts";
import { type Context, REVIEW_SECONDS, unitsFor, unitsOver } from "./context.ts";
import { forecastOver } from "./demand.ts";
import { type RuleState, sayNumber, sayRule } from "./rules.ts";

/** A promotion must be ready, not requested: it is planned at a level of lead time that few starts exceed. */
const PROMOTION_LEAD_TIME_LEVEL = 0.95;

/** The order is only that of the record. */
export function needsOf(context: Context): readonly Need[] {
  return [
    demandNeed(context),
    ...ruleNeeds(context),
    ...promotionNeeds(context),
    asIsNeed(context),
    minimumNeed(context),
  ].filter((need) => need !== null);
}

/** Units for the demand in the protection interval; when acting, for the longer one that a lock makes. */
function demandNeed(context: Context): Need | null {
  const now = unitsOver(context, context.protectSeconds);
  const acting = unitsOver(context, context.protectWhenActingSeconds);
  const { policy } = context;
  if (now === null || acting === null || policy.load === null) return null;
  const source =
    now.from === "forecast"
      ? `${sayPercent(policy.demand.quantile)} of the forecast over the next ${sayDuration(now.horizonSeconds)}`
      : "the last minutes with headroom";
  return {
    by: "demand",
    units: now.units,
    whenActing: Math.max(now.units, acting.units),
    reason: `demand ${sayNumber(now.load)} (${source}) ÷ ${sayNumber(policy.load.perUnit)} per unit`,
  };
}

/** `out` rules that hold. Their size is counted from ready units, so that waiting for a start does not ask again. */
function ruleNeeds({ rules, situation }: Context): readonly Need[] {
  const base = Math.max(1, situation.capacity.ready);
  return rules
    .filter((state) => state.rule.scale === "out" && state.breaching)
    .map((state) => {
      const units = base + Math.max(1, increase(state, base));
      return { by: "rule" as const, units, whenActing: units, reason: sayRule(state) };
    });
}

function increase({ rule, value }: RuleState, base: number): number {
  if (rule.by !== "proportional") return stepUnits(rule.by, base);
  const ratio = (value ?? rule.threshold) / rule.threshold;
  return Math.ceil(base * ratio - 1e-9) - base;
}

/**
 * Promotions that have begun or must be asked for now. Of those that overlap, only the highest priority counts; among
 * equals the largest wins like any need. One whose time to ask is near joins in when something is asked for anyway.
 */
function promotionNeeds(context: Context): readonly Need[] {
  const { policy, situation, memory } = context;
  const lead = leadTimeQuantile(policy.leadTime, memory.leadTimesSeconds, PROMOTION_LEAD_TIME_LEVEL);
  const askAhead = lead + REVIEW_SECONDS;
  const joinAhead = askAhead + (locksUntilReady(policy.kind) ? lead : 0);
  const near = situation.promotions.filter(
    ({ start, end }) => situation.now < end && start - joinAhead <= situation.now,
  );
  return near
    .filter((each) => !near.some((other) => other.priority > each.priority && overlaps(other, each)))
    .map((each) => {
      const units = unitsOfPromotion(context, each);
      const due = each.start - askAhead <= situation.now;
      return {
        by: "promotion" as const,
        units: due ? units : 0,
        whenActing: units,
        reason: `promotion ${each.name} ${isoOf(each.start)} to ${isoOf(each.end)} expects ${sayExpectation(each)}`,
      };
    });
}

const overlaps = (a: Promotion, b: Promotion): boolean => a.start < b.end && b.start < a.end;

/**
 * Units that a promotion expects in what is left of it, as far ahead as a change made now must last. A multiple needs
 * the usual load: without a forecast that is the recent peak before the start, and afterwards nobody knows it, so what
 * was asked is kept.
 */
export function unitsOfPromotion(context: Context, { start, end, expect }: Promotion): number {
  const { policy, situation, outlook, protectWhenActingSeconds } = context;
  if ("units" in expect) return expect.units;
  if (policy.load === null) return situation.capacity.desired;
  if ("load" in expect) return unitsFor(expect.load, policy.load.perUnit);
  const from = Math.max(start, situation.now);
  if (outlook.forecast !== null) {
    const seconds = Math.min(end - from, protectWhenActingSeconds);
    const usual = forecastOver(outlook.forecast, outlook.level, from, seconds, policy.demand.quantile);
    return unitsFor(usual * expect.multiplier, policy.load.perUnit);
  }
  if (outlook.recentPeak === null || start <= situation.now) return situation.capacity.desired;
  const usual = outlook.recentPeak * (1 + policy.demand.reactiveHeadroom);
  return unitsFor(usual * expect.multiplier, policy.load.perUnit);
}

/** Without a load to judge by, capacity stays as it is until a rule says otherwise. */
function asIsNeed(context: Context): Need | null {
  const { policy, situation, rules } = context;
  const { desired } = situation.capacity;
  const inRules = rules.filter((state) => state.rule.scale === "in");
  const permitted = policy.load === null && inRules.length > 0 && inRules.every((state) => state.breaching);
  if (permitted) {
    const units = Math.max(0, ...inRules.map((state) => lowered(state, desired)));
    const reason = inRules.map(sayRule).join(" and ");
    return { by: "rule", units, whenActing: units, reason };
  }
  const demandKnown =
    policy.load !== null && (context.outlook.forecast !== null || context.outlook.recentPeak !== null);
  if (demandKnown) return null;
  const why = policy.load === null ? "no rule asks for a change" : "neither load nor forecast is known";
  return { by: "as is", units: desired, whenActing: desired, reason: why };
}

function lowered({ rule, value }: RuleState, desired: number): number {
  if (rule.by !== "proportional") return desired - stepUnits(rule.by, desired);
  return Math.min(desired - 1, Math.ceil((desired * (value ?? rule.threshold)) / rule.threshold - 1e-9));
}

function minimumNeed({ policy }: Context): Need {
  const { min } = policy.capacity;
  return { by: "minimum", units: min, whenActing: min, reason: `minimum ${min}` };
}

const sayPercent = (share: number): string => `${Number((share * 100).toPrecision(4))} %`;

function sayExpectation({ expect }: Promotion): string {
  if ("units" in expect) return `${expect.units} units`;
  return "load" in expect ? `a load of ${sayNumber(expect.load)}` : `×${expect.multiplier} of the usual load`;
}
