import { describe, expect, it } from "@jest/globals";
import { InMemoryPromotionTimers } from "../../../lib/adapters/memory/inMemoryPromotionTimers.ts";
import { ManualClock } from "../../../lib/adapters/memory/manualClock.ts";
import { describePromotionTimersContract } from "../../contract/promotionTimers.contract.ts";
import { minutes, NOW } from "../../core/arrange.ts";

describePromotionTimersContract("in memory", async () => {
  const timers = new InMemoryPromotionTimers(new ManualClock(NOW));
  return {
    timers,
    planned: async (target, promotion) => timers.planned(target, promotion),
    failAll: async (why) => timers.fail(why),
  };
});

describe("the in-memory timers of promotions", () => {
  it("plan no more than what is still to come", async () => {
    const clock = new ManualClock(NOW);
    const timers = new InMemoryPromotionTimers(clock);
    await timers.set("chat", "p1", [NOW + minutes(20), NOW + minutes(10)]);
    expect(timers.planned("chat", "p1")).toEqual([NOW + minutes(10), NOW + minutes(20)]);
    clock.set(NOW + minutes(10));
    expect(timers.planned("chat", "p1")).toEqual([NOW + minutes(20)]);
  });

  it("can be mended", async () => {
    const timers = new InMemoryPromotionTimers(new ManualClock(NOW));
    timers.fail("access denied");
    await expect(timers.clear("chat", "p1")).rejects.toThrow("could not be reached: access denied");
    timers.fail(null);
    await timers.set("chat", "p1", [NOW + minutes(10)]);
    expect(timers.planned("chat", "p1")).toHaveLength(1);
  });
});
