/** Promotions of the policy file beside those that people announce while it runs. */
import type { Promotion } from "../core/promotion.ts";
import type { PromotionStore } from "../ports/promotionStore.ts";

/**
 * A store that also lists the policy's promotions. One that was announced again with the same target and id replaces
 * the policy's; the policy's own can only be removed in the policy.
 */
export function withPolicyPromotions(
  store: PromotionStore,
  promotions: readonly Promotion[],
): PromotionStore {
  return {
    put: (promotion) => store.put(promotion),
    remove: (target, id) => store.remove(target, id),
    list: async (target, endsAfter) => {
      const announced = await store.list(target, endsAfter);
      const isReplaced = ({ id }: Promotion): boolean => announced.some((each) => each.id === id);
      const written = promotions.filter(
        (each) => each.target === target && each.end > endsAfter && !isReplaced(each),
      );
      return [...announced, ...written].sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
    },
  };
}
