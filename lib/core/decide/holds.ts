/**
 * Reasons not to scale in. Each says below which number of units the target should not fall now; the largest wins, and
 * none of them ever asks for more than there is.
 */
import type { Hold, Need } from "../decision.ts";
import { readingAt, type Series } from "../reading.ts";
import { isoOf, MINUTE_SECONDS, sayDuration } from "../time.ts";
import { type Context, REVIEW_SECONDS, unitsOver } from "./context.ts";
import { sayNumber, sayRule } from "./rules.ts";
import { sayRecommendation } from "./stabilization.ts";

type Adviser = (context: Context, needs: readonly Need[]) => Hold | null;

/** Every reason not to scale in, most serious first; the order is that of the record. */
const HOLDS: readonly Adviser[] = [
  // What is not known never lowers capacity.
  missingData,
  // Errors from a bad deploy look like idleness: nothing is released while they last.
  errorGuard,
  // A person said so.
  frozen,
  // Every `in` rule must permit it.
  notPermitted,
  // A scale-in is undone by the next noisy minute: the largest recommendation of the window counts.
  stabilization,
  // One scale-in at a time.
  cooldown,
  // What a promotion will want soon is not released first.
  promotionInSight,
  // While the endpoint is locked by a scale-in nothing can be asked of it.
  lockRisk,
  // A unit that is wanted back before its restart has paid off is cheaper to keep.
  returnCost,
];

/** The holds that keep more than the needs ask for. */
export function holdsOf(context: Context, needs: readonly Need[], wanted: number): readonly Hold[] {
  const { desired } = context.situation.capacity;
  if (wanted >= desired) return [];
  return HOLDS.map((adviser) => adviser(context, needs))
    .filter((hold) => hold !== null)
    .map((hold) => ({ ...hold, units: Math.min(hold.units, desired) }))
    .filter((hold) => hold.units > wanted);
}

const all = (context: Context): number => context.situation.capacity.desired;

function missingData(context: Context): Hold | null {
  const { policy, situation, rules } = context;
  const hold = (reason: string): Hold => ({ by: "missing data", units: all(context), reason });
  if (situation.load !== null) {
    const minutes = Math.ceil(policy.scaleIn.stabilizationSeconds / MINUTE_SECONDS);
    const gap = firstGap(situation.load, Math.max(1, minutes));
    if (gap !== null) return hold(`load ${situation.load.metric}: ${gap}`);
    const age = situation.now - situation.load.end;
    if (age > policy.staleAfterSeconds)
      return hold(`load ${situation.load.metric} is ${sayDuration(age)} old`);
  }
  const blind = rules.find((state) => state.blind !== null);
  return blind === undefined ? null : hold(`${blind.rule.metric} ${blind.rule.statistic}: ${blind.blind}`);
}

function firstGap(series: Series, minutes: number): string | null {
  for (let minutesAgo = 0; minutesAgo < Math.min(minutes, series.values.length); minutesAgo++) {
    const reading = readingAt(series, minutesAgo);
    if (reading.kind === "missing") return `${reading.why} (${minutesAgo + 1} min ago)`;
  }
  return series.values.length === 0 ? "no values" : null;
}

function errorGuard(context: Context): Hold | null {
  const state = context.rules.find((each) => each.rule.scale === "freeze" && each.breaching);
  return state === undefined ? null : { by: "error guard", units: all(context), reason: sayRule(state) };
}

function frozen(context: Context): Hold | null {
  const override = context.overrides.find((each) => each.kind === "freeze-scale-in");
  return override === undefined ? null : { by: "freeze", units: all(context), reason: override.reason };
}

function notPermitted(context: Context): Hold | null {
  const state = context.rules.find((each) => each.rule.scale === "in" && !each.breaching);
  return state === undefined
    ? null
    : { by: "rule", units: all(context), reason: `not yet: ${sayRule(state)}, needs ${state.rule.minutes}` };
}

function stabilization(context: Context): Hold | null {
  const [largest] = context.memory.recommendations;
  return largest === undefined
    ? null
    : { by: "stabilization", units: largest.units, reason: sayRecommendation(largest, context.policy) };
}

function cooldown(context: Context): Hold | null {
  const { policy, situation, memory } = context;
  if (memory.lastInAt === null) return null;
  const until = memory.lastInAt + policy.scaleIn.cooldownSeconds;
  return situation.now >= until
    ? null
    : { by: "cooldown", units: all(context), reason: `the last scale-in was at ${isoOf(memory.lastInAt)}` };
}

/** From two lead times before the latest moment to ask, until it is asked: releasing first would pay the start twice. */
function promotionInSight(context: Context): Hold | null {
  const { situation, leadTimeSeconds, policy } = context;
  const sight = 2 * context.protectWhenActingSeconds + policy.scaleIn.paybackSeconds;
  const next = situation.promotions.find(
    ({ start }) => situation.now < start && start - sight <= situation.now,
  );
  if (next === undefined) return null;
  const ahead = sayDuration(next.start - situation.now);
  return {
    by: "promotion in sight",
    units: all(context),
    reason: `${next.name} starts in ${ahead}, a start takes ${sayDuration(leadTimeSeconds)}`,
  };
}

/** A scale-in locks the endpoint, so what is left must last until the change after it could take effect. */
function lockRisk(context: Context, needs: readonly Need[]): Hold | null {
  if (context.protectWhenActingSeconds === context.protectSeconds) return null;
  const need = needs.reduce((most, each) => (each.whenActing > most.whenActing ? each : most));
  return {
    by: "lock risk",
    units: need.whenActing,
    reason: `the endpoint would be locked while ${sayNumber(need.whenActing)} units come to be needed (${need.by})`,
  };
}

/** The middle of the forecast, not its upper quantile: this is about money, not about the objective. */
function returnCost(context: Context): Hold | null {
  const { policy, outlook } = context;
  if (outlook.forecast === null) return null;
  const horizon = context.protectWhenActingSeconds + REVIEW_SECONDS + policy.scaleIn.paybackSeconds;
  const back = unitsOver(context, horizon, 0.5);
  return back === null || back.from === "readings"
    ? null
    : {
        by: "return cost",
        units: back.units,
        reason: `the forecast wants ${back.units} back within ${sayDuration(horizon)}`,
      };
}
