import { describe, expect, it } from "@jest/globals";
import { EMPTY_MEMORY } from "../../lib/core/memory.ts";
import { addPromotion, listPromotions, offerUplift, removePromotion } from "../../lib/usecases/promotions.ts";
import { minutes } from "../core/arrange.ts";
import { anOccurrence } from "../core/forecast/arrangePromotions.ts";
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
      expects: "8 units",
      learned: null,
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

describe("a promotion without an estimate", () => {
  const { expect: _, ...OPEN } = SALE;
  const earlier = anOccurrence({ name: "sale", start: START - minutes(10_080), end: START - minutes(9_900) });

  it("is answered with what earlier ones brought, and stored without it", async () => {
    const world = aWorld();
    await world.uplifts.put(earlier);
    expect(await addPromotion(world, OPEN, START)).toMatchObject({
      kind: "added",
      promotion: { expect: { learned: { multiplier: 2.5, occurrences: 1 } } },
      expects: "×2.5 (learned from 1 earlier one)",
      learned: { multiplier: 2.5 },
    });
    expect(await world.promotions.list("chat", START)).toMatchObject([{ expect: { learned: null } }]);
    expect(await listPromotions(world, "chat", START)).toMatchObject([
      { expect: { learned: { multiplier: 2.5 } } },
    ]);
  });

  it("is added where nothing is known, and the answer says so", async () => {
    expect(await addPromotion(aWorld(), OPEN, START)).toMatchObject({
      kind: "added",
      promotion: { expect: { learned: null } },
      expects: expect.stringContaining("nobody gave an estimate"),
    });
  });

  it("leaves an estimate as it is, and tells what was learned beside it", async () => {
    const world = aWorld();
    await world.uplifts.put(earlier);
    expect(await addPromotion(world, { ...OPEN, expect: { multiplier: 1.5 } }, START)).toMatchObject({
      promotion: { expect: { multiplier: 1.5 } },
      expects: "×1.5 of the usual load",
      learned: { multiplier: 2.5 },
    });
    expect(await offerUplift(world, "chat", "sale", START)).toMatchObject({ multiplier: 2.5 });
  });

  it("is added when what was learned cannot be read", async () => {
    const world = aWorld();
    const uplifts = {
      put: world.uplifts.put,
      remove: world.uplifts.remove,
      list: () => Promise.reject(new Error("down")),
    };
    expect(await addPromotion({ ...world, uplifts }, OPEN, START)).toMatchObject({
      kind: "added",
      learned: null,
      expects: "what earlier ones brought, which cannot be read now",
    });
    expect(await world.promotions.list("chat", START)).toHaveLength(1);
  });

  it("is forgotten with its effect when it is removed", async () => {
    const world = aWorld();
    await addPromotion(world, OPEN, START);
    await world.uplifts.put(anOccurrence({ id: "sale@2025-11-11T09:00Z" }));
    await removePromotion(world, "chat", "sale@2025-11-11T09:00Z");
    expect(await world.uplifts.list("chat")).toEqual([]);
  });

  it("is decided with what was learned, which stands in the record", async () => {
    const { world, policy } = aWorldWithTarget(400, { capacity: { min: 1, max: 50 } });
    await world.uplifts.put({ ...earlier, target: policy.id });
    await addPromotion(world, { ...OPEN, target: policy.id, start: START + minutes(5) }, START);
    const report = await wake(world, policy, START);
    expect(report).toMatchObject({
      record: { situation: { promotions: [{ expect: { learned: { multiplier: 2.5 } } }] } },
    });
    expect((await world.capacity.describe(policy.id)).desired).toBeGreaterThan(10);
  });

  it("holds what is there while what was learned cannot be read", async () => {
    const { world, policy } = aWorldWithTarget(100);
    await addPromotion(world, { ...OPEN, target: policy.id }, START);
    const down = () => Promise.reject(new Error("throttled"));
    const blind = { ...world, uplifts: { put: world.uplifts.put, remove: world.uplifts.remove, list: down } };
    expect(await wake(blind, policy, START)).toMatchObject({
      record: {
        situation: { unread: ["the effects of earlier promotions cannot be read: throttled"] },
        decision: { desired: 2, notices: [{ kind: "orders unread" }, { kind: "no forecast" }] },
      },
    });
  });

  it("is the only reason to read what was learned", async () => {
    const { world, policy } = aWorldWithTarget(100);
    await addPromotion(world, { ...SALE, target: policy.id }, START);
    let reads = 0;
    const list = async () => {
      reads++;
      return [];
    };
    const counted = { ...world, uplifts: { put: world.uplifts.put, remove: world.uplifts.remove, list } };
    await wake(counted, policy, START);
    expect(reads).toBe(0);
    await addPromotion(world, { ...OPEN, name: "other", target: policy.id }, START);
    await wake(counted, policy, START + minutes(1));
    expect(reads).toBe(1);
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
