/** The arithmetic of target tracking: how many units a policy asks for, and what its cooldowns leave of it. */
import type { Step } from "../../core/policy.ts";
import type { EpochSeconds } from "../../core/time.ts";

/** From which capacity a scale-out inside the cooldown is reckoned: the one before the last scale-out, or the current one. */
export type CooldownBase = "before" | "current";

/**
 * Units at which the metric would be at its target, rounded up: adding 1.5 adds 2, removing 1.5 removes 1. In floating
 * point exactly in this order.
 */
export function proportionalCapacity(capacity: number, metric: number, target: number): number {
  return Math.ceil((capacity * metric) / target);
}

/**
 * Units after a scale-out inside the cooldown of the last one, never fewer than the current ones. What the last one added
 * (`current` − `before`) counts toward the new one, so only the difference is added. AWS's example: 2 were added to 10;
 * an alarm that then asks for 3 more adds 1.
 * AWS does not say which capacity the proportion is taken of. `current`: all units asked for. `before`: those at which
 * the last scale-out began, as EC2 does while units warm up; a metric from before it completed was measured on those.
 */
export function scaleOutWhileCooling(
  before: number,
  current: number,
  metric: number,
  target: number,
  base: CooldownBase,
): number {
  // A scale-in may have taken back more than was added.
  const start = Math.min(before, current);
  const capacity = base === "before" ? start : current;
  const increase = proportionalCapacity(capacity, metric, target) - capacity;
  return current + Math.max(0, increase - (current - start));
}

/** A scale-in cut to a step: a share of the capacity is rounded against removal, and is at least one unit. */
export function limitedScaleIn(capacity: number, wanted: number, step: Step | null): number {
  if (step === null) return wanted;
  const most = "units" in step ? step.units : Math.max(1, Math.floor(step.share * capacity + 1e-9));
  return Math.max(wanted, capacity - most);
}

/** Whether a change still runs or completed less than its cooldown ago. */
export function isCooling(
  activity: { readonly completedAt: EpochSeconds | null } | null,
  cooldownSeconds: number,
  now: EpochSeconds,
): boolean {
  if (activity === null) return false;
  return activity.completedAt === null || now < activity.completedAt + cooldownSeconds;
}
