/** What the in-memory stores promise beyond their contracts: readers share one frozen object, so a read costs nothing. */
import { describe, expect, it } from "@jest/globals";
import { InMemoryDecisionLog } from "../../../lib/adapters/memory/inMemoryDecisionLog.ts";
import { InMemoryForecastStore } from "../../../lib/adapters/memory/inMemoryForecastStore.ts";
import { InMemoryMemoryStore } from "../../../lib/adapters/memory/inMemoryMemoryStore.ts";
import { InMemoryOverrideStore } from "../../../lib/adapters/memory/inMemoryOverrideStore.ts";
import { InMemoryPromotionStore } from "../../../lib/adapters/memory/inMemoryPromotionStore.ts";
import { EMPTY_MEMORY } from "../../../lib/core/memory.ts";
import { anOverride, aPromotion, aSituation, decided, NOW } from "../../core/arrange.ts";
import { aForecastDay } from "../../core/forecast/aForecastDay.ts";

describe("an in-memory store", () => {
  it("hands out the same unpacked forecast day each time, frozen to its slots", async () => {
    const store = new InMemoryForecastStore();
    await store.put([aForecastDay()]);
    const [first] = await store.get("chat", ["2025-11-11"]);
    const [second] = await store.get("chat", ["2025-11-11"]);
    expect(second).toBe(first);
    expect([first, first?.median, first?.errors.quantiles[0]].every(Object.isFrozen)).toBe(true);
  });

  it("keeps a forecast day apart from the one that was given, which stays open", async () => {
    const store = new InMemoryForecastStore();
    const given = aForecastDay();
    await store.put([given]);
    const [stored] = await store.get("chat", ["2025-11-11"]);
    expect(stored).not.toBe(given);
    expect([given, given.median, given.errors.levels, given.history].some(Object.isFrozen)).toBe(false);
  });

  it("rounds a forecast day as a table would", async () => {
    const store = new InMemoryForecastStore();
    const precise = aForecastDay({ median: aForecastDay().median.map((value) => value + Math.PI / 1000) });
    await store.put([precise]);
    const [stored] = await store.get("chat", ["2025-11-11"]);
    expect(stored?.median[100]).not.toBe(precise.median[100]);
    expect(stored?.median.every((value) => value === Number(value.toPrecision(4)))).toBe(true);
  });

  it("hands out the same memory each time, frozen", async () => {
    const store = new InMemoryMemoryStore();
    const answer = await store.acquire("chat", "tick-1", NOW, 50);
    if (answer.kind === "held") throw new Error("nobody else was there");
    await store.save(answer.lease, { ...EMPTY_MEMORY, recommendations: [{ at: NOW, units: 3 }] });
    const memory = await store.load("chat");
    expect(await store.load("chat")).toBe(memory);
    expect([memory, memory?.recommendations, memory?.recommendations[0]].every(Object.isFrozen)).toBe(true);
  });

  it("keeps a memory from being changed by who saved it", async () => {
    const store = new InMemoryMemoryStore();
    const answer = await store.acquire("chat", "tick-1", NOW, 50);
    if (answer.kind === "held") throw new Error("nobody else was there");
    const noticed = ["no forecast"];
    await store.save(answer.lease, { ...EMPTY_MEMORY, noticed });
    expect(() => noticed.push("more")).toThrow(TypeError);
    expect((await store.load("chat"))?.noticed).toEqual(["no forecast"]);
  });

  it("hands out the same promotion and override each time, in a list of the reader's own", async () => {
    const promotions = new InMemoryPromotionStore();
    const overrides = new InMemoryOverrideStore();
    await promotions.put(aPromotion());
    await overrides.put(anOverride());
    const [first, second] = [await promotions.list("chat", NOW), await promotions.list("chat", NOW)];
    expect(second[0]).toBe(first[0]);
    expect(second).not.toBe(first);
    expect(Object.isFrozen(first[0]?.expect)).toBe(true);
    expect((await overrides.list("chat", NOW))[0]).toBe((await overrides.list("chat", NOW))[0]);
  });

  it("leaves the record that was given without the outcome that completes it", async () => {
    const log = new InMemoryDecisionLog();
    const situation = aSituation();
    const outcome = { kind: "unknown", why: "asked, no answer yet" } as const;
    const record = { id: "chat@1#1", situation, memory: EMPTY_MEMORY, decision: decided(), outcome };
    await log.append(record);
    await log.complete("chat", "chat@1#1", { kind: "accepted", units: 5 });
    expect(record.outcome).toBe(outcome);
    const [completed] = await log.list("chat", 0, NOW + 1);
    expect(completed?.situation).toBe(situation);
  });
});
