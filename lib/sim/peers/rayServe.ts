/** Ray Serve on ongoing requests, re-implemented from ray-project/ray python/ray/serve. */
import type { Peer } from "./peer.ts";
import { CONTROL_LOOP_SECONDS, RAY_DEFAULTS, type RayConfig, rayPolicy } from "./ray/policy.ts";
import { meanOfLast } from "./stepMeans.ts";

/** Readings change no faster, so the iterations of a loop between two of them are taken at once. */
const PERIOD_SECONDS = 10;

const LOOK_BACK_SECONDS = 30;

export interface RayServeOptions extends Partial<RayConfig> {
  readonly targetOngoingRequests: number;
  readonly min: number;
  readonly max: number;
  readonly lookBackSeconds?: number;
}

export interface RayServeState {
  /** Null before it has looked for the first time. */
  readonly target: number | null;
  readonly counter: number;
}

export function rayServe(options: RayServeOptions): Peer<RayServeState> {
  const config: RayConfig = { ...RAY_DEFAULTS, ...options };
  const { lookBackSeconds = LOOK_BACK_SECONDS } = options;
  const iterations = PERIOD_SECONDS / CONTROL_LOOP_SECONDS;
  return {
    name: "ray-serve",
    label: "Ray Serve",
    about:
      "Ray Serve's autoscaling policy on requests in replicas and queues, averaged over 30 s. Its control loop of 0.1 s is advanced by the hundred iterations between two readings.",
    periodSeconds: PERIOD_SECONDS,
    initial: { target: null, counter: 0 },
    step: (before, { desired, ready, steps }) => {
      const totalOngoing = meanOfLast(steps.concurrency, lookBackSeconds / steps.stepSeconds);
      const target = before.target ?? desired;
      if (Number.isNaN(totalOngoing)) return { desired, state: { ...before, target }, reason: "no readings" };
      const answer = rayPolicy({ running: ready, target, totalOngoing }, before.counter, config, iterations);
      // Ray's own target is what it asks for, again and again where a platform does not take it.
      return {
        desired: answer.target,
        state: answer,
        reason: `${Math.round(totalOngoing)} ongoing requests`,
      };
    },
  };
}
