/** What AWS offers: target tracking on both of SageMaker's metrics, step scaling, and EC2's predictive scaling. */
import type { Settings } from "../../../core/scoreResult.ts";
import { predictiveScaling } from "../../peers/predictiveScaling.ts";
import { stepScaling } from "../../peers/stepScaling.ts";
import { targetTracking } from "../../peers/targetTracking.ts";
import { targetTrackingFine } from "../../peers/targetTrackingFine.ts";
import type { TargetTrackingOptions } from "../../peers/targetTrackingOptions.ts";
import { type Candidate, type Given, numberOf } from "../candidate.ts";
import { concurrencyAt } from "../capacityModel.ts";
import { rival } from "../rival.ts";

/** AWS publishes neither how much a scale-in takes nor where its low alarm stands: both are tried, and named. */
const TRACKING_SETTINGS = {
  scaleInStepShare: [null, 0.1, 0.25],
  scaleInCooldownSeconds: [300, 60, 600, 1200],
  scaleOutCooldownSeconds: [300, 0, 60],
  alarmLowShare: [0.9, 0.8, 0.7],
} as const;

const TRACKING_ABOUT =
  "re-implemented from AWS's documentation; AWS publishes neither the lengths of its alarms (as observed: 3 and 15 periods), nor the low alarm's threshold (90 % of the target unless tuned), nor how much it scales in (in proportion unless tuned).";

export const AWS: readonly Candidate[] = [
  rival({
    name: "target-tracking",
    label: "AWS target tracking",
    kind: "reactive",
    about: `Application Auto Scaling target tracking on InvocationsPerInstance (one minute), ${TRACKING_ABOUT}`,
    settings: TRACKING_SETTINGS,
    shippedKnob: 0.5,
    make: tracking,
  }),
  rival({
    name: "target-tracking-10s",
    label: "AWS target tracking, 10 s metric",
    kind: "reactive",
    about: `Application Auto Scaling target tracking on concurrent requests per unit (ten seconds; 3 and 90 periods assumed), ${TRACKING_ABOUT}`,
    settings: TRACKING_SETTINGS,
    shippedKnob: 0.5,
    make: (given, knob, settings) =>
      targetTrackingFine({
        ...trackingOptions(given, knob, settings),
        unitConcurrency: concurrencyAt(given, 1),
      }),
  }),
  rival({
    name: "step-scaling",
    label: "AWS step scaling",
    kind: "reactive",
    about:
      "Application Auto Scaling step scaling on InvocationsPerInstance. AWS leaves alarms and steps to its users: out by so many percent above the target, twice as many from half more; in by so many below 70 % of it.",
    settings: {
      outPercent: [20, 40, 80],
      inPercent: [10, 20, 40],
      cooldownSeconds: [300, 60, 600],
      alarmMinutes: [3, 1, 2],
    },
    shippedKnob: 0.5,
    make: stepping,
  }),
  rival({
    name: "predictive-scaling",
    label: "EC2-style predictive + target tracking",
    kind: "predictive",
    about:
      "EC2's predictive scaling (hourly, never in) over target tracking. AWS does not offer it for SageMaker endpoints. Its forecast model is unpublished: the mean of the same hour of the week in the last 14 days stands in for it, or of the same hour of the day.",
    settings: { ...TRACKING_SETTINGS, schedulingBufferSeconds: [300, 600, 1200] },
    shippedKnob: 0.5,
    make: (given, knob, settings) =>
      predictiveScaling({
        dynamic: tracking(given, knob, settings),
        perUnitAtTarget: given.perUnit * knob,
        min: given.min,
        max: given.max,
        schedulingBufferSeconds: numberOf(settings, "schedulingBufferSeconds"),
      }),
  }),
];

function tracking(given: Given, knob: number, settings: Settings) {
  return targetTracking({ ...trackingOptions(given, knob, settings), unitLoad: given.perUnit });
}

function trackingOptions(
  { min, max }: Given,
  knob: number,
  settings: Settings,
): Omit<TargetTrackingOptions, "unitLoad"> {
  const share = settings["scaleInStepShare"];
  return {
    min,
    max,
    safetyFactor: knob,
    scaleInStep: typeof share === "number" ? { share } : null,
    scaleInCooldownSeconds: numberOf(settings, "scaleInCooldownSeconds"),
    scaleOutCooldownSeconds: numberOf(settings, "scaleOutCooldownSeconds"),
    alarmLowShare: numberOf(settings, "alarmLowShare"),
  };
}

function stepping({ perUnit, min, max }: Given, knob: number, settings: Settings) {
  const threshold = perUnit * knob;
  const minutes = numberOf(settings, "alarmMinutes");
  const cooldownSeconds = numberOf(settings, "cooldownSeconds");
  const out = numberOf(settings, "outPercent");
  const percent = "PercentChangeInCapacity" as const;
  const outSteps = [
    { lower: 0, upper: threshold / 2, change: out },
    { lower: threshold / 2, upper: null, change: 2 * out },
  ];
  const inSteps = [{ lower: null, upper: 0, change: -numberOf(settings, "inPercent") }];
  return stepScaling({
    min,
    max,
    out: {
      threshold,
      alarm: { minutes, ofMinutes: minutes },
      adjustment: { type: percent, steps: outSteps },
      cooldownSeconds,
    },
    in: {
      threshold: 0.7 * threshold,
      alarm: { minutes: 15, ofMinutes: 15 },
      adjustment: { type: percent, steps: inSteps },
      cooldownSeconds,
    },
  });
}
