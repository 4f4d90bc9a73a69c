import { describe, expect, it } from "@jest/globals";
import { decide } from "../../lib/core/decide/decide.ts";
import { runScaling } from "../../lib/usecases/runScaling.ts";
import { aLockingPolicy, minutes } from "../core/arrange.ts";
import { aWorld, aWorldWithTarget, publishLoad, START, wake } from "./arrange.ts";

const NEXT = START + minutes(1);

/** 600 a minute with half as much headroom, at 100 a unit. */
const HIGH_LOAD = 600;
const UNITS_FOR_HIGH_LOAD = 9;

describe("runScaling", () => {
  it("asks for what it decided, writes it down and remembers", async () => {
    const { world, policy } = aWorldWithTarget(HIGH_LOAD);
    const report = await wake(world, policy, START);
    expect(report).toMatchObject({
      kind: "decided",
      record: { outcome: { kind: "accepted", units: UNITS_FOR_HIGH_LOAD } },
    });
    expect(await world.capacity.describe(policy.id)).toMatchObject({
      desired: UNITS_FOR_HIGH_LOAD,
      ready: 2,
    });
    const [record] = await world.decisions.list(policy.id, START, NEXT);
    expect(record?.outcome).toEqual({ kind: "accepted", units: UNITS_FOR_HIGH_LOAD });
    expect(await world.memories.load(policy.id)).toEqual(record?.decision.memory);
  });

  it("writes records that can be decided again", async () => {
    const { world, policy } = aWorldWithTarget(HIGH_LOAD);
    for (let i = 0; i < 5; i++) await wake(world, policy, START + minutes(i));
    const records = await world.decisions.list(policy.id, START, START + minutes(5));
    expect(records).toHaveLength(5);
    for (const { situation, memory, decision } of JSON.parse(JSON.stringify(records)) as typeof records) {
      expect(decide(policy, situation, memory)).toEqual(decision);
    }
  });

  it("measures the lead time of a scale-out from what it sees", async () => {
    const { world, policy } = aWorldWithTarget(HIGH_LOAD);
    for (let i = 0; i < 6; i++) await wake(world, policy, START + minutes(i));
    world.capacity.becomeReady(policy.id);
    await wake(world, policy, START + minutes(6));
    expect((await world.memories.load(policy.id))?.starts).toMatchObject([{ seconds: minutes(6) }]);
  });

  describe("modes", () => {
    it("shadow decides and records and asks for nothing", async () => {
      const { world, policy } = aWorldWithTarget(HIGH_LOAD, { mode: "shadow" });
      const report = await wake(world, policy, START);
      expect(report).toMatchObject({
        record: {
          decision: { desired: UNITS_FOR_HIGH_LOAD },
          outcome: { kind: "none", why: "shadow mode records only" },
        },
      });
      expect(world.capacity.requests).toEqual([]);
    });

    it("floor moves the platform's minimum and nothing else", async () => {
      const { world, policy } = aWorldWithTarget(HIGH_LOAD, { mode: "floor" });
      await wake(world, policy, START);
      expect(world.capacity.requests).toMatchObject([{ call: "setMinimum", units: UNITS_FOR_HIGH_LOAD }]);
    });

    it("floor lowers the minimum again and leaves the platform's own units alone", async () => {
      const { world, policy } = aWorldWithTarget(100, { mode: "floor" });
      world.capacity.change(policy.id, { desired: 8, ready: 8, minimum: 6 });
      for (let i = 0; i < 12; i++) await wake(world, policy, START + minutes(i));
      const state = await world.capacity.describe(policy.id);
      expect(state.minimum).toBe(2);
      expect(state.desired).toBe(8);
    });
  });

  describe("re-check", () => {
    it("defers while the target is locked", async () => {
      const { world, policy } = aWorldWithTarget(HIGH_LOAD);
      world.capacity.change(policy.id, { locked: { why: "Updating" } });
      expect(await wake(world, policy, START)).toMatchObject({
        record: { outcome: { kind: "deferred", why: "Updating" } },
      });
      expect(world.capacity.requests).toEqual([]);
    });

    it("abandons quietly when the target moved since it was looked at, and converges next time", async () => {
      const { world, policy } = aWorldWithTarget(HIGH_LOAD);
      const { append } = world.decisions;
      world.decisions.append = async (record) => {
        world.capacity.change(policy.id, { desired: 4, ready: 4 });
        world.decisions.append = append;
        await append.call(world.decisions, record);
      };
      expect(await wake(world, policy, START)).toMatchObject({
        record: { outcome: { kind: "deferred", why: "desired units moved from 2 to 4 meanwhile" } },
      });
      await wake(world, policy, NEXT);
      expect((await world.capacity.describe(policy.id)).desired).toBe(UNITS_FOR_HIGH_LOAD);
    });

    it("reports a refusal in the platform's words", async () => {
      const { world, policy } = aWorldWithTarget(HIGH_LOAD);
      world.capacity.refuse(policy.id, "quota of 4 instances");
      expect(await wake(world, policy, START)).toMatchObject({
        record: { outcome: { kind: "refused", why: "quota of 4 instances" } },
      });
    });
  });

  describe("one at a time", () => {
    it("leaves a target alone that another wake-up holds, until its lease expires", async () => {
      const { world, policy } = aWorldWithTarget(HIGH_LOAD);
      await world.memories.acquire(policy.id, "another", START, 50);
      expect(await wake(world, policy, START + 10)).toMatchObject({ kind: "busy" });
      expect(await wake(world, policy, NEXT)).toMatchObject({ kind: "decided" });
    });

    it("asks for nothing when a newer wake-up took the lease meanwhile", async () => {
      const { world, policy } = aWorldWithTarget(HIGH_LOAD);
      const { save } = world.memories;
      world.memories.save = async (lease, memory) => {
        await world.memories.acquire(policy.id, "newer", START + 60, 50);
        return save.call(world.memories, lease, memory);
      };
      expect(await wake(world, policy, START)).toMatchObject({ kind: "busy" });
      expect(world.capacity.requests).toEqual([]);
    });

    it("frees the lease when it is done, and when it failed", async () => {
      const { world, policy } = aWorldWithTarget(HIGH_LOAD);
      await wake(world, policy, START);
      expect(await wake(world, policy, START + 1)).toMatchObject({ kind: "decided" });
      world.capacity.failDescribe(policy.id, "throttled");
      await wake(world, policy, START + 2);
      world.capacity.failDescribe(policy.id, null);
      expect(await wake(world, policy, START + 3)).toMatchObject({ kind: "decided" });
    });
  });

  describe("faults", () => {
    it("decides for the others when one target cannot be described", async () => {
      const world = aWorld();
      const policies = ["a", "b", "c"].map((id) => aLockingPolicy({ id }));
      for (const { id } of policies) {
        world.capacity.add(id, 2);
        publishLoad(world, id, HIGH_LOAD);
      }
      world.capacity.failDescribe("b", "no such endpoint");
      const reports = await runScaling(world, policies, START, "tick");
      expect(reports.map((each) => each.kind)).toEqual(["decided", "failed", "decided"]);
      expect(reports[1]).toMatchObject({ why: "b could not be described: no such endpoint" });
      expect((await world.capacity.describe("c")).desired).toBe(UNITS_FOR_HIGH_LOAD);
    });

    it("holds when no metric can be read at all", async () => {
      const { world, policy } = aWorldWithTarget(10);
      world.metrics.fail("CloudWatch is away");
      const report = await wake(world, policy, START);
      expect(report).toMatchObject({ record: { decision: { from: 2, desired: 2 } } });
      const reason = report.kind === "decided" ? report.record.situation.load?.why : "";
      expect(reason).toBe("the metric source failed: no metric could be read: CloudWatch is away");
    });

    it("runs on readings when the forecast store fails, and says so once", async () => {
      const { world, policy } = aWorldWithTarget(HIGH_LOAD);
      world.forecasts.get = async () => {
        throw new Error("table is gone");
      };
      await wake(world, policy, START);
      await wake(world, policy, NEXT);
      expect((await world.capacity.describe(policy.id)).desired).toBe(UNITS_FOR_HIGH_LOAD);
      expect(world.notifier.sent.map((each) => each.text)).toEqual([
        "deciding from readings alone: the forecast store failed: table is gone",
      ]);
    });

    it("scales although the log fails, and reports the failure", async () => {
      const { world, policy } = aWorldWithTarget(HIGH_LOAD);
      world.decisions.append = async () => {
        throw new Error("log is full");
      };
      expect(await wake(world, policy, START)).toMatchObject({ kind: "failed", why: "log is full" });
      expect((await world.capacity.describe(policy.id)).desired).toBe(UNITS_FOR_HIGH_LOAD);
    });

    it("scales although nobody can be notified", async () => {
      const { world, policy } = aWorldWithTarget(HIGH_LOAD);
      world.notifier.fail("topic is gone");
      expect(await wake(world, policy, START)).toMatchObject({ kind: "decided" });
    });

    it("leaves the outcome unknown when asking fails, and asks again next time", async () => {
      const { world, policy } = aWorldWithTarget(HIGH_LOAD);
      const { setUnits } = world.capacity;
      world.capacity.setUnits = async () => {
        world.capacity.setUnits = setUnits;
        throw new Error("connection reset");
      };
      expect(await wake(world, policy, START)).toMatchObject({
        record: { outcome: { kind: "unknown", why: "connection reset" } },
      });
      await wake(world, policy, NEXT);
      expect((await world.capacity.describe(policy.id)).desired).toBe(UNITS_FOR_HIGH_LOAD);
    });
  });
});
