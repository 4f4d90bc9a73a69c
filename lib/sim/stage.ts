/** One run's simulated world: every run of a replay gets its own, made from the same arrivals and the same draws. */
import type { TargetPolicy } from "../core/policy.ts";
import { DAY_SECONDS, type EpochSeconds, MINUTE_SECONDS } from "../core/time.ts";
import { Endpoint, STEP_SECONDS, STEPS_PER_MINUTE } from "./physics/endpoint.ts";
import type { Fault } from "./physics/fault.ts";
import { Fleet } from "./physics/fleet.ts";
import { PLATFORMS, type SimPlatform } from "./physics/platform.ts";
import { FluidQueue, type Queue, type QueueOptions } from "./physics/queue.ts";
import { lognormal, stream } from "./random.ts";
import { SimCapacityTarget } from "./simCapacityTarget.ts";
import { SimMetricSource } from "./simMetricSource.ts";

/** A fifth of the starts take more than 1.13 times the median, one in twenty more than 1.28 times. */
export const LEAD_TIME_SIGMA = 0.15;

/** A unit is full at a quarter more than the unit load, which is what it carries inside the objective. */
const SATURATION_OVER_UNIT_LOAD = 1.25;

/** Shares of the objective: what a request takes on an idle and on a full unit. The rest is room to wait. */
const IDLE_SERVICE_SHARE = 0.4;
const FULL_SERVICE_SHARE = 0.8;

/** Real-time endpoints answer within a minute or not at all (InvokeEndpoint: 60 s for the container's response). */
const TIMEOUT_SECONDS = 60;

/** With no objective stated, one second: the page says so. */
export const DEFAULT_OBJECTIVE_MS = 1000;

export interface StageOptions {
  readonly policy: TargetPolicy;
  /** Load that one unit carries inside the objective, in requests per minute. */
  readonly perUnit: number;
  readonly platform: SimPlatform;
  readonly leadTimeSeconds: number;
  readonly metricDelaySeconds: number;
  readonly seed: number;
  readonly faults: readonly Fault[];
  /** Start of the replay; what lies before is history. */
  readonly start: EpochSeconds;
  readonly arrivals: Uint32Array;
  readonly past: { readonly start: EpochSeconds; readonly perMinute: Float64Array };
  readonly isMissing: (minute: number) => boolean;
  readonly initialUnits: number;
  /** The queue before the units; the fluid when it is not given. */
  readonly queueOf?: (options: QueueOptions) => Queue;
}

export interface Stage {
  readonly endpoint: Endpoint;
  readonly capacity: SimCapacityTarget;
  readonly metrics: SimMetricSource;
  readonly platform: SimPlatform;
  readonly metricDelaySeconds: number;
  readonly isMissing: StageOptions["isMissing"];
  readonly faults: readonly Fault[];
  readonly minutes: number;
  /** What is known of the load before the replay; it ends where that begins. */
  readonly past: StageOptions["past"];
  /** Called when the desired units were changed by asking. */
  onChange: (from: number, to: number) => void;
  /** Lets one physics step pass; `false` when that was the last. */
  advance(): boolean;
}

export function queueOptionsOf(policy: TargetPolicy, perUnit: number): QueueOptions {
  const objectiveSeconds = (policy.objective.latencyP95Ms ?? DEFAULT_OBJECTIVE_MS) / 1000;
  return {
    saturationPerUnit: (SATURATION_OVER_UNIT_LOAD * perUnit) / MINUTE_SECONDS,
    idleServiceSeconds: IDLE_SERVICE_SHARE * objectiveSeconds,
    fullServiceSeconds: FULL_SERVICE_SHARE * objectiveSeconds,
    objectiveSeconds,
    timeoutSeconds: Math.max(TIMEOUT_SECONDS, 2 * objectiveSeconds),
    instants: "random",
  };
}

/** Builds a run's world; `onProgress` hears of each simulated day and of the end. */
export function makeStage(
  options: StageOptions,
  onProgress: (share: number) => void = () => undefined,
): Stage {
  const { policy, platform, leadTimeSeconds, seed, faults } = options;
  const source = stream(seed, "lead times");
  const drawLeadTime = lognormal(source, Math.log(leadTimeSeconds), LEAD_TIME_SIGMA);
  const { queueOf = (fluid) => new FluidQueue(fluid) } = options;
  const endpoint = new Endpoint({
    start: options.start,
    arrivals: options.arrivals,
    fleet: new Fleet(options.initialUnits, {
      platform,
      drawLeadTime: () => Math.round(drawLeadTime()),
      faults,
    }),
    queue: queueOf(queueOptionsOf(policy, options.perUnit)),
  });
  const { past, isMissing, metricDelaySeconds } = options;
  const { killsAtOnce, stepDelaySeconds, scrapeSeconds } = PLATFORMS[platform];
  const stage: Stage = {
    endpoint,
    capacity: new SimCapacityTarget({
      endpoint,
      killsAtOnce,
      onChange: (from, to) => stage.onChange(from, to),
    }),
    metrics: new SimMetricSource({
      endpoint,
      past,
      isMissing,
      delaySeconds: metricDelaySeconds,
      stepDelaySeconds,
      scrapeSeconds,
      faults,
    }),
    platform,
    metricDelaySeconds,
    isMissing,
    faults,
    past,
    minutes: endpoint.steps / STEPS_PER_MINUTE,
    onChange: () => undefined,
    advance: () => {
      const goesOn = endpoint.advance();
      if (!goesOn || endpoint.now % DAY_SECONDS === 0) {
        onProgress((endpoint.now - endpoint.start) / (endpoint.steps * STEP_SECONDS));
      }
      return goesOn;
    },
  };
  return stage;
}
