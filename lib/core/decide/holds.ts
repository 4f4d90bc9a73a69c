/**
 * Reasons not to scale in. Each says below which number of units the target should not fall now; the largest wins, and
 * none of them ever asks for more than there is.
 */
import type { Hold, Need } from "../decision.ts";
import { countsWithin, isOn } from "../promotion.ts";
import { readingAt, type Series } from "../reading.ts";
import { HOUR_SECONDS, isoOf, MINUTE_SECONDS, sayDuration } from "../time.ts";
import { type Context, REVIEW_SECONDS, unitsOver } from "./context.ts";
import { RECENT_MINUTES } from "./demand.ts";
import { unitsOfPromotion } from "./needs.ts";
import { sayRule } from "./rules.ts";
import { sayUnits } from "./say.ts";
import { sayRecommendation, stabilizationSecondsOf } from "./stabilization.ts";

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
  // Idling until the next request costs less than a cold start when it comes.
  nextRequest,
];

/** What these keep of an idle target's last unit is decided by when the next request comes. */
const OF_LEVEL: ReadonlySet<Hold["by"]> = new Set(["stabilization", "lock risk", "return cost"]);

/** A scale-in of less than this share of the units is not worth locking an endpoint for (HPA's tolerance is twice that). */
const SMALL_CHANGE_SHARE = 0.05;

/** The holds that keep more than the needs ask for. */
export function holdsOf(context: Context, needs: readonly Need[], wanted: number): readonly Hold[] {
  const { current } = context;
  if (wanted >= current) return [];
  const holds = HOLDS.map((adviser) => adviser(context, needs))
    .filter((hold) => hold !== null)
    .map((hold) => ({ ...hold, units: Math.min(hold.units, current) }))
    .filter(
      (hold) => hold.units > wanted && !(context.idling !== null && hold.units <= 1 && OF_LEVEL.has(hold.by)),
    );
  const small = smallChange(context, Math.max(wanted, ...holds.map((hold) => hold.units)));
  return small === null ? holds : [...holds, small];
}

/** What the other holds leave may be too little to bother: one of sixty units comes and goes with the noise. */
function smallChange({ current, policy }: Context, kept: number): Hold | null {
  const released = current - kept;
  const smallest = Math.ceil(SMALL_CHANGE_SHARE * current - 1e-9);
  if (policy.load === null || released === 0 || released >= smallest) return null;
  return {
    by: "small change",
    units: current,
    reason: `only ${released} of ${sayUnits(current)} could go, and less than ${smallest} waits for more`,
  };
}

const all = (context: Context): number => context.current;

function missingData(context: Context): Hold | null {
  const { policy, situation, rules } = context;
  const hold = (reason: string): Hold => ({ by: "missing data", units: all(context), reason });
  const [unread] = situation.unread ?? [];
  if (unread !== undefined) return hold(unread);
  const gap = policy.load === null ? null : gapOf(context, situation.load);
  if (gap !== null) return hold(`load ${policy.load?.metric} ${gap}`);
  const blind = rules.find((state) => state.blind !== null);
  return blind === undefined ? null : hold(`${blind.rule.metric} ${blind.rule.statistic}: ${blind.blind}`);
}

/** What is not known of the load over the longest stabilization window, as far as the hour that is read, and the last minutes. */
function gapOf({ policy, situation }: Context, load: Series | null): string | null {
  if (load === null) return "was not read";
  const age = situation.now - load.end;
  if (age > policy.staleAfterSeconds) return `is ${sayDuration(age)} old`;
  const windowSeconds = Math.min(stabilizationSecondsOf(policy.scaleIn, false), HOUR_SECONDS);
  const minutes = Math.max(RECENT_MINUTES, Math.ceil(windowSeconds / MINUTE_SECONDS));
  for (let minutesAgo = 0; minutesAgo < minutes; minutesAgo++) {
    if (readingAt(load, minutesAgo).kind === "known") continue;
    const why = load.why === undefined ? "" : ` (${load.why})`;
    return `is unknown for the minute to ${isoOf(load.end - minutesAgo * MINUTE_SECONDS)}${why}`;
  }
  return null;
}

function errorGuard(context: Context): Hold | null {
  const state = context.rules.find((each) => each.rule.scale === "freeze" && each.breaching);
  return state === undefined ? null : { by: "error guard", units: all(context), reason: sayRule(state) };
}

function frozen(context: Context): Hold | null {
  const override = context.overrides.find((each) => each.kind === "freeze-scale-in");
  return override === undefined
    ? null
    : { by: "freeze", units: all(context), reason: `scale-in is frozen (${override.reason})` };
}

function notPermitted(context: Context): Hold | null {
  const state = context.rules.find((each) => each.rule.scale === "in" && !each.breaching);
  return state === undefined
    ? null
    : { by: "rule", units: all(context), reason: `${sayRule(state)}, ${state.rule.minutes} are required` };
}

function stabilization({ policy, outlook, memory, situation }: Context): Hold | null {
  const { now, promotions } = situation;
  // A forecast says nothing of a promotion's load, nor of whether it comes back.
  const isForecast = outlook.forecast !== null && !promotions.some((each) => isOn(each, now));
  const windowSeconds = stabilizationSecondsOf(policy.scaleIn, isForecast);
  const largest = memory.recommendations.find(({ at }) => now - at < windowSeconds);
  return largest === undefined
    ? null
    : { by: "stabilization", units: largest.units, reason: sayRecommendation(largest, windowSeconds) };
}

function cooldown(context: Context): Hold | null {
  const { policy, situation, memory } = context;
  if (memory.lastInAt === null) return null;
  const until = memory.lastInAt + policy.scaleIn.cooldownSeconds;
  return situation.now >= until
    ? null
    : {
        by: "cooldown",
        units: all(context),
        reason: `the last scale-in was at ${isoOf(memory.lastInAt)}, the policy waits ${sayDuration(policy.scaleIn.cooldownSeconds)}`,
      };
}

/** From two lead times before the latest moment to ask, until it is asked: releasing first would pay the start twice. */
function promotionInSight(context: Context): Hold | null {
  const { policy, situation } = context;
  const { now, promotions } = situation;
  const sight = 2 * context.protectWhenActingSeconds + policy.scaleIn.paybackSeconds;
  const [largest] = promotions
    .filter((each) => countsWithin(each, promotions, now, now + sight))
    .map((each) => ({ each, units: unitsOfPromotion(context, each) }))
    .sort((a, b) => b.units - a.units);
  return largest === undefined
    ? null
    : {
        by: "promotion in sight",
        units: largest.units,
        reason: `${largest.each.name} from ${isoOf(largest.each.start)} wants ${sayUnits(largest.units)}`,
      };
}

/** A scale-in locks the endpoint, so what is left must last until the change after it could take effect. */
function lockRisk(context: Context, needs: readonly Need[]): Hold | null {
  if (context.protectWhenActingSeconds === context.protectSeconds) return null;
  const need = needs.reduce((most, each) => (each.whenActing > most.whenActing ? each : most));
  return {
    by: "lock risk",
    units: need.whenActing,
    reason: `${sayUnits(need.whenActing)} come to be needed (${need.by}) while a scale-in would lock the endpoint`,
  };
}

/**
 * What a decision made one payback from now would ask for: a unit released before it would be started again, and paid
 * for while it starts. At the policy's own quantile, since that is what the later decision will use.
 */
function returnCost(context: Context): Hold | null {
  const { policy, outlook } = context;
  if (outlook.forecast === null) return null;
  const horizon = context.protectWhenActingSeconds + REVIEW_SECONDS + policy.scaleIn.paybackSeconds;
  const back = unitsOver(context, horizon);
  return back === null || back.from === "readings"
    ? null
    : {
        by: "return cost",
        units: back.units,
        reason: `the forecast wants ${sayUnits(back.units)} within ${sayDuration(back.horizonSeconds)}`,
      };
}

function nextRequest({ idling }: Context): Hold | null {
  return idling?.verdict === "keep" ? { by: "idle", units: 1, reason: idling.reason } : null;
}
