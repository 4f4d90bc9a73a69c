/** What every override store must do. Each test has a store of its own. */
import { describe, expect, it } from "@jest/globals";
import type { OrderEntry } from "../../lib/core/promotion.ts";
import type { OverrideStore } from "../../lib/ports/overrideStore.ts";
import { anOverride, minutes, NOW, pinTo } from "../core/arrange.ts";

export interface OverrideStoreUnderTest {
  /** Empty. */
  readonly overrides: OverrideStore;
}

const YEARS = minutes(10 * 365 * 24 * 60);

export function describeOverrideStoreContract(
  name: string,
  make: () => Promise<OverrideStoreUnderTest>,
): void {
  describe(`override store: ${name}`, () => {
    it("has none for a target that nobody gave an order for", async () => {
      const { overrides } = await make();
      expect(await overrides.list("chat", NOW)).toEqual([]);
    });

    it.each([
      ["a pause", anOverride({ until: NOW + minutes(30) })],
      ["a pin", pinTo(7)],
      ["a pin to nothing", pinTo(0)],
      ["a freeze", anOverride({ id: "freeze", kind: "freeze-scale-in", reason: "ops: läuft noch" })],
    ])("gives back %s as it was ordered", async (_case, override) => {
      const { overrides } = await make();
      await overrides.put(override);
      expect(await overrides.list("chat", NOW)).toEqual([override]);
    });

    it("replaces the one with the same id, whole", async () => {
      const { overrides } = await make();
      await overrides.put({ ...pinTo(7), id: "order" });
      await overrides.put(anOverride({ id: "order", until: NOW + minutes(5) }));
      expect(await overrides.list("chat", NOW)).toEqual([
        anOverride({ id: "order", until: NOW + minutes(5) }),
      ]);
    });

    it("ends at `until`: that is the first instant without it", async () => {
      const { overrides } = await make();
      const until = NOW + minutes(30);
      await overrides.put(anOverride({ until }));
      expect(await overrides.list("chat", until - 1)).toHaveLength(1);
      expect(await overrides.list("chat", until)).toEqual([]);
      expect(await overrides.list("chat", until + 1)).toEqual([]);
    });

    it("never ends without `until`", async () => {
      const { overrides } = await make();
      await overrides.put(anOverride({ until: null }));
      expect(await overrides.list("chat", NOW + YEARS)).toEqual([anOverride({ until: null })]);
    });

    it("becomes endless, and gets an end, by being ordered again", async () => {
      const { overrides } = await make();
      await overrides.put(anOverride({ until: NOW + minutes(1) }));
      await overrides.put(anOverride({ until: null }));
      expect(await overrides.list("chat", NOW + YEARS)).toHaveLength(1);
      await overrides.put(anOverride({ until: NOW + minutes(2) }));
      expect(await overrides.list("chat", NOW + minutes(2))).toEqual([]);
    });

    it("is in force again when the clock steps back before its end", async () => {
      const { overrides } = await make();
      const until = NOW + minutes(30);
      await overrides.put(anOverride({ until }));
      expect(await overrides.list("chat", until + 10)).toEqual([]);
      expect(await overrides.list("chat", until - 10)).toHaveLength(1);
    });

    it("lists by id", async () => {
      const { overrides } = await make();
      const ids = ["pin", "Z", "freeze-scale-in", "pause"];
      for (const id of ids) await overrides.put(anOverride({ id }));
      const listed = await overrides.list("chat", NOW);
      expect(listed.map(({ id }) => id)).toEqual(["Z", "freeze-scale-in", "pause", "pin"]);
    });

    it("removes one once, and leaves the others", async () => {
      const { overrides } = await make();
      await overrides.put(anOverride());
      await overrides.put(pinTo(3));
      expect(await overrides.remove("chat", "pause")).toBe(true);
      expect(await overrides.remove("chat", "pause")).toBe(false);
      expect(await overrides.list("chat", NOW)).toEqual([pinTo(3)]);
    });

    it("says false for removing what never was", async () => {
      const { overrides } = await make();
      expect(await overrides.remove("nobody", "pause")).toBe(false);
    });

    it("keeps targets apart, even with equal ids and names that begin alike", async () => {
      const { overrides } = await make();
      const theirs = anOverride({ target: "chat-2", reason: "ops: another" });
      await overrides.put(anOverride());
      await overrides.put(theirs);
      expect(await overrides.list("chat", NOW)).toEqual([anOverride()]);
      expect(await overrides.remove("chat", "pause")).toBe(true);
      expect(await overrides.list("chat-2", NOW)).toEqual([theirs]);
    });

    describe("the log of orders", () => {
      const entry = (parts: Partial<OrderEntry> = {}): OrderEntry => ({
        target: "chat",
        kind: "pin",
        at: NOW,
        until: null,
        ...parts,
      });

      it("is empty at first, and is not what is in force", async () => {
        const { overrides } = await make();
        await overrides.put(pinTo(7));
        expect(await overrides.noted("chat", 0)).toEqual([]);
        await overrides.note(entry());
        expect(await overrides.list("chat", NOW)).toEqual([pinTo(7)]);
      });

      it("gives back its lines by time and then kind, also those that were withdrawn", async () => {
        const { overrides } = await make();
        const lines = [
          entry({ at: 999, until: 1500 }),
          entry({ at: NOW - 60, kind: "freeze-scale-in" }),
          entry({ at: NOW - 60, kind: "pause", until: NOW - 60 }),
          entry(),
        ];
        for (const each of lines.toReversed()) await overrides.note(each);
        expect(await overrides.noted("chat", 0)).toEqual(lines);
      });

      it("begins at the given time, included", async () => {
        const { overrides } = await make();
        await overrides.note(entry());
        expect(await overrides.noted("chat", NOW)).toHaveLength(1);
        expect(await overrides.noted("chat", NOW + 1)).toEqual([]);
      });

      it("has one line for each kind and time, the last one", async () => {
        const { overrides } = await make();
        await overrides.note(entry());
        await overrides.note(entry({ until: NOW }));
        expect(await overrides.noted("chat", NOW)).toEqual([entry({ until: NOW })]);
      });

      it("keeps targets apart", async () => {
        const { overrides } = await make();
        await overrides.note(entry({ target: "chat-2" }));
        expect(await overrides.noted("chat", 0)).toEqual([]);
      });
    });
  });
}
