/** One sentence that an operator can read at night. */
import type { CapacityState } from "../capacity.ts";
import type { Bound, Hold, Need } from "../decision.ts";

interface Parts {
  readonly needs: readonly Need[];
  readonly holds: readonly Hold[];
  readonly bounds: readonly Bound[];
  readonly wanted: number;
  readonly units: number;
}

/**
 * What is done and the one reason that decided it: the last bound that bit, else the strongest hold, else the largest
 * need. For example: `Scale out 4 → 7: demand 1 580 (95 % of the forecast over the next 12 min) ÷ 240 per unit`.
 */
export function sentenceOf({ desired, locked }: CapacityState, parts: Parts): string {
  const { units } = parts;
  const change =
    units > desired
      ? `Scale out ${desired} → ${units}`
      : units < desired
        ? `Scale in ${desired} → ${units}`
        : `Keep ${desired}`;
  const lock = locked === null ? "" : ` (locked: ${locked.why})`;
  return `${change}${lock}: ${whyOf(desired, parts)}`;
}

function whyOf(desired: number, { needs, holds, bounds, wanted, units }: Parts): string {
  const bound = bounds.at(-1);
  if (bound !== undefined) return `${bound.by}, ${bound.reason}; without it ${bound.from}`;
  const hold = holds.find((each) => each.units === units);
  if (hold !== undefined && units > wanted) return `${hold.by}, ${hold.reason}; needed ${wanted}`;
  const acting = wanted > desired;
  const winner = needs.find((need) => (acting ? need.whenActing : need.units) === wanted);
  return winner === undefined ? "nothing asks for a change" : winner.reason;
}
