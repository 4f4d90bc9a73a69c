/** What the functions count about themselves, without dimensions: per-target metrics would cost more than the controller. */
export const METRICS_NAMESPACE = "Forewarm";

export const FLEET_METRICS = {
  /** One for every tick that ran to its end. */
  heartbeat: "Heartbeat",
  /** Targets whose wake-up failed. */
  failures: "Failures",
  /** Events that were malformed, late or not ours. */
  setAside: "SetAside",
  /** Targets with a forecast that is too old to be used. */
  staleForecasts: "StaleForecasts",
  /** Calls that a service throttled beyond all retries. */
  throttles: "Throttles",
} as const;

/** The `message` of the one structured log line of each decision: dashboards query it. */
export const DECISION_LOG_MESSAGE = "decision";
