/** Carries out a decision in the target's mode, after looking again. */
import type { CapacityState, Outcome } from "../core/capacity.ts";
import type { Decision } from "../core/decision.ts";
import { messageOf } from "./observe.ts";
import type { World } from "./world.ts";

/**
 * Asks the platform for what was decided. Shadow asks for nothing, floor moves the minimum only, full sets the units.
 * The target is described again first: if it moved since the decision, nothing is asked and the next wake-up decides anew.
 * A call that fails leaves the outcome `unknown`; the next wake-up sees what came of it.
 */
export async function apply(
  world: World,
  decision: Decision,
  decidedOn: CapacityState,
  token: string,
): Promise<Outcome> {
  if (!changes(decision, decidedOn)) return { kind: "none", why: "nothing to change" };
  if (decision.mode === "shadow") return { kind: "none", why: "shadow mode records only" };
  if (decidedOn.locked !== null) return { kind: "deferred", why: decidedOn.locked.why };
  try {
    const seen = await world.capacity.describe(decision.target);
    const moved = whatMoved(decidedOn, seen);
    if (moved !== null) return { kind: "deferred", why: moved };
    return decision.mode === "floor"
      ? await world.capacity.setMinimum(decision.target, decision.desired, token)
      : await world.capacity.setUnits(decision.target, decision.desired, token);
  } catch (error) {
    return { kind: "unknown", why: messageOf(error) };
  }
}

/** In floor mode the platform's own minimum is what a decision moves; its autoscaler may stand above it. */
export function changes(decision: Decision, capacity: CapacityState): boolean {
  if (decision.bounds.some((bound) => bound.by === "pause")) return false;
  if (decision.overrides.some((each) => each.kind === "pause")) return false;
  const now = decision.mode === "floor" ? capacity.minimum : capacity.desired;
  return decision.desired !== now;
}

function whatMoved(before: CapacityState, after: CapacityState): string | null {
  if (after.locked !== null) return after.locked.why;
  if (after.desired !== before.desired) {
    return `desired units moved from ${before.desired} to ${after.desired} meanwhile`;
  }
  return after.minimum === before.minimum ? null : "the platform's minimum moved meanwhile";
}
