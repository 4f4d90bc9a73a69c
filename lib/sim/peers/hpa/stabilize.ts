/**
 * What the Kubernetes HPA makes of a proposal when its user gave no behavior block, re-implemented from
 * kubernetes/kubernetes pkg/controller/podautoscaler/horizontal.go: one window for scale-down, and doubling at most.
 */
import type { EpochSeconds } from "../../../core/time.ts";
import { logged, type Recommendation } from "./recommendations.ts";

/** Flag --horizontal-pod-autoscaler-downscale-stabilization. */
export const DOWNSCALE_STABILIZATION_SECONDS = 300;

/** A scale-up doubles at most, and may always reach this. */
const SCALE_UP_FACTOR = 2;
const SCALE_UP_LEAST = 4;

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export interface Normalized {
  readonly replicas: number;
  /** Holds the proposal itself, not what was made of it. */
  readonly log: readonly Recommendation[];
}

export function stabilize(
  current: number,
  proposed: number,
  log: readonly Recommendation[],
  { min, max }: Bounds,
  now: EpochSeconds,
  windowSeconds: number = DOWNSCALE_STABILIZATION_SECONDS,
): Normalized {
  let wanted = proposed;
  for (const { replicas, at } of log) {
    if (now - at <= windowSeconds) wanted = Math.max(wanted, replicas);
  }
  const most = Math.min(max, Math.max(SCALE_UP_FACTOR * current, SCALE_UP_LEAST));
  return {
    replicas: Math.max(min, Math.min(most, wanted)),
    log: logged(log, proposed, now, windowSeconds),
  };
}
