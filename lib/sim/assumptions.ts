/** What a reader must know to judge a simulated number. */
import type { Assumptions } from "../core/replayResult.ts";
import { STEP_SECONDS } from "./physics/endpoint.ts";
import { PLATFORMS, type SimPlatform } from "./physics/platform.ts";
import { DEFAULT_OBJECTIVE_MS, LEAD_TIME_SIGMA, queueOptionsOf, type StageOptions } from "./stage.ts";

export function assumptionsOf(options: StageOptions, notes: readonly string[]): Assumptions {
  const { policy, platform, perUnit } = options;
  const queue = queueOptionsOf(policy, perUnit);
  return {
    seed: options.seed,
    stepSeconds: STEP_SECONDS,
    platform,
    leadTimeSeconds: options.leadTimeSeconds,
    leadTimeSpread: `lognormal around the median, sigma ${LEAD_TIME_SIGMA}`,
    scaleInLockSeconds: PLATFORMS[platform].shortLockSeconds,
    metricDelaySeconds: options.metricDelaySeconds,
    serviceTimeSeconds: queue.idleServiceSeconds,
    slotsPerUnit: round(queue.saturationPerUnit * queue.fullServiceSeconds),
    saturationPerUnit: round(queue.saturationPerUnit * 60),
    unitLoad: perUnit,
    objectiveMs: policy.objective.latencyP95Ms ?? DEFAULT_OBJECTIVE_MS,
    pricePerUnitHour: policy.price.perUnitHour,
    currency: policy.price.currency,
    notes: [...STANDING_NOTES, PLATFORM_NOTES[platform], ...objectiveNote(options), ...notes],
  };
}

const STANDING_NOTES: readonly string[] = [
  "Requests are a fluid: inside ten seconds they are spread evenly, and all units share one queue. Where only a few come in a second, chance makes some wait that do not here.",
  "A request misses the objective by the queue that it finds; one that has waited a minute, or twice the objective where that is longer, is given up.",
  "A unit is full at 125 % of its unit load; service time rises from 40 % of the objective when idle to 80 % when full.",
  "A unit is billed from the moment it is asked for until it is released.",
  "Every run begins with units for the load of its first minutes and sees the same requests and the same kind of starts.",
];

const PLATFORM_NOTES: Readonly<Record<SimPlatform, string>> = {
  sagemaker: "While the endpoint changes it is locked for everybody; new units serve as each one arrives.",
  nodegroup: "Lowering a node group ends nodes at once; what waits at them is lost.",
  kubernetes:
    "Nothing is locked; pods that are taken away finish what they have begun and are billed no longer.",
};

function objectiveNote({ policy }: StageOptions): readonly string[] {
  return policy.objective.latencyP95Ms === null
    ? ["The policy states no latency objective; one second was assumed."]
    : [];
}

const round = (value: number): number => Number(value.toPrecision(4));
