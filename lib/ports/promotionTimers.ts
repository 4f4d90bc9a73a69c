/** One-time wake-ups for promotions. They only make it sooner: every tick looks at the dates, so a lost one is healed. */
import type { EpochSeconds } from "../core/time.ts";

export interface PromotionTimers {
  /** Wakes the controller for the target at each instant, once. Setting those of the same promotion again replaces them. */
  set(target: string, promotion: string, at: readonly EpochSeconds[]): Promise<void>;
  /** Does nothing when there is none. */
  clear(target: string, promotion: string): Promise<void>;
}
