/** What can be chosen of target tracking, with AWS's defaults, and a name here for every parameter that AWS does not publish. */
import { sayNumber, sayPercent, sayUnits } from "../../core/decide/say.ts";
import type { Step } from "../../core/policy.ts";
import type { AlarmShape } from "./metricAlarm.ts";
import type { CooldownBase } from "./targetTrackingRules.ts";

/** Documented for SageMaker: the target is the load test's highest rate × this. */
export const SAFETY_FACTOR = 0.5;
/** Documented default of SageMaker and ECS, for both directions. */
export const COOLDOWN_SECONDS = 300;
/** Unpublished; read off the alarms that AWS creates. */
export const ALARM_HIGH: AlarmShape = { minutes: 3, ofMinutes: 3 };
export const ALARM_LOW: AlarmShape = { minutes: 15, ofMinutes: 15 };
/** Unpublished; the guide says "usually more than 10% lower than the target". */
export const ALARM_LOW_SHARE = 0.9;
/** Unpublished: the guide only calls scale-in gradual. Null takes the proportional amount at once. */
export const SCALE_IN_STEP: Step | null = null;
/** Unpublished; see `scaleOutWhileCooling`. `current` would answer a metric from before the last scale-out twice. */
export const COOLDOWN_BASE: CooldownBase = "before";

export interface TargetTrackingOptions {
  /** Load that one unit carries inside the objective, in requests per minute. */
  readonly unitLoad: number;
  readonly min: number;
  readonly max: number;
  /** The target is this share of the unit load. */
  readonly safetyFactor?: number;
  readonly scaleOutCooldownSeconds?: number;
  readonly scaleInCooldownSeconds?: number;
  readonly scaleInDisabled?: boolean;
  readonly alarmHigh?: AlarmShape;
  readonly alarmLow?: AlarmShape;
  /** The low alarm's threshold as a share of the target. */
  readonly alarmLowShare?: number;
  /** The most that one scale-in gives back. */
  readonly scaleInStep?: Step | null;
  readonly cooldownBase?: CooldownBase;
}

export interface TargetTrackingSettings extends Required<TargetTrackingOptions> {
  /** Requests per minute and unit. */
  readonly target: number;
}

/** Fills in the defaults. Throws a RangeError when the target is not above 0 or the bounds are the wrong way round. */
export function settingsOf(options: TargetTrackingOptions): TargetTrackingSettings {
  const { unitLoad, min, max, safetyFactor = SAFETY_FACTOR } = options;
  const target = unitLoad * safetyFactor;
  if (!(target > 0)) {
    throw new RangeError(
      `target tracking: unit load × safety factor must be above 0, got ${unitLoad} × ${safetyFactor}`,
    );
  }
  if (!(min <= max)) {
    throw new RangeError(`target tracking: min must not be above max, got min ${min} and max ${max}`);
  }
  return {
    safetyFactor,
    scaleOutCooldownSeconds: COOLDOWN_SECONDS,
    scaleInCooldownSeconds: COOLDOWN_SECONDS,
    scaleInDisabled: false,
    alarmHigh: ALARM_HIGH,
    alarmLow: ALARM_LOW,
    alarmLowShare: ALARM_LOW_SHARE,
    scaleInStep: SCALE_IN_STEP,
    cooldownBase: COOLDOWN_BASE,
    ...options,
    target,
  };
}

/** `target-tracking` with AWS's defaults; with another safety factor or a limited scale-in step also what differs. */
export function nameOf({ safetyFactor, scaleInStep }: TargetTrackingSettings): string {
  const factor = safetyFactor === SAFETY_FACTOR ? [] : [sayPercent(safetyFactor).replace(" %", "")];
  return ["target-tracking", ...factor, ...(scaleInStep === null ? [] : ["gradual"])].join("-");
}

export function labelOf({ safetyFactor, scaleInStep }: TargetTrackingSettings): string {
  return `Target tracking at ${sayPercent(safetyFactor)}${scaleInStep === null ? "" : ", gradual scale-in"}`;
}

/** What the reader of a comparison must know of this rival. */
export function aboutOf(settings: TargetTrackingSettings): string {
  const { target, unitLoad, safetyFactor, alarmHigh, alarmLow, alarmLowShare, scaleInStep } = settings;
  const sayAlarm = ({ minutes, ofMinutes }: AlarmShape): string => `${minutes} of ${ofMinutes} minutes`;
  const scalesIn = settings.scaleInDisabled
    ? "never in"
    : `in after ${sayAlarm(alarmLow)} below ${sayPercent(alarmLowShare)} of it`;
  return [
    "AWS Application Auto Scaling target tracking on InvocationsPerInstance, re-implemented from AWS's documentation:",
    `target ${sayNumber(target)} requests a minute per unit (unit load ${sayNumber(unitLoad)} × safety factor ${safetyFactor}),`,
    `out after ${sayAlarm(alarmHigh)} above it, ${scalesIn};`,
    `cooldowns ${settings.scaleOutCooldownSeconds} s out, ${settings.scaleInCooldownSeconds} s in.`,
    "AWS does not publish the lengths of its alarms (here as observed), how much it scales in",
    `(here in proportion${scaleInStep === null ? "" : `, at most ${sayStep(scaleInStep)} at a time`}),`,
    "or the capacity from which it reckons a scale-out inside a cooldown",
    `(here ${settings.cooldownBase === "current" ? "all units asked for" : "that before the last scale-out"}).`,
  ].join(" ");
}

function sayStep(step: Step): string {
  return "units" in step ? sayUnits(step.units) : sayPercent(step.share);
}
