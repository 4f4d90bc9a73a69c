/**
 * AWS target tracking, re-implemented from the Application Auto Scaling User Guide, "Target tracking scaling policies":
 * what most SageMaker endpoints run today, and so the rival that matters.
 */
import { sayNumber } from "../../core/decide/say.ts";
import { type EpochSeconds, MINUTE_SECONDS } from "../../core/time.ts";
import { alarmState } from "./metricAlarm.ts";
import type { Peer, PeerAnswer } from "./peer.ts";
import { type Activities, NO_ACTIVITY, settle, withActivity } from "./scalingActivity.ts";
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

/** The alarms follow from the metric alone. */
export type TargetTrackingState = Activities;

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
    initial: NO_ACTIVITY,
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

function keep(state: TargetTrackingState, desired: number, why: string): Answer {
  return { desired, state, reason: `Keep ${desired}: ${why}` };
}

function change(state: TargetTrackingState, from: number, to: number, why: string): Answer {
  return {
    desired: to,
    state: withActivity(state, from, to),
    reason: `Scale ${to > from ? "out" : "in"} ${from} → ${to}: ${why}`,
  };
}

function clamp(units: number, { min, max }: TargetTrackingSettings): number {
  return Math.min(max, Math.max(min, units));
}

function say(metric: number, side: "over" | "under", target: number): string {
  return `${sayNumber(metric)} a minute per unit is ${side} the target of ${sayNumber(target)}`;
}
