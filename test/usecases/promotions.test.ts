import { describe, expect, it } from "@jest/globals";
import { EMPTY_MEMORY } from "../../lib/core/memory.ts";
import { addPromotion, listPromotions, removePromotion } from "../../lib/usecases/promotions.ts";
import { minutes } from "../core/arrange.ts";
import { aWorld, aWorldWithTarget, START, wake } from "./arrange.ts";

const SALE = {
  target: "chat",
  name: "sale",
  start: START + minutes(60),
  end: START + minutes(120),
  expect: { units: 8 },
} as const;

describe("addPromotion", () => {
  it("stores it under its name and start", async () => {
    const world = aWorld();
    const report = await addPromotion(world, SALE, START);
    expect(report).toEqual({
      kind: "added",
      promotion: { ...SALE, id: "sale@2025-11-11T09:00Z", priority: 0 },
      overlaps: [],
    });
    expect(await listPromotions(world, "chat", START)).toHaveLength(1);
  });

  it("is harmless when it is called again", async () => {
    const world = aWorld();
    await addPromotion(world, SALE, START);
    await addPromotion(world, { ...SALE, expect: { units: 9 } }, START);
    expect(await listPromotions(world, "chat", START)).toMatchObject([{ expect: { units: 9 } }]);
  });

  it("says what it overlaps", async () => {
    const world = aWorld();
    await addPromotion(world, SALE, START);
    const touching = { ...SALE, name: "after", start: SALE.end, end: SALE.end + 60 };
    const inside = { ...SALE, name: "inside", start: SALE.start + 60, end: SALE.end - 60, priority: 2 };
    expect(await addPromotion(world, touching, START)).toMatchObject({ overlaps: [] });
    expect(await addPromotion(world, inside, START)).toMatchObject({ overlaps: [{ name: "sale" }] });
  });

  it.each([
    [
      { end: SALE.start },
      "the end (2025-11-11T09:00Z) must be after the start (2025-11-11T09:00Z); give a later end",
    ],
    [
      { start: START - 120, end: START - 60 },
      "it ended at 2025-11-11T07:59Z; only what is to come can be added",
    ],
    [{ expect: { multiplier: 0 } }, "the expected load must be a number above 0, got 0"],
    [{ expect: { load: Number.NaN } }, "the expected load must be a number above 0, got NaN"],
  ])("refuses %j", async (wrong, why) => {
    const world = aWorld();
    expect(await addPromotion(world, { ...SALE, ...wrong }, START)).toEqual({ kind: "refused", why });
    expect(await listPromotions(world, "chat", START - 600)).toEqual([]);
  });

  it("is removed once", async () => {
    const world = aWorld();
    await addPromotion(world, SALE, START);
    expect(await removePromotion(world, "chat", "sale@2025-11-11T09:00Z")).toBe(true);
    expect(await removePromotion(world, "chat", "sale@2025-11-11T09:00Z")).toBe(false);
  });
});

describe("a promotion needs no event of its own", () => {
  /** Ticks from the start, with some minutes in which nothing woke the controller; the desired units each minute. */
  async function story(isLost: (minute: number) => boolean): Promise<readonly number[]> {
    const { world, policy } = aWorldWithTarget(100);
    await addPromotion(world, SALE, START);
    const desired: number[] = [];
    for (let minute = 0; minute < 180; minute++) {
      if (!isLost(minute)) await wake(world, policy, START + minutes(minute));
      world.capacity.becomeReady(policy.id);
      desired.push((await world.capacity.describe(policy.id)).desired);
    }
    return desired;
  }

  it("is there before the start, held, and released after the end", async () => {
    const desired = await story(() => false);
    expect(desired[30]).toBe(2);
    expect(Math.min(...desired.slice(60, 120))).toBe(8);
    expect(desired[179]).toBe(2);
  });

  it("is there when the minutes around its start and end were lost", async () => {
    const desired = await story((minute) => (minute > 40 && minute < 58) || (minute > 115 && minute < 125));
    expect(desired[60]).toBe(8);
    expect(desired[179]).toBe(2);
  });

  it("is released when it is removed while it lasts", async () => {
    const { world, policy } = aWorldWithTarget(100);
    await addPromotion(world, { ...SALE, start: START + 60 }, START);
    await wake(world, policy, START);
    world.capacity.becomeReady(policy.id);
    expect((await world.capacity.describe(policy.id)).desired).toBe(8);
    await removePromotion(world, "chat", "sale@2025-11-11T08:01Z");
    for (let minute = 1; minute < 60; minute++) {
      await wake(world, policy, START + minutes(minute));
      world.capacity.becomeReady(policy.id);
    }
    expect((await world.capacity.describe(policy.id)).desired).toBe(2);
    expect((await world.memories.load(policy.id)) ?? EMPTY_MEMORY).not.toEqual(EMPTY_MEMORY);
  });
});
