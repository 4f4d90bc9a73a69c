/**
 * AWS step scaling, re-implemented from the Application Auto Scaling User Guide, "Step scaling policies": two alarms on
 * requests per unit, and a table that says by how much to answer a breach.
 */
import { type EpochSeconds, MINUTE_SECONDS } from "../../core/time.ts";
import { type AlarmShape, alarmState } from "./metricAlarm.ts";
import type { Peer, PeerAnswer, PeerObservation } from "./peer.ts";
import { type Activities, NO_ACTIVITY, settle, withActivity } from "./scalingActivity.ts";
import { type Adjustment, adjusted, checkSteps, stepFor } from "./stepAdjustment.ts";
import { isCooling } from "./targetTrackingRules.ts";

export interface StepPolicy {
  /** In requests per minute and unit. */
  readonly threshold: number;
  readonly alarm: AlarmShape;
  readonly adjustment: Adjustment;
  readonly cooldownSeconds: number;
}

export interface StepScalingOptions {
  readonly min: number;
  readonly max: number;
  readonly out: StepPolicy;
  readonly in: StepPolicy;
}

/** What the last scale-out added counts toward the next while it cools down; scale-in waits after a scale-in. */
export type StepScalingState = Activities;

/** Throws a RangeError when steps overlap or bounds are the wrong way round. */
export function stepScaling(options: StepScalingOptions): Peer<StepScalingState> {
  const { min, max, out, in: inward } = options;
  if (!(min <= max)) throw new RangeError(`step scaling: min must not be above max, got ${min} and ${max}`);
  checkSteps(out.adjustment.steps);
  checkSteps(inward.adjustment.steps);
  return {
    name: "step-scaling",
    label: "AWS step scaling",
    about: `Step scaling of Application Auto Scaling: out above ${out.threshold}, in below ${inward.threshold} requests a minute and unit. AWS leaves the choice of steps to its users; these are ours.`,
    periodSeconds: MINUTE_SECONDS,
    initial: NO_ACTIVITY,
    step: (before, observation, now) => {
      const { desired, locked, perUnitPerMinute } = observation;
      if (locked) return keep(before, desired, "the endpoint is locked");
      const state = settle(before, observation, now);
      const metric = perUnitPerMinute.at(-1) ?? null;
      if (metric === null) return keep(state, desired, "the newest minute has no data");
      if (alarmState(perUnitPerMinute, out.threshold, "above", out.alarm) === "ALARM") {
        return scaleOut(options, state, observation, metric, now);
      }
      if (alarmState(perUnitPerMinute, inward.threshold, "below", inward.alarm) === "ALARM") {
        return scaleIn(options, state, desired, metric, now);
      }
      return keep(state, desired, "no alarm");
    },
  };
}

type Answer = PeerAnswer<StepScalingState>;

/** While the last scale-out cools down, what it added counts: only a larger answer to the breach adds, the difference. */
function scaleOut(
  { max, out }: StepScalingOptions,
  state: StepScalingState,
  { desired }: PeerObservation,
  metric: number,
  now: EpochSeconds,
): Answer {
  const last = state.scaleOut;
  const cooling = last !== null && isCooling(last, out.cooldownSeconds, now);
  // A scale-in may have taken back more than was added.
  const from = cooling ? Math.min(last.from, desired) : desired;
  const step = stepFor(out.adjustment, metric - out.threshold);
  if (step === null) return keep(state, desired, "no step covers the breach");
  const to = Math.min(max, adjusted(out.adjustment, step, from));
  if (to <= desired)
    return keep(state, desired, cooling ? "scale-out is cooling down" : "the step adds nothing");
  return {
    desired: to,
    state: withActivity(state, from, to),
    reason: `Scale out ${desired} → ${to}: ${Math.round(metric)} a minute per unit`,
  };
}

function scaleIn(
  { min, in: inward }: StepScalingOptions,
  state: StepScalingState,
  desired: number,
  metric: number,
  now: EpochSeconds,
): Answer {
  if (isCooling(state.scaleIn, inward.cooldownSeconds, now))
    return keep(state, desired, "scale-in is cooling down");
  const step = stepFor(inward.adjustment, metric - inward.threshold);
  if (step === null) return keep(state, desired, "no step covers the breach");
  const to = Math.max(min, adjusted(inward.adjustment, step, desired));
  if (to >= desired) return keep(state, desired, "the step takes nothing away");
  return {
    desired: to,
    state: withActivity(state, desired, to),
    reason: `Scale in ${desired} → ${to}: ${Math.round(metric)} a minute per unit`,
  };
}

function keep(state: StepScalingState, desired: number, why: string): Answer {
  return { desired, state, reason: `Keep ${desired}: ${why}` };
}
