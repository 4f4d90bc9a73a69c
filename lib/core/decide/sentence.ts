/** One sentence that an operator can read at night. */
import type { Bound, Hold, Need } from "../decision.ts";
import type { Context } from "./context.ts";

interface Parts {
  readonly needs: readonly Need[];
  readonly holds: readonly Hold[];
  readonly bounds: readonly Bound[];
  readonly wanted: number;
  readonly units: number;
}

/**
 * What is done and what decided it: the last bound that bit with what it kept from happening, else the strongest hold,
 * else the largest need. For example: `Scale out 4 → 7: demand 1 580 (forecast for the next 12 min, 95 % sure) ÷ 240
 * per unit`.
 */
export function sentenceOf(context: Context, parts: Parts): string {
  const { locked } = context.situation.capacity;
  const lock = parts.units === context.current ? "while locked" : "once unlocked";
  const wait = locked === null ? "" : ` ${lock} (${locked.why})`;
  return `${sayChange(context, parts.units)}${wait}: ${whyOf(context.current, parts)}${sayGated(context)}`;
}

function sayGated({ situation: { forecast }, memory: { gate } }: Context): string {
  return forecast.kind === "missing" && gate?.state === "bad" ? `; forecast: ${forecast.why}` : "";
}

/** In floor mode it is the platform's minimum that moves. */
function sayChange({ policy, current }: Context, units: number): string {
  const floor = policy.mode === "floor";
  if (units === current) return floor ? `Keep the floor at ${current}` : `Keep ${current}`;
  const verb = units > current ? ["Scale out", "Raise the floor"] : ["Scale in", "Lower the floor"];
  return `${floor ? verb[1] : verb[0]} ${current} → ${units}`;
}

function whyOf(current: number, { needs, holds, bounds, wanted, units }: Parts): string {
  const bound = bounds.at(-1);
  if (bound !== undefined) {
    const without = { needs, holds, bounds: bounds.slice(0, -1), wanted, units: bound.from };
    return `${bound.reason}; otherwise ${bound.from}: ${whyOf(current, without)}`;
  }
  const hold = holds.find((each) => each.units === units);
  if (hold !== undefined) return `${hold.by}, ${hold.reason}; otherwise ${wanted}`;
  const acting = wanted > current;
  const winner = needs.find((need) => (acting ? need.whenActing : need.units) === wanted);
  return winner === undefined ? "nothing asks for a change" : winner.reason;
}
