/** The decision: a pure function of the policy, what was observed, and what was remembered. */
import type { Bound, Decision, Hold, Need, Situation } from "../decision.ts";
import type { Memory } from "../memory.ts";
import { countsReadyUnits, type TargetPolicy } from "../policy.ts";
import { sizedPolicy } from "../unitLoad/inUse.ts";
import { boundsOf, plannedUnits } from "./bounds.ts";
import { type Context, contextOf } from "./context.ts";
import { holdsOf } from "./holds.ts";
import { needsOf } from "./needs.ts";
import { noticesOf } from "./notices.ts";
import { sentenceOf } from "./sentence.ts";
import { soundSituation } from "./sound.ts";
import { stabilizationSecondsOf, withRecommendation } from "./stabilization.ts";
import { watch } from "./watch.ts";

/**
 * Decides how many units the target should have. Needs ask, the largest wins; holds keep a scale-in from going below
 * them; bounds limit the rest. The same arguments give the same answer, so a record can be decided again.
 */
export function decide(written: TargetPolicy, observed: Situation, before: Memory): Decision {
  const situation = soundSituation(observed);
  const policy = sizedPolicy(written, situation);
  const seen = watch(before, situation.capacity, situation.now);
  const watched = countsReadyUnits(policy.kind) ? seen : { ...seen, starts: before.starts };
  const context = contextOf(policy, situation, watched);
  const needs = needsOf(context);
  const wanted = wantedUnits(needs, context.current);
  const recommended = remember(context, wanted);
  const holds = holdsOf({ ...context, memory: recommended }, needs, wanted);
  const held = Math.max(wanted, ...holds.map((hold) => hold.units));
  const { units, bounds } = boundsOf(context, held, plannedUnits(needs));
  return conclude(context, recommended, { needs, holds, bounds, wanted, units });
}

/** Below what is needed now, ask for what will be needed by the time a further change could take effect. */
function wantedUnits(needs: readonly Need[], current: number): number {
  const now = Math.max(...needs.map((need) => need.units));
  return now > current ? Math.max(...needs.map((need) => need.whenActing)) : now;
}

/** For the longest window: the forecast may be lost. */
function remember({ memory, policy, situation }: Context, wanted: number): Memory {
  const recommendations = withRecommendation(
    memory.recommendations,
    wanted,
    situation.now,
    stabilizationSecondsOf(policy.scaleIn, false),
  );
  return { ...memory, recommendations };
}

interface Parts {
  readonly needs: readonly Need[];
  readonly holds: readonly Hold[];
  readonly bounds: readonly Bound[];
  readonly wanted: number;
  readonly units: number;
}

function conclude(context: Context, memory: Memory, parts: Parts): Decision {
  const { policy, situation, overrides } = context;
  const standing = noticesOf(context, parts.bounds);
  return {
    target: policy.id,
    at: situation.now,
    mode: policy.mode,
    from: context.current,
    desired: parts.units,
    needs: parts.needs,
    holds: parts.holds,
    bounds: parts.bounds,
    overrides,
    notices: standing.filter((notice) => !memory.noticed.includes(notice.kind)),
    reason: sentenceOf(context, parts),
    memory: { ...memory, noticed: standing.map((notice) => notice.kind) },
  };
}
