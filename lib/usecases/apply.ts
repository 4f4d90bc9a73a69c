/** Carries out a decision in the target's mode, after looking again. */
import type { CapacityState, Outcome } from "../core/capacity.ts";
import type { Decision } from "../core/decision.ts";
import { messageOf } from "./messageOf.ts";
import type { World } from "./world.ts";

/** The outcome of a decision that asks the platform for nothing; null when there is something to ask. */
export function idleOutcome(decision: Decision, capacity: CapacityState): Outcome | null {
  const paused = decision.overrides.some((each) => each.kind === "pause");
  if (paused) return { kind: "none", why: "paused" };
  // In floor mode the platform's own minimum is what a decision moves; its autoscaler may stand above it.
  const now = decision.mode === "floor" ? capacity.minimum : capacity.desired;
  if (decision.desired === now) return { kind: "none", why: "nothing to change" };
  if (decision.mode === "shadow") return { kind: "none", why: "shadow mode records only" };
  return capacity.locked === null ? null : { kind: "deferred", why: capacity.locked.why };
}

/**
 * Asks the platform for what was decided: floor moves the minimum only, full sets the units. The target is described
 * again first: if it moved since the decision, nothing is asked and the next wake-up decides anew. A call that fails
 * leaves the outcome `unknown`; the next wake-up sees what came of it.
 */
export async function apply(
  world: World,
  decision: Decision,
  decidedOn: CapacityState,
  token: string,
): Promise<Outcome> {
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

function whatMoved(before: CapacityState, after: CapacityState): string | null {
  if (after.locked !== null) return after.locked.why;
  if (after.desired !== before.desired) {
    return `desired units moved from ${before.desired} to ${after.desired} meanwhile`;
  }
  return after.minimum === before.minimum ? null : "the platform's minimum moved meanwhile";
}
