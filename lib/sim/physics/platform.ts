/** What differs between the simulated platforms: locks, what a scale-in does to requests, and how late metrics are. */

export type SimPlatform = "sagemaker" | "nodegroup" | "kubernetes";

export interface PlatformRules {
  /** While a change runs: until every unit has come, while the request is taken, or never. */
  readonly lock: "until ready" | "short" | "none";
  /** How long a change that starts nothing (a scale-in, a roll-back) keeps the target locked. */
  readonly shortLockSeconds: number;
  /** A scale-in ends units at once, with what waits at them; otherwise they finish first. */
  readonly killsAtOnce: boolean;
  /** Metrics of a minute are there this long after it ends. */
  readonly metricDelaySeconds: number;
  /** The fine metric: how long after a step it is published, and at which multiple of seconds it is collected. */
  readonly stepDelaySeconds: number;
  readonly scrapeSeconds: number;
}

/**
 * CloudWatch's delays are not promised: 40 s for a minute and 10 s for the ten-second metrics are what is assumed here.
 * Prometheus scrapes every 15 s, as most installations do.
 */
export const PLATFORMS: Readonly<Record<SimPlatform, PlatformRules>> = {
  sagemaker: {
    lock: "until ready",
    shortLockSeconds: 120,
    killsAtOnce: false,
    metricDelaySeconds: 40,
    stepDelaySeconds: 10,
    scrapeSeconds: 10,
  },
  nodegroup: {
    lock: "short",
    shortLockSeconds: 30,
    killsAtOnce: true,
    metricDelaySeconds: 40,
    stepDelaySeconds: 10,
    scrapeSeconds: 10,
  },
  kubernetes: {
    lock: "none",
    shortLockSeconds: 0,
    killsAtOnce: false,
    metricDelaySeconds: 15,
    stepDelaySeconds: 0,
    scrapeSeconds: 15,
  },
};
