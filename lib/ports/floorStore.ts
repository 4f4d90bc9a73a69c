/** What stood in the platform's autoscaler before floor mode touched it, so that it can be put back. */
import type { EpochSeconds } from "../core/time.ts";

export interface FloorRecord {
  readonly target: string;
  /** As `scalableTargetOf` says it: kept here because the target may be gone from the policy when it is put back. */
  readonly resourceId: string;
  readonly dimension: string;
  readonly originalMinimum: number;
  /** The minimum that we set last; another one was set by somebody else. */
  readonly lastSet: number;
  readonly since: EpochSeconds;
}

export interface FloorStore {
  get(target: string): Promise<FloorRecord | null>;
  /** Adds the record or replaces the one of the same target. */
  put(record: FloorRecord): Promise<void>;
  /** All of them, by target. */
  list(): Promise<readonly FloorRecord[]>;
  remove(target: string): Promise<void>;
}
