/** The log of what the Kubernetes HPA wanted, from which both of its stabilizations take their windows. */
import type { EpochSeconds } from "../../../core/time.ts";

export interface Recommendation {
  readonly replicas: number;
  readonly at: EpochSeconds;
}

/** The log with `replicas` of now; an entry that is older than the longest window makes room for it. */
export function logged(
  log: readonly Recommendation[],
  replicas: number,
  now: EpochSeconds,
  longestWindowSeconds: number,
): readonly Recommendation[] {
  return [...log.filter(({ at }) => now - at <= longestWindowSeconds), { replicas, at: now }];
}
