/** Ray Serve's default autoscaling policy, re-implemented from ray-project/ray python/ray/serve/autoscaling_policy.py. */

export interface RayConfig {
  readonly targetOngoingRequests: number;
  readonly min: number;
  readonly max: number;
  readonly upscaleDelaySeconds: number;
  readonly downscaleDelaySeconds: number;
  /** From one replica to none; null takes the downscale delay. */
  readonly downscaleToZeroDelaySeconds: number | null;
  readonly upscalingFactor: number;
  readonly downscalingFactor: number;
  /** Released versions count iterations of the control loop; the development branch of 2026 measures time since the first. */
  readonly delayIs: "iterations" | "elapsed";
}

/** python/ray/serve/config.py; the maximum is 1 there and 100 in its "auto" mode. */
export const RAY_DEFAULTS: RayConfig = {
  targetOngoingRequests: 2,
  min: 1,
  max: 1,
  upscaleDelaySeconds: 30,
  downscaleDelaySeconds: 600,
  downscaleToZeroDelaySeconds: null,
  upscalingFactor: 1,
  downscalingFactor: 1,
  delayIs: "iterations",
};

/** python/ray/serve/_private/constants.py. */
export const CONTROL_LOOP_SECONDS = 0.1;

/** Consecutive iterations that wanted more (above 0) or fewer (below 0) than the target. */
export type DecisionCounter = number;

export interface RayInput {
  readonly running: number;
  /** What was asked for; running replicas catch up with it. */
  readonly target: number;
  /** Requests in replicas and queued at handles. */
  readonly totalOngoing: number;
}

export interface RayAnswer {
  readonly target: number;
  readonly counter: DecisionCounter;
}

/** The replicas that the load asks for, without any delay; `running` is at least 1. */
export function rayDesired(running: number, totalOngoing: number, config: RayConfig): number {
  const { targetOngoingRequests, upscalingFactor, downscalingFactor, min, max } = config;
  const raw = running * (totalOngoing / (targetOngoingRequests * running));
  const factor = raw > running ? upscalingFactor : downscalingFactor;
  const smoothed = Math.ceil(running + factor * (raw - running));
  const stuck = Math.ceil(raw) < running && smoothed === running;
  return Math.min(max, Math.max(min, stuck ? smoothed - 1 : smoothed));
}

/** `iterations` of the control loop with the same inputs, as one after the other would decide. */
export function rayPolicy(
  { running, target, totalOngoing }: RayInput,
  counter: DecisionCounter,
  config: RayConfig,
  iterations: number = 1,
): RayAnswer {
  if (running === 0) {
    const wanted = totalOngoing > 0 ? Math.max(Math.ceil(config.upscalingFactor), target) : target;
    return { target: wanted, counter };
  }
  const wanted = rayDesired(running, totalOngoing, config);
  if (wanted > target) return upscaled(wanted, target, counter, config, iterations);
  if (wanted < target) return downscaled(wanted, target, counter, config, iterations);
  return { target, counter: 0 };
}

function upscaled(
  wanted: number,
  target: number,
  counter: DecisionCounter,
  config: RayConfig,
  iterations: number,
): RayAnswer {
  const next = Math.max(0, counter) + iterations;
  return next >= decidesAt(config.upscaleDelaySeconds, config)
    ? { target: wanted, counter: 0 }
    : { target, counter: next };
}

/** The last replica goes by a delay of its own, and only from one. */
function downscaled(
  wanted: number,
  target: number,
  counter: DecisionCounter,
  config: RayConfig,
  iterations: number,
): RayAnswer {
  const next = Math.min(0, counter) - iterations;
  const toZero = wanted === 0 && target === 1;
  const delay = toZero
    ? (config.downscaleToZeroDelaySeconds ?? config.downscaleDelaySeconds)
    : config.downscaleDelaySeconds;
  const left = -next - decidesAt(delay, config);
  if (left < 0) return { target, counter: next };
  if (toZero) return { target: 0, counter: 0 };
  return wanted === 0 && left > 0
    ? downscaled(0, 1, 0, config, left)
    : { target: Math.max(1, wanted), counter: 0 };
}

/** The consecutive iteration that decides: the first after the delay. */
function decidesAt(delaySeconds: number, { delayIs }: RayConfig): number {
  const iterations = delaySeconds / CONTROL_LOOP_SECONDS;
  return 1 + (delayIs === "iterations" ? Math.trunc(iterations) : Math.ceil(iterations));
}
