/**
 * What Knative does with a decision: bounds, the initial scale and the way to zero, re-implemented from knative/serving
 * pkg/reconciler/autoscaling/kpa/{scaler,kpa}.go.
 */
import type { EpochSeconds } from "../../../core/time.ts";

export interface ScalerSpec {
  readonly min: number;
  /** 0 is none. */
  readonly max: number;
  readonly initialScale: number;
  readonly reachable: boolean;
  readonly enableScaleToZero: boolean;
  readonly stableWindowSeconds: number;
  readonly graceSeconds: number;
  readonly retentionSeconds: number;
  readonly progressDeadlineSeconds: number;
}

/** config-autoscaler and config-deployment. */
export const SCALER_DEFAULTS: ScalerSpec = {
  min: 0,
  max: 0,
  initialScale: 1,
  reachable: true,
  enableScaleToZero: true,
  stableWindowSeconds: 60,
  graceSeconds: 30,
  retentionSeconds: 0,
  progressDeadlineSeconds: 600,
};

export interface RevisionStatus {
  readonly phase: "activating" | "active" | "inactive";
  /** Since when it is in this phase. */
  readonly since: EpochSeconds;
  /** Whether the initial scale was reached once. */
  readonly initialScaleReached: boolean;
  /** Whether the activator is confirmed in the path of requests, and since when. */
  readonly activatorInPath: boolean;
  readonly activatorSince: EpochSeconds;
}

export type ScalerAnswer =
  | { readonly kind: "apply"; readonly replicas: number }
  /** Nothing is written: not known, or not yet. */
  | { readonly kind: "wait"; readonly why: string }
  /** Nothing is written; the revision is marked inactive, which puts the activator into the path. */
  | { readonly kind: "mark inactive" };

/** On top of the progress deadline, so that the deployment says first why it failed. */
const ACTIVATION_BUFFER_SECONDS = 30;

/** `desired` below 0 is unknown. */
export function applyScale(
  desired: number,
  spec: ScalerSpec,
  status: RevisionStatus,
  now: EpochSeconds,
): ScalerAnswer {
  if (desired < 0 && status.phase !== "activating") return { kind: "wait", why: "the decision is not known" };
  const replicas = bounded(desired, spec, status);
  return replicas > 0 ? { kind: "apply", replicas } : toZero(spec, status, now);
}

function bounded(desired: number, spec: ScalerSpec, { initialScaleReached }: RevisionStatus): number {
  const { min, max, initialScale, reachable } = spec;
  const least = reachable ? min : 0;
  const lowest = initialScale > 1 && !initialScaleReached ? Math.max(least, initialScale) : least;
  const raised = Math.max(desired, lowest);
  return max > 0 ? Math.min(raised, max) : raised;
}

function toZero(spec: ScalerSpec, status: RevisionStatus, now: EpochSeconds): ScalerAnswer {
  if (!spec.enableScaleToZero) return { kind: "apply", replicas: 1 };
  const { phase, since } = status;
  const age = now - since;
  if (phase === "activating") {
    const deadline = spec.progressDeadlineSeconds + ACTIVATION_BUFFER_SECONDS;
    return age >= deadline
      ? { kind: "apply", replicas: 0 }
      : { kind: "wait", why: "the revision is still activating" };
  }
  if (phase === "active") {
    return age < spec.stableWindowSeconds ? { kind: "apply", replicas: 1 } : { kind: "mark inactive" };
  }
  return whenInactive(spec, status, age, now);
}

/** The last pod goes only once requests have another way: through the activator. */
function whenInactive(
  { graceSeconds, retentionSeconds }: ScalerSpec,
  { activatorInPath, activatorSince }: RevisionStatus,
  inactiveSeconds: number,
  now: EpochSeconds,
): ScalerAnswer {
  if (!activatorInPath) return { kind: "wait", why: "the activator is not in the path yet" };
  if (inactiveSeconds >= Math.max(graceSeconds, retentionSeconds)) return { kind: "apply", replicas: 0 };
  if (retentionSeconds > 0 && inactiveSeconds < retentionSeconds) {
    return { kind: "wait", why: "the last pod is retained" };
  }
  return now - activatorSince >= graceSeconds
    ? { kind: "apply", replicas: 0 }
    : { kind: "wait", why: "the grace period is not over" };
}

/** Whether requests go through the activator. */
export const isActivatorInPath = (excessBurstCapacity: number, desired: number): boolean =>
  excessBurstCapacity < 0 || desired === 0;

const LEAST_ACTIVATORS = 2;
const ACTIVATOR_CAPACITY = 100;

/** How many activators serve a revision: the least where they are never in its path. */
export function activatorCount(readyPods: number, totalValue: number, targetBurstCapacity: number): number {
  if (targetBurstCapacity === 0) return LEAST_ACTIVATORS;
  const covered = readyPods * totalValue + Math.max(0, targetBurstCapacity);
  return Math.max(LEAST_ACTIVATORS, Math.ceil(covered / ACTIVATOR_CAPACITY));
}
