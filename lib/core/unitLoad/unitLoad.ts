/** The load that one unit carries inside the objective, as it was learned from what was seen, and how sure that is. */
import type { TargetKind, TargetPolicy } from "../policy.ts";
import type { Statistic } from "../reading.ts";
import type { EpochSeconds } from "../time.ts";

/** In the load's own unit, per unit of capacity. */
export interface KnownUnitLoad {
  readonly kind: "known";
  readonly perUnit: number;
  /** What it is at least and at most, by what was seen. */
  readonly lowest: number;
  readonly highest: number;
  readonly confidence: "high" | "medium" | "low";
  /** `latency`: loads beyond the objective were seen; `utilization`: none was, and the devices said how far it was off. */
  readonly from: "latency" | "utilization";
  /** The highest load per unit that was surely carried inside the objective. */
  readonly carried: number;
  /** Minutes that it was learned from. */
  readonly minutes: number;
  readonly at: EpochSeconds;
  /** What was in use before, where it was clearly another number, and when it was replaced. */
  readonly movedFrom: { readonly perUnit: number; readonly at: EpochSeconds } | null;
}

export interface UnknownUnitLoad {
  readonly kind: "unknown";
  readonly why: string;
}

export type UnitLoad = KnownUnitLoad | UnknownUnitLoad;

/** What a unit load was learned for: with another load or objective in the policy it says nothing. */
export interface UnitLoadBasis {
  readonly metric: string;
  readonly statistic: Statistic;
  readonly latencyP95Ms: number;
}

/** As it is stored: one for each target. */
export interface StoredUnitLoad {
  readonly target: string;
  readonly basis: UnitLoadBasis;
  readonly learned: UnitLoad;
}

/** Kinds whose platform publishes requests per unit and their latency, which is what can be learned from. */
export const LEARNING_KINDS: readonly TargetKind[] = ["sagemaker-variant", "sagemaker-inference-component"];

/** What a target's unit load is learned for; null where nothing can be learned. */
export function basisOf({ kind, load, objective }: TargetPolicy): UnitLoadBasis | null {
  if (load === null || objective.latencyP95Ms === null || !LEARNING_KINDS.includes(kind)) return null;
  return { metric: load.metric, statistic: load.statistic, latencyP95Ms: objective.latencyP95Ms };
}

/** The stored unit load as it may be used for this basis. */
export function usable(stored: StoredUnitLoad | null, basis: UnitLoadBasis): UnitLoad {
  if (stored === null) return unknown("nothing was learned yet; the next refresh of the forecast tries");
  const { metric, statistic, latencyP95Ms } = stored.basis;
  const fits =
    metric === basis.metric && statistic === basis.statistic && latencyP95Ms === basis.latencyP95Ms;
  return fits ? stored.learned : unknown("the policy's load or objective has changed since it was learned");
}

/** With low confidence the lowest that it may be: a number that is too high is a missed objective. */
export function plannedPerUnit({ confidence, perUnit, lowest }: KnownUnitLoad): number {
  return confidence === "low" ? lowest : perUnit;
}

export const unknown = (why: string): UnknownUnitLoad => ({ kind: "unknown", why });
