/** Every default of a policy, written as people would write it. docs/policy.md states the same, and a test compares them. */

export const DEFAULTS = {
  mode: "shadow",
  timeZone: "UTC",
  objective: { share: "99%" },
  leadTime: { expected: "5m", worst: "10m" },
  demand: {
    reactiveHeadroom: "40%",
    recentHeadroom: "0%",
    forecastStaleAfter: "24h",
    forecast: "on",
    gate: "on",
  },
  scaleOut: { cooldown: "0s", maxStep: "none" },
  /** How long it waits is that of most kinds at this lead time (`usualWaits`). */
  scaleIn: {
    stabilization: "5m",
    reactiveStabilization: "15m",
    cooldown: "5m",
    maxStep: "50%",
    payback: "30m",
  },
  staleAfter: "3m",
  /** ml.g5.xlarge on SageMaker in us-east-1, as the AWS price list was quoted in August 2026. */
  price: { perUnitHour: 1.408, currency: "USD" },
  promotion: { expect: "learned", priority: 0 },
  event: { like: "sunday" },
} as const;

/** Added to every target that they fit unless its rules name the same metric, or `errorGuard: off`. */
export const DEFAULT_RULES = {
  latency: { for: "2 of 3m", scale: "out", by: "25%" },
  errorGuard: { metric: "errorRate", above: "5%", for: "2 of 3m", scale: "freeze" },
  /** By kind of target, where `capacity.min` is 0: what tells that somebody asks while there is no unit. */
  wake: {
    metrics: {
      "sagemaker-inference-component": "refusedRequests",
      "sagemaker-async-variant": "waitsWithoutUnits",
    },
    above: 0,
    for: "1m",
    scale: "out",
    by: 1,
  },
} as const;

/** What a rule asks for when it does not say: metrics that fall as units are added are answered in proportion. */
export const DEFAULT_RULE_BY = "25%";
