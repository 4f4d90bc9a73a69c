/** What people run on Kubernetes: the HPA alone, under KEDA, with predictions beside it, and Knative's own. */
import type { Settings } from "../../../core/scoreResult.ts";
import { MINUTE_SECONDS } from "../../../core/time.ts";
import { crane } from "../../peers/crane.ts";
import { horizontalPodAutoscaler } from "../../peers/horizontalPodAutoscaler.ts";
import { BEHAVIOR_DEFAULTS, type Behavior } from "../../peers/hpa/behavior.ts";
import { keda } from "../../peers/keda.ts";
import { knative } from "../../peers/knative.ts";
import type { ReplicaPoint } from "../../peers/predictive/linearPrediction.ts";
import { type PhpaModel, predictiveHpa } from "../../peers/predictiveHpa.ts";
import { type Candidate, type Given, numberOf } from "../candidate.ts";
import { concurrencyAt } from "../capacityModel.ts";
import { rival } from "../rival.ts";

const HPA_SETTINGS = {
  tolerance: [0.1, 0.05, 0.2],
  downscaleStabilizationSeconds: [300, 60, 600, 1200],
} as const;

/** A load test's usual safety: pods are planned at 70 % of what they carry. */
const USUAL_TARGET = 0.7;

const METRIC = "requests a second for each pod, averaged over a minute";

export const KUBERNETES: readonly Candidate[] = [
  rival({
    name: "hpa",
    label: "Kubernetes HPA",
    kind: "reactive",
    about: `The HorizontalPodAutoscaler (autoscaling/v2, no behavior block) on a Pods metric, ${METRIC}, every 15 s. All serving pods are taken to have the same rate; units that start are Pending pods.`,
    settings: HPA_SETTINGS,
    shippedKnob: USUAL_TARGET,
    make: (given, knob, settings) => horizontalPodAutoscaler(hpaOptions(given, knob, settings)),
  }),
  rival({
    name: "hpa-behavior",
    label: "Kubernetes HPA with a behavior block",
    kind: "reactive",
    about: `The same with a behavior block: windows and rate policies of each direction are tuned, beginning with what Kubernetes fills a block up with.`,
    settings: {
      ...HPA_SETTINGS,
      scaleUpWindowSeconds: [0, 30, 60],
      scaleDownPercent: [100, 10, 25, 50],
      scaleDownPeriodSeconds: [15, 60, 300],
    },
    shippedKnob: USUAL_TARGET,
    make: (given, knob, settings) =>
      horizontalPodAutoscaler({ ...hpaOptions(given, knob, settings), behavior: behaviorOf(settings) }),
  }),
  rival({
    name: "keda",
    label: "KEDA",
    kind: "reactive",
    about: `A KEDA ScaledObject on an external metric, ${METRIC} (AverageValue: pods that start count), polled every 30 s between none and one replica; between one and many the HPA that KEDA generates.`,
    settings: HPA_SETTINGS,
    shippedKnob: USUAL_TARGET,
    make: (given, knob, settings) => keda(hpaOptions(given, knob, settings)),
  }),
  rival({
    name: "knative",
    label: "Knative KPA",
    kind: "reactive",
    about:
      "The Knative Pod Autoscaler on concurrency, every 2 s, with its stable and panic windows. Readings are means of ten seconds: a panic window of less is the newest reading. All pods are scraped, requests do not go through an activator, and the initial scale is what there is.",
    settings: {
      stableWindowSeconds: [60, 120, 300, 600],
      panicThreshold: [2, 1.5, 5, 10],
      maxScaleDownRate: [2, 1.2],
      scaleDownDelaySeconds: [0, 300, 900],
    },
    shippedKnob: 0.7,
    make: (given, knob, settings) =>
      knative({
        unitConcurrency: concurrencyAt(given, 1),
        utilization: knob,
        min: given.min,
        max: given.max,
        stableWindowSeconds: numberOf(settings, "stableWindowSeconds"),
        panicThreshold: numberOf(settings, "panicThreshold"),
        maxScaleDownRate: numberOf(settings, "maxScaleDownRate"),
        scaleDownDelaySeconds: numberOf(settings, "scaleDownDelaySeconds"),
      }),
  }),
  rival({
    name: "phpa-linear",
    label: "Predictive HPA, linear",
    kind: "predictive",
    about: `predictive-horizontal-pod-autoscaler with its linear model: the HPA's proposal from ${METRIC}, or what a line through its last proposals expects, if that is more. It ships no sizes; the first ones here are those of its examples.`,
    settings: {
      ...HPA_SETTINGS,
      historySize: [6, 12, 40],
      lookAheadLeadTimes: [1, 0.5, 2],
    },
    shippedKnob: USUAL_TARGET,
    make: (given, knob, settings) =>
      phpa(given, knob, settings, 1, {
        type: "linear",
        historySize: numberOf(settings, "historySize"),
        lookAheadSeconds: numberOf(settings, "lookAheadLeadTimes") * given.leadTimeSeconds,
      }),
  }),
  rival({
    name: "phpa-holt-winters",
    label: "Predictive HPA, Holt-Winters",
    kind: "predictive",
    about: `predictive-horizontal-pod-autoscaler with its Holt-Winters model over a day in steps of ten minutes: it sees replica counts, kept in order as was intended (the original hands them over out of order), and expects one step. Its past before the run is what the HPA would have proposed; the original begins with none.`,
    settings: {
      ...HPA_SETTINGS,
      alpha: [0.9, 0.5, 0.2],
      beta: [0.9, 0.1, 0.01],
      gamma: [0.9, 0.5, 0.2],
      seasonal: ["additive", "multiplicative"],
    },
    shippedKnob: USUAL_TARGET,
    make: (given, knob, settings) =>
      phpa(given, knob, settings, DAY_STEP_SYNCS, {
        type: "holt-winters",
        alpha: numberOf(settings, "alpha"),
        beta: numberOf(settings, "beta"),
        gamma: numberOf(settings, "gamma"),
        trend: "additive",
        seasonal: settings["seasonal"] === "multiplicative" ? "multiplicative" : "additive",
        seasonLength: 86_400 / DAY_STEP_SECONDS,
        storedSeasons: 4,
      }),
  }),
  rival({
    name: "crane-ehpa",
    label: "Crane EffectiveHPA",
    kind: "predictive",
    about: `Crane's EffectiveHPA: the HPA's rules over ${METRIC} and over the highest load that its DSP forecast (or, as a setting, its 99th percentile) expects in the window ahead; the forecast is remade every 12 h from up to 15 days. It forecasts means of ten minutes instead of minutes. Where no daily or weekly period is found it is the HPA.`,
    settings: { ...HPA_SETTINGS, windowSeconds: [3600, 600, 1800], forecaster: ["dsp", "percentile"] },
    shippedKnob: USUAL_TARGET,
    make: (given, knob, settings) => {
      const forecaster = settings["forecaster"] === "percentile" ? "percentile" : "dsp";
      const options = hpaOptions(given, knob, settings);
      const windowSeconds = numberOf(settings, "windowSeconds");
      // The percentile's buckets follow the target, so that its forecasts are its own.
      const forecasts = forecaster === "dsp" ? { forecasts: given.craneForecasts } : {};
      return crane({ ...options, ...forecasts, forecaster, windowSeconds });
    },
  }),
];

const DAY_STEP_SECONDS = 600;
const DAY_STEP_SYNCS = DAY_STEP_SECONDS / 15;

function targetOf({ perUnit }: Given, knob: number): number {
  return (perUnit * knob) / MINUTE_SECONDS;
}

function hpaOptions(given: Given, knob: number, settings: Settings) {
  const tolerance = numberOf(settings, "tolerance");
  return {
    targetPerUnit: targetOf(given, knob),
    min: given.min,
    max: given.max,
    tolerance: { up: tolerance, down: tolerance },
    downscaleStabilizationSeconds: numberOf(settings, "downscaleStabilizationSeconds"),
  };
}

function behaviorOf(settings: Settings): Behavior {
  const value = numberOf(settings, "scaleDownPercent");
  const periodSeconds = numberOf(settings, "scaleDownPeriodSeconds");
  return {
    scaleUp: {
      ...BEHAVIOR_DEFAULTS.scaleUp,
      stabilizationWindowSeconds: numberOf(settings, "scaleUpWindowSeconds"),
    },
    scaleDown: {
      selectPolicy: "Max",
      stabilizationWindowSeconds: numberOf(settings, "downscaleStabilizationSeconds"),
      policies: [{ type: "Percent", value, periodSeconds }],
    },
  };
}

function phpa(given: Given, knob: number, settings: Settings, perSyncPeriod: number, model: PhpaModel) {
  const options = hpaOptions(given, knob, settings);
  const history = model.type === "linear" ? [] : pastProposals(given, options.targetPerUnit);
  return predictiveHpa({ ...options, model, perSyncPeriod, history });
}

/** What the HPA would have proposed each ten minutes before the run, from the load alone. */
function pastProposals({ past, min, max }: Given, targetPerUnit: number): readonly ReplicaPoint[] {
  const points: ReplicaPoint[] = [];
  const every = DAY_STEP_SECONDS / MINUTE_SECONDS;
  for (let minute = every - 1; minute < past.perMinute.length; minute += every) {
    const load = past.perMinute[minute] as number;
    const wanted = Math.ceil(load / MINUTE_SECONDS / targetPerUnit);
    const known = Number.isNaN(load) ? (points.at(-1)?.replicas ?? min) : wanted;
    points.push({ at: past.start + minute * MINUTE_SECONDS, replicas: Math.min(max, Math.max(min, known)) });
  }
  return points;
}
