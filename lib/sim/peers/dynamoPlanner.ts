/** The NVIDIA Dynamo planner in throughput mode and in load mode, re-implemented from ai-dynamo/dynamo. */
import { loadFactorWithOneFewer, loadStep, SCALE_DOWN_SENSITIVITY } from "./dynamo/loadMode.ts";
import { KALMAN_START, type KalmanState, observe, predictNext } from "./dynamo/predictors.ts";
import { throughputEngines } from "./dynamo/throughputMode.ts";
import type { Peer } from "./peer.ts";
import { meanOfLast } from "./stepMeans.ts";

const THROUGHPUT_INTERVAL_SECONDS = 180;
const LOAD_INTERVAL_SECONDS = 5;
const LOAD_WINDOW_SECONDS = 30;

export interface DynamoOptions {
  readonly min: number;
  readonly max: number;
  /** Requests a second that one engine serves inside the objective. */
  readonly unitRequestsPerSecond: number;
  readonly objectiveSeconds: number;
  /** Profile of an engine: seconds that a request takes when so many a second come to it. */
  readonly latencySecondsAt: (requestsPerSecond: number) => number;
  readonly predictor?: "constant" | "kalman";
  readonly scaleDownSensitivity?: number;
}

export interface ThroughputState {
  readonly demand: KalmanState;
}

/** Every three minutes: engines for the requests that are expected in the next three. */
export function dynamoThroughput(options: DynamoOptions): Peer<ThroughputState> {
  const {
    min,
    max,
    unitRequestsPerSecond,
    objectiveSeconds,
    latencySecondsAt,
    predictor = "kalman",
  } = options;
  const profile = {
    requestsPerSecond: unitRequestsPerSecond,
    latencySeconds: latencySecondsAt(0),
    objectiveSeconds,
  };
  return {
    name: "dynamo-throughput",
    label: "NVIDIA Dynamo planner, throughput mode",
    about:
      "The Dynamo planner's throughput mode every 180 s: requests of the last interval, predicted one interval ahead (Kalman filter with a local trend, or the last value), over the rate of one engine at the objective. Its ARIMA and Prophet predictors are not reproduced; one kind of engine, so that prefill and decode are not told apart.",
    periodSeconds: THROUGHPUT_INTERVAL_SECONDS,
    initial: { demand: KALMAN_START },
    step: (state, { desired, steps }) => {
      const perStep = meanOfLast(steps.arrivals, THROUGHPUT_INTERVAL_SECONDS / steps.stepSeconds);
      if (Number.isNaN(perStep)) return { desired, state, reason: "no readings" };
      const requests = (perStep / steps.stepSeconds) * THROUGHPUT_INTERVAL_SECONDS;
      const demand = observe(state.demand, requests);
      const predicted = predictor === "constant" ? demand.last : predictNext(demand);
      const engines = throughputEngines(predicted / THROUGHPUT_INTERVAL_SECONDS, profile, min);
      const wanted = Math.min(max, engines);
      return {
        desired: wanted,
        state: { demand },
        reason: `Expects ${Math.round(predicted)} requests in 180 s`,
      };
    },
  };
}

/** Every five seconds: one more while latency is over the objective, one fewer while that would stay well below it. */
export function dynamoLoad(options: DynamoOptions): Peer<null> {
  const { min, max, objectiveSeconds, latencySecondsAt } = options;
  const { scaleDownSensitivity = SCALE_DOWN_SENSITIVITY } = options;
  return {
    name: "dynamo-load",
    label: "NVIDIA Dynamo planner, load mode",
    about:
      "The Dynamo planner's load mode every 5 s: one engine more while the estimated latency is over the objective, one fewer while the load on one fewer would stay below 80 % of it. It changes nothing while a change is under way. The planner fits latency from metrics of its engines; here the latency now is concurrency over rate (Little's law) and that with one fewer the profile of a unit.",
    periodSeconds: LOAD_INTERVAL_SECONDS,
    initial: null,
    step: (_state, { desired, ready, steps }) => {
      const keep = (reason: string) => ({ desired, state: null, reason });
      if (ready !== desired || ready === 0) return keep("a change is under way");
      const count = LOAD_WINDOW_SECONDS / steps.stepSeconds;
      const concurrency = meanOfLast(steps.concurrency, count);
      const rate = meanOfLast(steps.arrivals, count) / steps.stepSeconds;
      if (!(concurrency >= 0 && rate >= 0)) return keep("no readings");
      const step = loadStep(
        {
          engines: ready,
          objectiveSeconds,
          latencySeconds: rate > 0 ? concurrency / rate : 0,
          latencyWithOneFewerSeconds: latencySecondsAt((rate / ready) * loadFactorWithOneFewer(ready)),
        },
        scaleDownSensitivity,
      );
      const wanted = Math.min(max, Math.max(min, desired + step));
      return { desired: wanted, state: null, reason: `${rate.toFixed(1)} requests a second` };
    },
  };
}
