/** What predictive-horizontal-pod-autoscaler remembers: replica counts, never load (internal/prediction). */
import type { ReplicaPoint } from "./linearPrediction.ts";

/** The newest `size` points. */
export function withinSize(history: readonly ReplicaPoint[], size: number): readonly ReplicaPoint[] {
  return history.length > size ? history.slice(-size) : history;
}

/** Whole seasons, the oldest first, go once there is a whole one too many. */
export function withinSeasons(
  history: readonly ReplicaPoint[],
  seasonLength: number,
  storedSeasons: number,
): readonly ReplicaPoint[] {
  const tooMany = Math.floor(history.length / seasonLength) - storedSeasons;
  return tooMany > 0 ? history.slice(tooMany * seasonLength) : history;
}
