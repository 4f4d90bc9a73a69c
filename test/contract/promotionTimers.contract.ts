/** What every kind of promotions' timers must do. Each test has timers of its own, and it is NOW. */
import { describe, expect, it } from "@jest/globals";
import { type EpochSeconds, MINUTE_SECONDS } from "../../lib/core/time.ts";
import type { PromotionTimers } from "../../lib/ports/promotionTimers.ts";
import { minutes, NOW } from "../core/arrange.ts";

export interface PromotionTimersUnderTest {
  readonly timers: PromotionTimers;
  /** The instants to come at which the controller will be woken for this promotion, in any order. */
  readonly planned: (target: string, promotion: string) => Promise<readonly EpochSeconds[]>;
  /** From now on nothing can be set or cleared. */
  readonly failAll: (why: string) => Promise<void>;
}

const LATER = [NOW + minutes(10), NOW + minutes(30), NOW + minutes(90)] as const;
const inOrder = (instants: readonly EpochSeconds[]): EpochSeconds[] => [...instants].sort((a, b) => a - b);

export function describePromotionTimersContract(
  name: string,
  make: () => Promise<PromotionTimersUnderTest>,
): void {
  describe(`promotion timers: ${name}`, () => {
    it("plans nothing by itself", async () => {
      const { planned } = await make();
      expect(await planned("chat", "p1")).toEqual([]);
    });

    it("wakes at each instant", async () => {
      const { timers, planned } = await make();
      await timers.set("chat", "p1", LATER);
      expect(inOrder(await planned("chat", "p1"))).toEqual(LATER);
    });

    it("wakes within the minute before an instant that is not a whole minute, never after it", async () => {
      const { timers, planned } = await make();
      const at = NOW + minutes(10) + 45;
      await timers.set("chat", "p1", [at]);
      const [wakeUp, ...others] = await planned("chat", "p1");
      expect(others).toEqual([]);
      expect(wakeUp).toBeLessThanOrEqual(at);
      expect(wakeUp).toBeGreaterThan(at - MINUTE_SECONDS);
    });

    it("wakes once for an instant that is named twice", async () => {
      const { timers, planned } = await make();
      await timers.set("chat", "p1", [LATER[0], LATER[0]]);
      expect(await planned("chat", "p1")).toEqual([LATER[0]]);
    });

    it("is harmless to set twice", async () => {
      const { timers, planned } = await make();
      await timers.set("chat", "p1", LATER);
      await timers.set("chat", "p1", LATER);
      expect(inOrder(await planned("chat", "p1"))).toEqual(LATER);
    });

    it.each([
      ["other instants", LATER.map((at) => at + minutes(5))],
      ["fewer", [LATER[1]]],
      ["more", [...LATER, NOW + minutes(120)]],
      ["none", []],
    ])("replaces those of the same promotion by %s", async (_case, at) => {
      const { timers, planned } = await make();
      await timers.set("chat", "p1", LATER);
      await timers.set("chat", "p1", at);
      expect(inOrder(await planned("chat", "p1"))).toEqual(at);
    });

    it("leaves out what has passed", async () => {
      const { timers, planned } = await make();
      await timers.set("chat", "p1", [NOW - minutes(60), NOW, LATER[2]]);
      expect(await planned("chat", "p1")).toEqual([LATER[2]]);
    });

    it("clears all of a promotion, and again", async () => {
      const { timers, planned } = await make();
      await timers.set("chat", "p1", LATER);
      await timers.clear("chat", "p1");
      expect(await planned("chat", "p1")).toEqual([]);
      await timers.clear("chat", "p1");
      expect(await planned("chat", "p1")).toEqual([]);
    });

    it("does nothing when it clears what never was", async () => {
      const { timers, planned } = await make();
      await timers.set("chat", "p1", LATER);
      await timers.clear("nobody", "p1");
      expect(inOrder(await planned("chat", "p1"))).toEqual(LATER);
    });

    it.each([
      ["another target", "chat-2", "p1"],
      ["another promotion", "chat", "p2"],
      ["names that read the same when joined", "chat-p1", "p1"],
      ["names that differ in a single sign", "chat", "p1@"],
      ["names that differ only at their end", "chat", `${"p".repeat(200)}2`],
      ["names in another script", "chat", "光棍节@2025-11-11T00:00Z"],
    ])("keeps apart those of %s", async (_case, target, promotion) => {
      const { timers, planned } = await make();
      const others = ["p1", "p1-p1", "p1#", `${"p".repeat(200)}1`, "元宵节@2025-11-11T00:00Z"];
      for (const each of others) await timers.set("chat", each, [LATER[0]]);
      await timers.set(target, promotion, [LATER[1]]);
      for (const each of others) expect(await planned("chat", each)).toEqual([LATER[0]]);
      await timers.clear(target, promotion);
      for (const each of others) expect(await planned("chat", each)).toEqual([LATER[0]]);
      expect(await planned(target, promotion)).toEqual([]);
    });

    it("fails with the reason when they cannot be set or cleared", async () => {
      const { timers, planned, failAll } = await make();
      await timers.set("chat", "p1", LATER);
      await failAll("access denied");
      await expect(timers.set("chat", "p2", LATER)).rejects.toThrow(/access denied/);
      await expect(timers.clear("chat", "p1")).rejects.toThrow(/access denied/);
      expect(inOrder(await planned("chat", "p1"))).toEqual(LATER);
    });
  });
}
