/** How few units a target can run at: real-time variants keep one instance, all others can go to zero. */
import type { Outcome } from "../../../core/capacity.ts";
import type { TargetKind } from "../../../core/policy.ts";

/** SageMaker's user guide, "Scale an endpoint to zero instances": only asynchronous endpoints and inference components. */
export function fewestUnitsOf(kind: TargetKind): 0 | 1 {
  return kind === "sagemaker-variant" ? 1 : 0;
}

/** The refusal of a number that the kind cannot have at all, whatever state the target is in; null for any other. */
export function impossibleUnits(kind: TargetKind, units: number): Outcome | null {
  const fewest = fewestUnitsOf(kind);
  if (Number.isInteger(units) && units >= fewest) return null;
  const because = fewest === 0 ? "" : `, since a ${kind} cannot run at 0`;
  return {
    kind: "refused",
    why: `units must be a whole number of at least ${fewest}${because}; got ${units}`,
  };
}
