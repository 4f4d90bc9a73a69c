import { describe, expect, it } from "@jest/globals";
import { onPromotion } from "../../functions/on-promotion/onPromotion.ts";
import { aLockingPolicy, aPromotion, minutes } from "../core/arrange.ts";
import { anOccurrence } from "../core/forecast/arrangePromotions.ts";
import { START } from "../usecases/arrange.ts";
import { aContext, aRuntime, isoAt, type TestRuntime } from "./arrange.ts";

const invoke = (runtime: TestRuntime, event: unknown): Promise<unknown> =>
  onPromotion(runtime)(event as never, aContext());

const wish = (parts: object = {}): object => ({
  action: "add",
  target: "chat",
  name: "11.11",
  start: isoAt(START + minutes(60)),
  end: isoAt(START + minutes(120)),
  expect: { units: 6 },
  ...parts,
});

describe("announcing a promotion", () => {
  it("stores it and sets timers for asking, start and end", async () => {
    const runtime = aRuntime();
    const lead = minutes(5);
    expect(await invoke(runtime, wish())).toMatchObject({
      kind: "added",
      promotion: { name: "11.11", target: "chat", expect: { units: 6 }, priority: 0 },
      timers: {
        kind: "set",
        at: [START + minutes(60) - lead - 60, START + minutes(60), START + minutes(120)],
      },
    });
    expect([...runtime.timersSet.keys()]).toEqual([expect.stringContaining("chat 11.11@")]);
    expect(await runtime.twins.promotions.list("chat", START)).toHaveLength(1);
  });

  it("asks for its units at once when it begins within the lead time, and leaves out timers that are past", async () => {
    const runtime = aRuntime();
    const answer = await invoke(runtime, wish({ start: isoAt(START + 60), end: isoAt(START + minutes(30)) }));
    expect((await runtime.twins.capacity.describe("chat")).desired).toBe(6);
    expect(answer).toMatchObject({ timers: { at: [START + 60, START + minutes(30)] } });
  });

  it("keeps a promotion whose timers cannot be set: the tick sees it", async () => {
    const runtime = aRuntime();
    const broken: TestRuntime = {
      ...runtime,
      timers: { ...runtime.timers, set: () => Promise.reject(new Error("AccessDenied")) },
    };
    expect(await invoke(broken, wish())).toMatchObject({
      kind: "added",
      timers: { kind: "not set", why: "AccessDenied" },
    });
    expect(await runtime.twins.promotions.list("chat", START)).toHaveLength(1);
  });

  it("answers with what earlier ones brought where nobody gives an estimate", async () => {
    const runtime = aRuntime();
    const start = START - minutes(10_080);
    await runtime.twins.uplifts.put(anOccurrence({ name: "11.11", start, end: start + minutes(60) }));
    const open = wish({ expect: undefined }) as Record<string, unknown>;
    delete open["expect"];
    expect(await invoke(runtime, open)).toMatchObject({
      kind: "added",
      promotion: { expect: { learned: { multiplier: 2.5, occurrences: 1 } } },
      expects: "×2.5 (learned from 1 earlier one)",
    });
    expect(await invoke(runtime, { ...open, name: "new" })).toMatchObject({
      kind: "added",
      expects: expect.stringContaining("nobody gave an estimate"),
    });
  });

  it("answers what it refuses, and sets no timers for it", async () => {
    const runtime = aRuntime();
    expect(await invoke(runtime, wish({ end: isoAt(START) }))).toMatchObject({
      kind: "refused",
      why: expect.stringContaining("end"),
    });
    expect(runtime.timersSet.size).toBe(0);
  });

  it.each([
    ["a time without offset", { start: "2025-11-11T09:00:00" }],
    ["nothing expected", { expect: {} }],
    ["two expectations", { expect: { units: 6, load: 100 } }],
    ["half a unit", { expect: { units: 1.5 } }],
    ["a negative load", { expect: { load: -1 } }],
    ["a misspelled key", { prioritiy: 1 }],
    ["a name with a comma", { name: "a,b" }],
    ["an unknown target", { target: "nobody" }],
    ["an unknown action", { action: "burn" }],
  ])("sets aside %s, with the reason", async (_case, parts) => {
    const runtime = aRuntime();
    expect(await invoke(runtime, wish(parts))).toEqual({ setAside: expect.stringMatching(/\w+/) });
    expect(await runtime.twins.promotions.list("chat", START)).toEqual([]);
  });
});

describe("a promotion that was announced", () => {
  it("is listed beside the policy's, and can be taken back with its timers", async () => {
    const ofPolicy = aPromotion({
      id: "launch@x",
      target: "chat",
      start: START + minutes(10),
      end: START + minutes(20),
    });
    const runtime = aRuntime([aLockingPolicy()], [ofPolicy]);
    await invoke(runtime, wish());
    const { promotions } = (await invoke(runtime, { action: "list", target: "chat" })) as {
      promotions: { id: string }[];
    };
    expect(promotions.map(({ id }) => id)).toEqual(["launch@x", expect.stringContaining("11.11@")]);
    const id = promotions[1]?.id;
    expect(await invoke(runtime, { action: "remove", target: "chat", id })).toEqual({ removed: true });
    expect(await invoke(runtime, { action: "remove", target: "chat", id })).toEqual({ removed: false });
    expect(runtime.timersSet.size).toBe(0);
    expect(await runtime.world().promotions.list("chat", START)).toEqual([ofPolicy]);
  });

  it("of the policy is replaced by one of the same target and id, and counts in decisions", async () => {
    const ofPolicy = aPromotion({
      id: "launch",
      target: "chat",
      start: START,
      end: START + minutes(20),
      expect: { units: 5 },
    });
    const runtime = aRuntime([aLockingPolicy()], [ofPolicy]);
    await runtime.twins.promotions.put({ ...ofPolicy, expect: { units: 7 } });
    await invoke(runtime, {
      kind: "timer",
      target: "chat",
      promotion: "launch",
      scheduledTime: isoAt(START),
    });
    expect((await runtime.twins.capacity.describe("chat")).desired).toBe(7);
  });
});

describe("a timer", () => {
  const timer = (parts: object = {}): object => ({
    kind: "timer",
    target: "chat",
    promotion: "11.11@x",
    scheduledTime: isoAt(START),
    ...parts,
  });

  it("wakes its target", async () => {
    expect(await invoke(aRuntime(), timer())).toEqual({ decided: 1, busy: 0 });
  });

  it.each([
    ["of a target that is gone", { target: "gone" }],
    ["an hour old", { scheduledTime: isoAt(START - 3600) }],
    ["from the future", { scheduledTime: isoAt(START + 3600) }],
    ["without a time", { scheduledTime: undefined }],
  ])("is set aside when it is %s", async (_case, parts) => {
    expect(await invoke(aRuntime(), timer(parts))).toEqual({ setAside: expect.stringMatching(/\w+/) });
  });
});
