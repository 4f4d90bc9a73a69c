/** What the functions count about themselves, for all targets together: a metric per target would cost more than all else. */
export const METRICS_NAMESPACE = "Forewarm";

/** The one dimension of every metric: the stack's name, so that two stacks in an account are told apart. */
export const METRICS_DIMENSION = "service";

export const FLEET_METRICS = {
  /** One for every tick that ran to its end. */
  heartbeat: "Heartbeat",
  /** Targets whose wake-up failed. */
  failures: "Failures",
  /** Events that were malformed, late or not ours. */
  setAside: "SetAside",
  /** Targets with a forecast that is too old to be used. */
  staleForecasts: "StaleForecasts",
  /** Targets whose forecast is off, since it does worse than the same time last week. */
  gatedForecasts: "GatedForecasts",
  /** Calls that a service throttled beyond all retries. */
  throttles: "Throttles",
} as const;

/** The `message` of the one structured log line of each decision: dashboards query it. */
export const DECISION_LOG_MESSAGE = "decision";
