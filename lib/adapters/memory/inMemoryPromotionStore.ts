/** The in-memory twin of the promotion store, for tests and the simulator. */
import type { Promotion } from "../../core/promotion.ts";
import type { EpochSeconds } from "../../core/time.ts";
import type { PromotionStore } from "../../ports/promotionStore.ts";
import { byId, InMemoryTable } from "./inMemoryTable.ts";

export class InMemoryPromotionStore implements PromotionStore {
  private readonly promotions = new InMemoryTable<Promotion>();

  async put(promotion: Promotion): Promise<void> {
    this.promotions.put(promotion.target, promotion.id, promotion);
  }

  async list(target: string, endsAfter: EpochSeconds): Promise<readonly Promotion[]> {
    return this.promotions
      .select(target, ({ end }) => end > endsAfter)
      .sort((a, b) => a.start - b.start || byId(a, b));
  }

  async remove(target: string, id: string): Promise<boolean> {
    return this.promotions.remove(target, id);
  }
}
