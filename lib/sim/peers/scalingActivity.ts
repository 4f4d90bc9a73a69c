/** What Application Auto Scaling remembers of its changes, for the cooldowns that begin once a change has completed. */
import { type EpochSeconds, MINUTE_SECONDS } from "../../core/time.ts";
import type { PeerObservation } from "./peer.ts";

/** One change of capacity that was asked for. */
export interface Activity {
  readonly from: number;
  readonly to: number;
  /** Null while it runs; its cooldown starts here. */
  readonly completedAt: EpochSeconds | null;
}

/** The last scale-out and the last scale-in, as far as they still matter. */
export interface Activities {
  readonly scaleOut: Activity | null;
  readonly scaleIn: Activity | null;
}

export const NO_ACTIVITY: Activities = { scaleOut: null, scaleIn: null };

/**
 * What became of the change that was running. It has failed when the platform shows another count (it was not taken, or
 * was rolled back), and a failed one has no cooldown; it has completed when all units are ready.
 */
export function settle(
  { scaleOut, scaleIn }: Activities,
  { desired, ready, changedAt }: PeerObservation,
  now: EpochSeconds,
): Activities {
  // Where a change outlasts its lock, it completed since the last step, when its last unit came.
  const completedAt = changedAt !== null && now - changedAt < MINUTE_SECONDS ? changedAt : now;
  const settleOne = (activity: Activity | null): Activity | null => {
    if (activity === null || activity.completedAt !== null) return activity;
    if (desired !== activity.to) return null;
    return ready < desired ? activity : { ...activity, completedAt };
  };
  return { scaleOut: settleOne(scaleOut), scaleIn: settleOne(scaleIn) };
}

/** A scale-out ends the cooldown of a scale-in; a scale-in leaves that of a scale-out running. */
export function withActivity({ scaleOut }: Activities, from: number, to: number): Activities {
  const activity: Activity = { from, to, completedAt: null };
  return to > from ? { scaleOut: activity, scaleIn: null } : { scaleOut, scaleIn: activity };
}
