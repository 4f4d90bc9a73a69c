/** Promotions that people have announced. */
import type { Promotion } from "../core/promotion.ts";
import type { EpochSeconds } from "../core/time.ts";

export interface PromotionStore {
  /** Adds the promotion, or replaces the one with the same target and id. */
  put(promotion: Promotion): Promise<void>;
  /** Those of the target that end after `endsAfter`, by start and then id. */
  list(target: string, endsAfter: EpochSeconds): Promise<readonly Promotion[]>;
  /** `false` when there was none. */
  remove(target: string, id: string): Promise<boolean>;
}
