/** What every promotion store must do. Each test has a store of its own. */
import { describe, expect, it } from "@jest/globals";
import type { PromotionStore } from "../../lib/ports/promotionStore.ts";
import { aPromotion, minutes, NOW } from "../core/arrange.ts";

export interface PromotionStoreUnderTest {
  /** Empty. */
  readonly promotions: PromotionStore;
}

const idsOf = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id);

export function describePromotionStoreContract(
  name: string,
  make: () => Promise<PromotionStoreUnderTest>,
): void {
  describe(`promotion store: ${name}`, () => {
    it("has none for a target that nobody announced one for", async () => {
      const { promotions } = await make();
      expect(await promotions.list("chat", NOW)).toEqual([]);
    });

    it.each([
      ["a multiplier", { multiplier: 2.5 }],
      ["a load", { load: 4800 }],
      ["units", { units: 12 }],
      ["what earlier ones will have brought", { learned: null }],
    ])("gives back what was announced, with %s", async (_case, expect_) => {
      const { promotions } = await make();
      const promotion = aPromotion({ expect: expect_, priority: 3, name: "11.11 – Großer Tag 光棍节" });
      await promotions.put(promotion);
      expect(await promotions.list("chat", NOW)).toEqual([promotion]);
    });

    it("replaces the one with the same id", async () => {
      const { promotions } = await make();
      await promotions.put(aPromotion({ expect: { units: 5 } }));
      await promotions.put(aPromotion({ expect: { multiplier: 3 }, start: NOW + minutes(90) }));
      expect(await promotions.list("chat", NOW)).toEqual([
        aPromotion({ expect: { multiplier: 3 }, start: NOW + minutes(90) }),
      ]);
    });

    it("is harmless to announce twice", async () => {
      const { promotions } = await make();
      await promotions.put(aPromotion());
      await promotions.put(aPromotion());
      expect(await promotions.list("chat", NOW)).toEqual([aPromotion()]);
    });

    it("lists by start, and by id where they start together", async () => {
      const { promotions } = await make();
      const later = aPromotion({ id: "a", start: NOW + minutes(120) });
      const second = aPromotion({ id: "c", start: NOW + minutes(30) });
      const first = aPromotion({ id: "B", start: NOW + minutes(30) });
      const started = aPromotion({ id: "z", start: NOW - minutes(600) });
      for (const each of [later, second, first, started]) await promotions.put(each);
      expect(await promotions.list("chat", NOW)).toEqual([started, first, second, later]);
    });

    it("lists by start as a number, not as a word", async () => {
      const { promotions } = await make();
      await promotions.put(aPromotion({ id: "1970", start: 999, end: NOW + 1 }));
      await promotions.put(aPromotion({ id: "today", start: NOW, end: NOW + 1 }));
      expect(idsOf(await promotions.list("chat", NOW))).toEqual(["1970", "today"]);
    });

    it("leaves out what has ended: the end is the first instant without it", async () => {
      const { promotions } = await make();
      const end = NOW + minutes(180);
      await promotions.put(aPromotion({ end }));
      expect(await promotions.list("chat", end - 1)).toHaveLength(1);
      expect(await promotions.list("chat", end)).toEqual([]);
      expect(await promotions.list("chat", end + 1)).toEqual([]);
    });

    it("still has what has ended, for a caller that looks back", async () => {
      const { promotions } = await make();
      const past = aPromotion({ start: NOW - minutes(5000), end: NOW - minutes(4000) });
      await promotions.put(past);
      expect(await promotions.list("chat", NOW)).toEqual([]);
      expect(await promotions.list("chat", NOW - minutes(28 * 24 * 60))).toEqual([past]);
    });

    it("removes one once", async () => {
      const { promotions } = await make();
      await promotions.put(aPromotion({ id: "p1" }));
      await promotions.put(aPromotion({ id: "p2" }));
      expect(await promotions.remove("chat", "p1")).toBe(true);
      expect(await promotions.remove("chat", "p1")).toBe(false);
      expect(idsOf(await promotions.list("chat", NOW))).toEqual(["p2"]);
    });

    it("says false for removing what never was", async () => {
      const { promotions } = await make();
      expect(await promotions.remove("nobody", "p1")).toBe(false);
    });

    it("takes one back that was removed", async () => {
      const { promotions } = await make();
      await promotions.put(aPromotion());
      await promotions.remove("chat", "p1");
      await promotions.put(aPromotion({ priority: 7 }));
      expect(await promotions.list("chat", NOW)).toEqual([aPromotion({ priority: 7 })]);
    });

    it("keeps targets apart, even with equal ids and names that begin alike", async () => {
      const { promotions } = await make();
      const ours = aPromotion({ expect: { units: 1 } });
      const theirs = aPromotion({ target: "chat-2", expect: { units: 2 } });
      await promotions.put(ours);
      await promotions.put(theirs);
      expect(await promotions.list("chat", NOW)).toEqual([ours]);
      expect(await promotions.list("chat-2", NOW)).toEqual([theirs]);
      expect(await promotions.remove("chat", "p1")).toBe(true);
      expect(await promotions.list("chat-2", NOW)).toEqual([theirs]);
    });
  });
}
