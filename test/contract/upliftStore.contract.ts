/** What every uplift store must do. Each test has a store of its own. */
import { describe, expect, it } from "@jest/globals";
import type { UpliftStore } from "../../lib/ports/upliftStore.ts";
import { minutes, NOW } from "../core/arrange.ts";
import { anOccurrence } from "../core/forecast/arrangePromotions.ts";

export interface UpliftStoreUnderTest {
  /** Empty. */
  readonly uplifts: UpliftStore;
}

export function describeUpliftStoreContract(name: string, make: () => Promise<UpliftStoreUnderTest>): void {
  describe(`uplift store: ${name}`, () => {
    it("has none for a target that never had a promotion", async () => {
      const { uplifts } = await make();
      expect(await uplifts.list("chat")).toEqual([]);
    });

    it("gives back what was learned, to the last digit", async () => {
      const { uplifts } = await make();
      const learned = anOccurrence({ multiplier: Math.PI, unevenness: 1 / 3, name: "11.11 – 光棍节" });
      await uplifts.put(learned);
      expect(await uplifts.list("chat")).toEqual([learned]);
    });

    it("replaces the one with the same id", async () => {
      const { uplifts } = await make();
      await uplifts.put(anOccurrence({ multiplier: 2, days: 3 }));
      await uplifts.put(anOccurrence({ multiplier: 2.4, days: 9 }));
      expect(await uplifts.list("chat")).toEqual([anOccurrence({ multiplier: 2.4, days: 9 })]);
    });

    it("lists by start as a number, and by id where they start together", async () => {
      const { uplifts } = await make();
      const early = anOccurrence({ id: "z", start: 999 });
      const first = anOccurrence({ id: "B", start: NOW - minutes(60) });
      const second = anOccurrence({ id: "a", start: NOW - minutes(60) });
      for (const each of [second, first, early]) await uplifts.put(each);
      expect(await uplifts.list("chat")).toEqual([early, first, second]);
    });

    it("remembers what is years past", async () => {
      const { uplifts } = await make();
      const old = anOccurrence({ start: NOW - minutes(3 * 365 * 1440), end: NOW - minutes(3 * 365 * 1439) });
      await uplifts.put(old);
      expect(await uplifts.list("chat")).toEqual([old]);
    });

    it("removes one once", async () => {
      const { uplifts } = await make();
      await uplifts.put(anOccurrence({ id: "p1" }));
      await uplifts.put(anOccurrence({ id: "p2" }));
      expect(await uplifts.remove("chat", "p1")).toBe(true);
      expect(await uplifts.remove("chat", "p1")).toBe(false);
      expect((await uplifts.list("chat")).map(({ id }) => id)).toEqual(["p2"]);
    });

    it("keeps targets apart, even where their names begin alike", async () => {
      const { uplifts } = await make();
      await uplifts.put(anOccurrence({ target: "chat-2" }));
      expect(await uplifts.list("chat")).toEqual([]);
      expect(await uplifts.remove("chat", "p1")).toBe(false);
      expect(await uplifts.list("chat-2")).toHaveLength(1);
    });
  });
}
