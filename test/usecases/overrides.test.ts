import { describe, expect, it } from "@jest/globals";
import { order, withdraw } from "../../lib/usecases/overrides.ts";
import { minutes } from "../core/arrange.ts";
import { aWorld, aWorldWithTarget, START, wake } from "./arrange.ts";

const REASON = "on call: checking a deploy";

describe("order", () => {
  it.each([
    [{ kind: "pin" as const }, "pin needs a whole number of units, got none"],
    [{ kind: "pin" as const, units: 2.5 }, "pin needs a whole number of units, got 2.5"],
    [{ kind: "pause" as const, units: 3 }, "pause takes no units, got 3; pin does"],
    [
      { kind: "pause" as const, until: START },
      "it would end at 2025-11-11T08:00Z, which is past; give a later time or none",
    ],
  ])("refuses %j", async (wrong, why) => {
    const world = aWorld();
    const wish = { target: "chat", until: null, reason: REASON, ...wrong };
    expect(await order(world, wish, START)).toEqual({ kind: "refused", why });
    expect(await world.overrides.list("chat", START)).toEqual([]);
  });

  it("keeps one of each kind", async () => {
    const world = aWorld();
    const wish = { target: "chat", until: null, reason: REASON };
    await order(world, { ...wish, kind: "pin", units: 3 }, START);
    await order(world, { ...wish, kind: "pin", units: 4 }, START);
    await order(world, { ...wish, kind: "freeze-scale-in" }, START);
    const inForce = await world.overrides.list("chat", START);
    expect(inForce.map(({ kind, units }) => [kind, units])).toEqual([
      ["freeze-scale-in", undefined],
      ["pin", 4],
    ]);
    expect(await withdraw(world, "chat", "pin", START)).toBe(true);
    expect(await withdraw(world, "chat", "pin", START)).toBe(false);
  });
});

describe("an override in force", () => {
  it.each([
    ["pause" as const, undefined, 2],
    ["pin" as const, 5, 5],
  ])("%s decides, and every decision shows it", async (kind, units, desired) => {
    const { world, policy } = aWorldWithTarget(600);
    const wish = { target: policy.id, kind, until: START + minutes(3), reason: REASON };
    await order(world, units === undefined ? wish : { ...wish, units }, START);
    for (let minute = 0; minute < 3; minute++) {
      const report = await wake(world, policy, START + minutes(minute));
      world.capacity.becomeReady(policy.id);
      expect(report).toMatchObject({
        record: { decision: { desired, overrides: [{ kind, reason: REASON }] } },
      });
      expect(report).toMatchObject({ record: { decision: { reason: expect.stringContaining(REASON) } } });
    }
    await wake(world, policy, START + minutes(3));
    expect((await world.capacity.describe(policy.id)).desired).toBe(9);
  });

  it("freeze keeps what is there and still lets the target grow", async () => {
    const { world, policy } = aWorldWithTarget(600);
    world.capacity.add(policy.id, 12);
    await order(world, { target: policy.id, kind: "freeze-scale-in", until: null, reason: REASON }, START);
    for (let minute = 0; minute < 30; minute++) await wake(world, policy, START + minutes(minute));
    expect((await world.capacity.describe(policy.id)).desired).toBe(12);
    await withdraw(world, policy.id, "freeze-scale-in", START);
    await wake(world, policy, START + minutes(30));
    expect((await world.capacity.describe(policy.id)).desired).toBeLessThan(12);
  });
});
