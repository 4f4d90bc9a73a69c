/** The log of what the Kubernetes HPA wanted, from which both of its stabilizations take their windows. */
import type { EpochSeconds } from "../../../core/time.ts";

export interface Recommendation {
  readonly replicas: number;
  readonly at: EpochSeconds;
}

/** The log with `replicas` of now, in the place of an entry that is older than the longest window where there is one. */
export function logged(
  log: readonly Recommendation[],
  replicas: number,
  now: EpochSeconds,
  longestWindowSeconds: number,
): readonly Recommendation[] {
  return inOldPlace(log, { replicas, at: now }, now, longestWindowSeconds);
}

/**
 * The controller's lists as it keeps them: what is new takes the place of the last entry that is older than `seconds`, and
 * goes to the end where none is. Other old entries stay; nobody looks at them.
 */
export function inOldPlace<Entry extends { readonly at: EpochSeconds }>(
  entries: readonly Entry[],
  entry: Entry,
  now: EpochSeconds,
  seconds: number,
): readonly Entry[] {
  const old = entries.findLastIndex(({ at }) => now - at > seconds);
  return old === -1 ? [...entries, entry] : entries.with(old, entry);
}
