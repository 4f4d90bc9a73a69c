/** Whatever happens to a wake-up, the next ones bring the target where it belongs. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { TargetPolicy } from "../../lib/core/policy.ts";
import { minutes } from "../core/arrange.ts";
import { aWorldWithTarget, type Crash, crashing, START, type TestWorld, wake } from "../usecases/arrange.ts";

/** A scale-out from two units, and a scale-in to one. */
const LOADS = [600, 10] as const;

async function desiredOf(world: TestWorld, policy: TargetPolicy): Promise<number> {
  return (await world.capacity.describe(policy.id)).desired;
}

/** Ticks every minute; what was asked is ready by the next tick. */
async function tick(world: TestWorld, policy: TargetPolicy, from: number, count: number): Promise<void> {
  for (let i = from; i < from + count; i++) {
    await wake(world, policy, START + minutes(i));
    world.capacity.becomeReady(policy.id);
  }
}

/** Where a world nobody disturbs ends after forty ticks. */
async function undisturbed(load: number): Promise<number> {
  const { world, policy } = aWorldWithTarget(load);
  await tick(world, policy, 0, 40);
  return desiredOf(world, policy);
}

/** How many port calls one wake-up makes when all goes well. */
async function callsOf(load: number): Promise<number> {
  const { world, policy } = aWorldWithTarget(load);
  const mortal = crashing(world, { atCall: Number.POSITIVE_INFINITY, when: "after" });
  await wake(mortal.world, policy, START);
  return mortal.calls();
}

describe("a crash between any two steps of a wake-up", () => {
  it.each(LOADS)("is healed by the ticks after it (load %i)", async (load) => {
    const goal = await undisturbed(load);
    const calls = await callsOf(load);
    expect(calls).toBeGreaterThan(8);
    for (let atCall = 0; atCall < calls; atCall++) {
      for (const when of ["before", "after"] as const) {
        const { world, policy } = aWorldWithTarget(load);
        const crash: Crash = { atCall, when };
        const report = await wake(crashing(world, crash).world, policy, START);
        expect({ crash, kind: report.kind }).not.toEqual({ crash, kind: "busy" });
        await tick(world, policy, 1, 40);
        expect({ crash, desired: await desiredOf(world, policy) }).toEqual({ crash, desired: goal });
      }
    }
  });

  it("never leaves fewer units than a healthy wake-up would", async () => {
    const calls = await callsOf(600);
    for (let atCall = 0; atCall < calls; atCall++) {
      const { world, policy } = aWorldWithTarget(600);
      await wake(crashing(world, { atCall, when: "after" }).world, policy, START);
      expect(await desiredOf(world, policy)).toBeGreaterThanOrEqual(2);
      await wake(world, policy, START + minutes(1));
      expect({ atCall, desired: await desiredOf(world, policy) }).toEqual({ atCall, desired: 9 });
    }
  });
});

describe("wake-ups that are doubled, late or in another order", () => {
  /** Seconds after the start at which something woke the controller, and the time that it believes it is. */
  const wakeUp = fc.record({
    second: fc.integer({ min: 0, max: 1200 }),
    late: fc.integer({ min: 0, max: 300 }),
  });

  it("lead to the same capacity", async () => {
    const goals = new Map(
      await Promise.all(LOADS.map(async (load) => [load, await undisturbed(load)] as const)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...LOADS),
        fc.array(wakeUp, { maxLength: 12 }),
        async (load, extra) => {
          const { world, policy } = aWorldWithTarget(load);
          const ordered = [...extra].sort((a, b) => a.second - b.second);
          for (let minute = 0; minute < 60; minute++) {
            await wake(world, policy, START + minutes(minute));
            world.capacity.becomeReady(policy.id);
            for (const { second, late } of ordered.filter(
              (each) => Math.floor(each.second / 60) === minute,
            )) {
              await wake(world, policy, START + second - late);
            }
            world.capacity.becomeReady(policy.id);
          }
          expect(await desiredOf(world, policy)).toBe(goals.get(load));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("ask the platform once, not once for each", async () => {
    const { world, policy } = aWorldWithTarget(600);
    await Promise.all([1, 2, 3, 4, 5].map(() => wake(world, policy, START)));
    const accepted = world.capacity.requests.filter((each) => each.outcome.kind === "accepted");
    expect(accepted).toHaveLength(1);
  });
});
