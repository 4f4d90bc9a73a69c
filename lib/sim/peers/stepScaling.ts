/**
 * AWS step scaling, re-implemented from the Application Auto Scaling User Guide, "Step scaling policies": two alarms on
 * requests per unit, and a table that says by how much to answer a breach.
 */
import { type EpochSeconds, MINUTE_SECONDS } from "../../core/time.ts";
import { type AlarmShape, alarmState } from "./metricAlarm.ts";
import type { Peer, PeerAnswer, PeerObservation } from "./peer.ts";
import { type Adjustment, adjusted, checkSteps, stepFor } from "./stepAdjustment.ts";

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

export interface StepScalingState {
  /** Until when scale-in waits after the last change in. */
  readonly inUntil: EpochSeconds;
  /** The last scale-out and until when what it added counts toward the next. */
  readonly out: { readonly from: number; readonly until: EpochSeconds } | null;
}

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
    initial: { inUntil: Number.NEGATIVE_INFINITY, out: null },
    step: (state, observation, now) => {
      const { desired, locked, perUnitPerMinute } = observation;
      if (locked) return keep(state, desired, "the endpoint is locked");
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
  const cooling = state.out !== null && now < state.out.until;
  const from = cooling && state.out !== null ? state.out.from : desired;
  const step = stepFor(out.adjustment, metric - out.threshold);
  if (step === null) return keep(state, desired, "no step covers the breach");
  const to = Math.min(max, adjusted(out.adjustment, step, from));
  if (to <= desired)
    return keep(state, desired, cooling ? "scale-out is cooling down" : "the step adds nothing");
  const next = { from, until: now + out.cooldownSeconds };
  return {
    desired: to,
    state: { ...state, out: next },
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
  if (now < state.inUntil) return keep(state, desired, "scale-in is cooling down");
  const step = stepFor(inward.adjustment, metric - inward.threshold);
  if (step === null) return keep(state, desired, "no step covers the breach");
  const to = Math.max(min, adjusted(inward.adjustment, step, desired));
  if (to >= desired) return keep(state, desired, "the step takes nothing away");
  return {
    desired: to,
    state: { ...state, inUntil: now + inward.cooldownSeconds },
    reason: `Scale in ${desired} → ${to}: ${Math.round(metric)} a minute per unit`,
  };
}

function keep(state: StepScalingState, desired: number, why: string): Answer {
  return { desired, state, reason: `Keep ${desired}: ${why}` };
}
