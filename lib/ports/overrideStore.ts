/** What people have ordered for now: pause, pin, freeze scale-in; and when they did in the past. */
import type { OrderEntry, Override } from "../core/promotion.ts";
import type { EpochSeconds } from "../core/time.ts";

export interface OverrideStore {
  /** Adds the override, or replaces the one with the same target and id. */
  put(override: Override): Promise<void>;
  /** Those of the target still in force at `now`, by id. */
  list(target: string, now: EpochSeconds): Promise<readonly Override[]>;
  /** `false` when there was none. */
  remove(target: string, id: string): Promise<boolean>;
  /** Adds a line to the log of orders; the same line again changes nothing. */
  note(entry: OrderEntry): Promise<void>;
  /** The target's lines with `at` from `since` on, by `at` and then kind. Kept for as long as a forecast looks back. */
  noted(target: string, since: EpochSeconds): Promise<readonly OrderEntry[]>;
}
