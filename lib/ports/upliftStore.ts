/** What past promotions brought, remembered for longer than the history of the load reaches back. */
import type { Occurrence } from "../core/forecast/uplift.ts";

export interface UpliftStore {
  /** Adds the occurrence, or replaces the one with the same target and id. */
  put(occurrence: Occurrence): Promise<void>;
  /** All of the target, by start and then id. */
  list(target: string): Promise<readonly Occurrence[]>;
  /** `false` when there was none. */
  remove(target: string, id: string): Promise<boolean>;
}
