/** What people have ordered for now: pause, pin, freeze scale-in. */
import type { Override } from "../core/promotion.ts";
import type { EpochSeconds } from "../core/time.ts";

export interface OverrideStore {
  /** Adds the override, or replaces the one with the same target and id. */
  put(override: Override): Promise<void>;
  /** Those of the target still in force at `now`, by id. */
  list(target: string, now: EpochSeconds): Promise<readonly Override[]>;
  /** `false` when there was none. */
  remove(target: string, id: string): Promise<boolean>;
}
