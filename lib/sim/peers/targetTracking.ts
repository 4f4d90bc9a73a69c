/**
 * AWS target tracking, re-implemented from the Application Auto Scaling User Guide, "Target tracking scaling policies":
 * what most SageMaker endpoints run today, and so the rival that matters.
 */
import { sayNumber } from "../../core/decide/say.ts";
import { type EpochSeconds, MINUTE_SECONDS } from "../../core/time.ts";
import { alarmState } from "./metricAlarm.ts";
import type { Peer, PeerAnswer, PeerObservation } from "./peer.ts";
import {
  aboutOf,
  labelOf,
  nameOf,
  settingsOf,
  type TargetTrackingOptions,
  type TargetTrackingSettings,
} from "./targetTrackingOptions.ts";
import {
  isCooling,
  limitedScaleIn,
  proportionalCapacity,
  scaleOutWhileCooling,
} from "./targetTrackingRules.ts";

/** One change of capacity that was asked for. */
export interface Activity {
  readonly from: number;
  readonly to: number;
  /** Null while it runs; its cooldown starts here. */
  readonly completedAt: EpochSeconds | null;
}

/** The last scale-out and the last scale-in, as far as they still matter. The alarms follow from the metric alone. */
export interface TargetTrackingState {
  readonly scaleOut: Activity | null;
  readonly scaleIn: Activity | null;
}

type Answer = PeerAnswer<TargetTrackingState>;

interface Evaluation {
  readonly settings: TargetTrackingSettings;
  readonly state: TargetTrackingState;
  readonly desired: number;
  /** Of the newest minute. */
  readonly metric: number;
  readonly now: EpochSeconds;
}

/** One policy, evaluated each minute while an alarm is on. Throws a RangeError as `settingsOf` does. */
export function targetTracking(options: TargetTrackingOptions): Peer<TargetTrackingState> {
  const settings = settingsOf(options);
  return {
    name: nameOf(settings),
    label: labelOf(settings),
    about: aboutOf(settings),
    periodSeconds: MINUTE_SECONDS,
    initial: { scaleOut: null, scaleIn: null },
    step: (before, observation, now) => {
      const { desired, locked, perUnitPerMinute } = observation;
      if (locked) return keep(before, desired, "the endpoint is locked");
      const state = settle(before, observation, now);
      const inBounds = clamp(desired, settings);
      if (inBounds !== desired) return change(state, desired, inBounds, "it was outside the bounds");
      const metric = perUnitPerMinute.at(-1) ?? null;
      if (metric === null) return keep(state, desired, "the newest minute has no data");
      return evaluate({ settings, state, desired, metric, now }, perUnitPerMinute);
    },
  };
}

function evaluate(evaluation: Evaluation, values: readonly (number | null)[]): Answer {
  const { settings, state, desired } = evaluation;
  const { target, alarmHigh, alarmLow, alarmLowShare } = settings;
  const high = alarmState(values, target, "above", alarmHigh);
  if (high === "ALARM") return scaleOut(evaluation);
  const low = alarmState(values, alarmLowShare * target, "below", alarmLow);
  if (low === "ALARM") return scaleIn(evaluation);
  const unsure = high === "INSUFFICIENT_DATA" || low === "INSUFFICIENT_DATA";
  return keep(state, desired, unsure ? "not enough data for an alarm" : "no alarm");
}

function scaleOut({ settings, state, desired, metric, now }: Evaluation): Answer {
  const { target, scaleOutCooldownSeconds, cooldownBase } = settings;
  const last = state.scaleOut;
  const cooling = last !== null && isCooling(last, scaleOutCooldownSeconds, now);
  const wanted = cooling
    ? scaleOutWhileCooling(last.from, desired, metric, target, cooldownBase)
    : proportionalCapacity(desired, metric, target);
  if (wanted <= desired) {
    return keep(
      state,
      desired,
      cooling ? "scale-out is cooling down" : "the newest minute is not over the target",
    );
  }
  const to = clamp(wanted, settings);
  if (to === desired) return keep(state, desired, "this is the maximum");
  return change(state, desired, to, say(metric, "over", target));
}

function scaleIn({ settings, state, desired, metric, now }: Evaluation): Answer {
  const { target, scaleInDisabled, scaleInCooldownSeconds, scaleInStep } = settings;
  if (scaleInDisabled) return keep(state, desired, "scale-in is disabled");
  if (isCooling(state.scaleIn, scaleInCooldownSeconds, now)) {
    return keep(state, desired, "scale-in is cooling down");
  }
  const wanted = limitedScaleIn(desired, proportionalCapacity(desired, metric, target), scaleInStep);
  const to = clamp(wanted, settings);
  if (to >= desired) return keep(state, desired, "there is no whole unit to give back");
  return change(state, desired, to, say(metric, "under", target));
}

/**
 * What became of the change that was running. It has failed when the platform shows another count (it was not taken, or
 * was rolled back), and a failed one has no cooldown; it has completed when all units are ready.
 */
function settle(
  { scaleOut, scaleIn }: TargetTrackingState,
  { desired, ready, changedAt }: PeerObservation,
  now: EpochSeconds,
): TargetTrackingState {
  // Where a change outlasts its lock, it completed since the last step, when its last unit came.
  const completedAt = changedAt !== null && now - changedAt < MINUTE_SECONDS ? changedAt : now;
  const settleOne = (activity: Activity | null): Activity | null => {
    if (activity === null || activity.completedAt !== null) return activity;
    if (desired !== activity.to) return null;
    return ready < desired ? activity : { ...activity, completedAt };
  };
  return { scaleOut: settleOne(scaleOut), scaleIn: settleOne(scaleIn) };
}

function keep(state: TargetTrackingState, desired: number, why: string): Answer {
  return { desired, state, reason: `Keep ${desired}: ${why}` };
}

/** A scale-out ends the cooldown of a scale-in; a scale-in leaves that of a scale-out running. */
function change(state: TargetTrackingState, from: number, to: number, why: string): Answer {
  const activity: Activity = { from, to, completedAt: null };
  const out = to > from;
  return {
    desired: to,
    state: out ? { scaleOut: activity, scaleIn: null } : { scaleOut: state.scaleOut, scaleIn: activity },
    reason: `Scale ${out ? "out" : "in"} ${from} → ${to}: ${why}`,
  };
}

function clamp(units: number, { min, max }: TargetTrackingSettings): number {
  return Math.min(max, Math.max(min, units));
}

function say(metric: number, side: "over" | "under", target: number): string {
  return `${sayNumber(metric)} a minute per unit is ${side} the target of ${sayNumber(target)}`;
}
