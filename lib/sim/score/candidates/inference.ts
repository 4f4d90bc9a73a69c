/** Autoscalers of inference servers. */
import { aibrix } from "../../peers/aibrix.ts";
import { type DynamoOptions, dynamoLoad, dynamoThroughput } from "../../peers/dynamoPlanner.ts";
import { rayServe } from "../../peers/rayServe.ts";
import { type Candidate, type Given, numberOf } from "../candidate.ts";
import { concurrencyAt, serviceSecondsAt } from "../capacityModel.ts";
import { rival } from "../rival.ts";

export const INFERENCE: readonly Candidate[] = [
  rival({
    name: "ray-serve",
    label: "Ray Serve",
    kind: "reactive",
    about:
      "Ray Serve's autoscaling policy on requests in replicas and queues, averaged over 30 s; its delays count iterations of its control loop, of which a hundred are taken at once. It ships a target of 2 requests for each replica; here the target follows from what a unit carries.",
    settings: {
      upscaleDelaySeconds: [30, 0, 60],
      downscaleDelaySeconds: [600, 120, 300, 1200],
      upscalingFactor: [1, 0.5],
      downscalingFactor: [1, 0.5],
    },
    shippedKnob: 1,
    make: (given, knob, settings) =>
      rayServe({
        targetOngoingRequests: concurrencyAt(given, 1) * knob,
        min: given.min,
        max: given.max,
        upscaleDelaySeconds: numberOf(settings, "upscaleDelaySeconds"),
        downscaleDelaySeconds: numberOf(settings, "downscaleDelaySeconds"),
        upscalingFactor: numberOf(settings, "upscalingFactor"),
        downscalingFactor: numberOf(settings, "downscalingFactor"),
      }),
  }),
  rival({
    name: "dynamo-throughput",
    label: "NVIDIA Dynamo planner, throughput mode",
    kind: "predictive",
    about:
      "The Dynamo planner every 180 s: requests of the last interval, predicted one interval ahead, over the rate of one engine at the objective. Its shipped ARIMA predictor and Prophet are not reproduced, its Kalman filter and the last value are; there is one kind of engine, so that prefill and decode are not told apart.",
    settings: { predictor: ["kalman", "constant"] },
    shippedKnob: 1,
    make: (given, knob, { predictor }) =>
      dynamoThroughput({
        ...dynamoOptions(given),
        unitRequestsPerSecond: (given.perUnit * knob) / 60,
        predictor: predictor === "constant" ? "constant" : "kalman",
      }),
  }),
  rival({
    name: "dynamo-load",
    label: "NVIDIA Dynamo planner, load mode",
    kind: "reactive",
    about:
      "The Dynamo planner every 5 s: one engine more while the estimated latency is over the objective (which the knob multiplies), one fewer while the load on one fewer would stay well below it; nothing while a change is under way. The planner fits latency from its engines' metrics; here it is concurrency over rate (Little's law), and with one fewer the profile of a unit.",
    settings: { scaleDownSensitivity: [0.8, 0.9, 0.95] },
    shippedKnob: 1,
    make: (given, knob, settings) => {
      const options = dynamoOptions(given);
      return dynamoLoad({
        ...options,
        objectiveSeconds: options.objectiveSeconds * knob,
        scaleDownSensitivity: numberOf(settings, "scaleDownSensitivity"),
      });
    },
  }),
  rival({
    name: "aibrix-apa",
    label: "AIBrix APA",
    kind: "reactive",
    about:
      "AIBrix's PodAutoscaler with its own algorithm on requests in service and waiting at each pod, averaged over a minute, every 10 s; the use of a pod is that of the pods that serve. A cooldown is waited for after a change, as its name says; the original takes the lowest of the proposals in that time for a scale-in, which does not hold it back.",
    settings: {
      tolerance: [0.1, 0.05, 0.2],
      maxScaleUpRate: [2, 1.5, 4],
      downCooldownSeconds: [300, 60, 600, 1200],
    },
    shippedKnob: 0.7,
    make: (given, knob, settings) =>
      aibrix({
        targetPerUnit: concurrencyAt(given, 1) * knob,
        min: given.min,
        max: given.max,
        upFluctuationTolerance: numberOf(settings, "tolerance"),
        downFluctuationTolerance: numberOf(settings, "tolerance"),
        maxScaleUpRate: numberOf(settings, "maxScaleUpRate"),
        downCooldownSeconds: numberOf(settings, "downCooldownSeconds"),
      }),
  }),
];

function dynamoOptions(given: Given): DynamoOptions {
  const { policy, perUnit, min, max } = given;
  return {
    min,
    max,
    unitRequestsPerSecond: perUnit / 60,
    objectiveSeconds: (policy.objective.latencyP95Ms ?? 1000) / 1000,
    latencySecondsAt: (requestsPerSecond) => serviceSecondsAt(given, (requestsPerSecond * 60) / perUnit),
  };
}
