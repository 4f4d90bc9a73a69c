/** What tests can arrange on the twin beyond what every platform does. */
import { beforeEach, describe, expect, it } from "@jest/globals";
import { InMemoryCapacityTarget } from "../../../lib/adapters/memory/inMemoryCapacityTarget.ts";
import { NOW } from "../../core/arrange.ts";

let capacity: InMemoryCapacityTarget;

beforeEach(() => {
  capacity = new InMemoryCapacityTarget();
  capacity.add("chat", 3);
});

describe("the in-memory capacity target", () => {
  it("keeps new units pending until it is told that they are ready", async () => {
    await capacity.setUnits("chat", 5, "t1");
    expect(await capacity.describe("chat")).toMatchObject({ desired: 5, ready: 3 });
    capacity.becomeReady("chat");
    expect(await capacity.describe("chat")).toMatchObject({ desired: 5, ready: 5 });
  });

  it("lets go of ready units at once when it is lowered", async () => {
    await capacity.setUnits("chat", 1, "t1");
    expect(await capacity.describe("chat")).toMatchObject({ desired: 1, ready: 1 });
  });

  it("stays open after a change, or is locked until it is ready where that was said", async () => {
    await capacity.setUnits("chat", 5, "t1");
    expect((await capacity.setUnits("chat", 6, "t2")).kind).toBe("accepted");
    capacity.add("locking", 3, { locksWhileChanging: true });
    await capacity.setUnits("locking", 5, "t1");
    expect(await capacity.setUnits("locking", 6, "t2")).toEqual({
      kind: "deferred",
      why: "locking is Updating",
    });
    capacity.becomeReady("locking");
    expect((await capacity.setUnits("locking", 6, "t3")).kind).toBe("accepted");
  });

  it("does nothing for a token that comes again after another has moved the units", async () => {
    await capacity.setUnits("chat", 5, "t1");
    await capacity.setUnits("chat", 4, "t2");
    expect(await capacity.setUnits("chat", 5, "t1")).toEqual({ kind: "accepted", units: 5 });
    expect((await capacity.describe("chat")).desired).toBe(4);
  });

  it("tries again for a token that was deferred or refused", async () => {
    capacity.refuse("chat", "not today");
    expect(await capacity.setUnits("chat", 5, "t1")).toEqual({ kind: "refused", why: "not today" });
    capacity.refuse("chat", null);
    expect(await capacity.setUnits("chat", 5, "t1")).toEqual({ kind: "accepted", units: 5 });
  });

  it("cannot raise a minimum above the units of a locked target, and keeps the minimum it had", async () => {
    capacity.change("chat", { locked: { why: "a deployment is under way" }, minimum: 1 });
    expect(await capacity.setMinimum("chat", 5, "t1")).toEqual({
      kind: "deferred",
      why: "a deployment is under way",
    });
    expect(await capacity.describe("chat")).toMatchObject({ desired: 3, minimum: 1 });
    expect(await capacity.setMinimum("chat", 2, "t2")).toEqual({ kind: "accepted", units: 2 });
  });

  it("says whatever it is told to say", async () => {
    capacity.change("chat", { desired: 9, changedAt: NOW, problem: "InsufficientInstanceCapacity" });
    expect(await capacity.describe("chat")).toEqual({
      desired: 9,
      ready: 3,
      locked: null,
      changedAt: NOW,
      problem: "InsufficientInstanceCapacity",
      minimum: null,
    });
  });

  it("fails to describe one target until it is mended, and can still be asked", async () => {
    capacity.add("search", 1);
    capacity.failDescribe("chat", "throttled");
    await expect(capacity.describe("chat")).rejects.toThrow("chat could not be described: throttled");
    expect((await capacity.describe("search")).desired).toBe(1);
    expect((await capacity.setUnits("chat", 4, "t1")).kind).toBe("accepted");
    capacity.failDescribe("chat", null);
    expect((await capacity.describe("chat")).desired).toBe(4);
  });

  it("keeps what was asked beside the answers, oldest first, and not what was asked of nobody", async () => {
    await capacity.setUnits("chat", 4, "t1");
    await capacity.setMinimum("chat", -1, "t2");
    await expect(capacity.setUnits("nobody", 4, "t3")).rejects.toThrow('no target "nobody"; there are: chat');
    expect(capacity.requests).toEqual([
      {
        call: "setUnits",
        target: "chat",
        units: 4,
        token: "t1",
        outcome: { kind: "accepted", units: 4 },
      },
      {
        call: "setMinimum",
        target: "chat",
        units: -1,
        token: "t2",
        outcome: { kind: "refused", why: "units must be a whole number of at least 0, got -1" },
      },
    ]);
  });

  it("says that there are no targets where there are none", async () => {
    await expect(new InMemoryCapacityTarget().describe("chat")).rejects.toThrow("there are: none");
  });
});
