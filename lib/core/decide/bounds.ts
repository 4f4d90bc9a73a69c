/** Limits, applied last and in this order: cooldown, steps, pin, minimum, maximum, pause. Each one that bites is recorded. */
import type { Bound, Need } from "../decision.ts";
import { stepUnits } from "../policy.ts";
import { sayDuration } from "../time.ts";
import type { Context } from "./context.ts";
import { sayUnits } from "./say.ts";

type Limit = (context: Context, units: number, planned: number) => Omit<Bound, "from"> | null;

/** The order is the policy: later limits overrule earlier ones. */
const LIMITS: readonly Limit[] = [
  // Reacting again and again in a short time is limited; what was planned (minimum, promotions) is not reacting.
  outCooldown,
  stepOut,
  stepIn,
  // A person's number stands above all advice, inside the limits of the target.
  pin,
  minimum,
  maximum,
  // A person's stop stands above everything: nothing is touched.
  pause,
];

/** Applies every limit to `wanted`; `planned` is the largest need that is not a reaction. */
export function boundsOf(
  context: Context,
  wanted: number,
  planned: number,
): { readonly units: number; readonly bounds: readonly Bound[] } {
  const bounds: Bound[] = [];
  let units = wanted;
  for (const limit of LIMITS) {
    const bound = limit(context, units, planned);
    if (bound === null || bound.to === units) continue;
    bounds.push({ ...bound, from: units });
    units = bound.to;
  }
  return { units, bounds };
}

/** The largest need that people planned: minimum and promotions, not demand or rules. */
export function plannedUnits(needs: readonly Need[]): number {
  return Math.max(
    0,
    ...needs.filter(({ by }) => by === "promotion" || by === "minimum").map(({ units }) => units),
  );
}

function outCooldown({ policy, situation, memory, current }: Context, units: number, planned: number) {
  const { cooldownSeconds } = policy.scaleOut;
  if (units <= current || memory.lastOutAt === null) return null;
  const rest = memory.lastOutAt + cooldownSeconds - situation.now;
  if (rest <= 0) return null;
  return {
    by: "scale-out cooldown" as const,
    to: Math.min(units, Math.max(current, planned)),
    reason: `the last scale-out was ${sayDuration(cooldownSeconds - rest)} ago, the policy waits ${sayDuration(cooldownSeconds)}`,
  };
}

function stepOut({ policy, current }: Context, units: number, planned: number) {
  const { maxStep } = policy.scaleOut;
  if (maxStep === null || units <= current) return null;
  const step = stepUnits(maxStep, Math.max(1, current));
  return {
    by: "step out" as const,
    to: Math.min(units, Math.max(current + step, planned)),
    reason: `at most ${sayUnits(step)} more at a time`,
  };
}

function stepIn({ policy, current }: Context, units: number) {
  const { maxStep } = policy.scaleIn;
  if (maxStep === null || units >= current) return null;
  const step = stepUnits(maxStep, current);
  return {
    by: "step in" as const,
    to: Math.max(units, current - step),
    reason: `at most ${sayUnits(step)} fewer at a time`,
  };
}

function pin({ overrides }: Context, _units: number) {
  const pinned = overrides.find((each) => each.kind === "pin" && each.units !== undefined);
  return pinned === undefined
    ? null
    : {
        by: "pin" as const,
        to: pinned.units as number,
        reason: `pinned to ${sayUnits(pinned.units as number)} (${pinned.reason})`,
      };
}

function minimum({ policy }: Context, units: number) {
  const { min } = policy.capacity;
  return { by: "minimum" as const, to: Math.max(units, min), reason: `the minimum is ${min}` };
}

function maximum({ policy }: Context, units: number) {
  const { max } = policy.capacity;
  return { by: "maximum" as const, to: Math.min(units, max), reason: `the maximum is ${max}` };
}

function pause({ overrides, current }: Context, _units: number) {
  const paused = overrides.find((each) => each.kind === "pause");
  return paused === undefined
    ? null
    : { by: "pause" as const, to: current, reason: `paused (${paused.reason})` };
}
