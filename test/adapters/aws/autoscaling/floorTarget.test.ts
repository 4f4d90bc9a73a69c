/** What floor mode says to Application Auto Scaling and remembers of it, beyond the contract of capacity targets. */
import { beforeEach, describe, expect, it } from "@jest/globals";
import type { TargetPolicy } from "../../../../lib/core/policy.ts";
import { aPolicy, NOW } from "../../../core/arrange.ts";
import { scalingError } from "../fakes/applicationAutoScaling.ts";
import { aComponent, aVariant } from "../sagemaker/arrange.ts";
import { Account, COMPONENT_DIMENSION, resourceOf, VARIANT_DIMENSION } from "./arrange.ts";

const chat = aVariant("chat", { mode: "floor" });
const resourceId = resourceOf("chat");

let account: Account;
const wakeUp = (targets: readonly TargetPolicy[] = [chat]) => account.wakeUp(targets);

beforeEach(() => {
  account = new Account();
  account.addRegistered("chat", 3, 2, 8);
});

describe("describing a target in floor mode", () => {
  it("adds the registered minimum to what the target says", async () => {
    expect(await wakeUp().describe("chat")).toEqual({
      desired: 3,
      ready: 3,
      locked: null,
      changedAt: null,
      problem: null,
      minimum: 2,
    });
  });

  it("reads 50 targets in one call, more in further ones, and follows pages", async () => {
    const targets = Array.from({ length: 60 }, (_, i) => aVariant(`t${i}`, { mode: "floor" }));
    for (const { id } of targets) account.addRegistered(id, 3, 2);
    account.autoScaling.pageSize = 20;
    const capacity = wakeUp(targets);
    const states = await Promise.all(targets.map(({ id }) => capacity.describe(id)));
    expect(states.every(({ minimum }) => minimum === 2)).toBe(true);
    const sizes = account.autoScaling.describeCalls.map(({ ResourceIds = [] }) => ResourceIds.length);
    expect(sizes).toEqual([50, 50, 50, 10]);
  });

  it("reads the minimum anew when a target is described again, for that target only", async () => {
    account.addRegistered("other", 3);
    const capacity = wakeUp([chat, aVariant("other", { mode: "floor" })]);
    await capacity.describe("chat");
    account.addRegistered("chat", 3, 1, 8);
    expect((await capacity.describe("chat")).minimum).toBe(1);
    expect(account.autoScaling.describeCalls.map(({ ResourceIds }) => ResourceIds)).toEqual([
      [resourceId, resourceOf("other")],
      [resourceId],
    ]);
  });

  it("goes by the dimension where a resource is registered under two", async () => {
    const dimension = "sagemaker:variant:DesiredProvisionedConcurrency";
    account.autoScaling.add({ resourceId, dimension, minimum: 5, maximum: 9 });
    expect((await wakeUp().describe("chat")).minimum).toBe(2);
  });

  it("has no minimum and a problem where none is registered", async () => {
    account.autoScaling.remove(resourceId, VARIANT_DIMENSION);
    const { minimum, problem } = await wakeUp().describe("chat");
    expect(minimum).toBeNull();
    expect(problem).toMatch(/floor mode works through Application Auto Scaling.*register it/);
  });

  it("tells of a minimum that somebody else has set, from what to what, beside the target's own problem", async () => {
    await wakeUp().setMinimum("chat", 3, "t1");
    expect((await wakeUp().describe("chat")).problem).toBeNull();
    account.addRegistered("chat", 3, 5, 8);
    account.sageMaker.endpoint("chat").failureReason = "no capacity";
    expect((await wakeUp().describe("chat")).problem).toMatch(
      /^no capacity; somebody else set the minimum of endpoint\/chat\/variant\/AllTraffic .* from 3 to 5/,
    );
  });

  it("takes a return to the original minimum for no competitor: a deploy of the endpoint's stack does that", async () => {
    await wakeUp().setMinimum("chat", 3, "t1");
    account.addRegistered("chat", 3, 2, 8);
    expect((await wakeUp().describe("chat")).problem).toBeNull();
  });

  it("throws when the minimum cannot be read, and keeps no call that failed: unknown is not none", async () => {
    account.addRegistered("other", 3, 4);
    const capacity = wakeUp([chat, aVariant("other", { mode: "floor" })]);
    account.autoScaling.failing = () => scalingError("ThrottlingException", "Rate exceeded");
    await expect(capacity.describe("chat")).rejects.toThrow("Rate exceeded");
    account.autoScaling.failing = () => null;
    expect((await capacity.describe("other")).minimum).toBe(4);
    expect((await capacity.describe("chat")).minimum).toBe(2);
  });

  it("throws for a target that is not in floor mode", async () => {
    await expect(wakeUp([]).describe("chat")).rejects.toThrow(/no target "chat" in floor mode/);
    await expect(wakeUp([]).setMinimum("chat", 2, "t1")).rejects.toThrow(/no target "chat" in floor mode/);
  });

  it("does not take a kind that Application Auto Scaling does not know", () => {
    const nodes = aPolicy({ id: "nodes", kind: "eks-nodegroup" });
    expect(() => wakeUp([nodes])).toThrow(/nodes has the kind eks-nodegroup/);
  });
});

describe("moving the minimum", () => {
  it("sends the minimum and nothing else, so that maximum and suspensions stay", async () => {
    await wakeUp().setMinimum("chat", 4, "t1");
    expect(account.autoScaling.registerCalls).toEqual([
      {
        ServiceNamespace: "sagemaker",
        ResourceId: resourceId,
        ScalableDimension: VARIANT_DIMENSION,
        MinCapacity: 4,
      },
    ]);
    expect(account.autoScaling.of(resourceId, VARIANT_DIMENSION)).toMatchObject({
      MinCapacity: 4,
      MaxCapacity: 8,
      SuspendedState: { DynamicScalingInSuspended: true },
    });
  });

  it("uses the dimension of copies for an inference component, and takes it to 0", async () => {
    account.sageMaker.addComponent("ic", 3);
    const id = { resourceId: "inference-component/ic", dimension: COMPONENT_DIMENSION } as const;
    account.autoScaling.add({ ...id, minimum: 1, maximum: 8 });
    await wakeUp([aComponent("ic", { mode: "floor" })]).setMinimum("ic", 0, "t1");
    expect(account.autoScaling.of(id.resourceId, id.dimension)).toMatchObject({
      MinCapacity: 0,
      MaxCapacity: 8,
    });
  });

  it("remembers the original once and what was set each time", async () => {
    await wakeUp().setMinimum("chat", 3, "t1");
    const record = {
      target: "chat",
      resourceId,
      dimension: VARIANT_DIMENSION,
      originalMinimum: 2,
      since: NOW,
    };
    expect(await account.floors.get("chat")).toEqual({ ...record, lastSet: 3 });
    account.clock.set(NOW + 600);
    await wakeUp().setMinimum("chat", 1, "t2");
    expect(await account.floors.get("chat")).toEqual({ ...record, lastSet: 1 });
  });

  it("remembers before it changes anything", async () => {
    account.floors.put = async () => {
      throw new Error("the table is gone");
    };
    await expect(wakeUp().setMinimum("chat", 4, "t1")).rejects.toThrow("the table is gone");
    expect(account.autoScaling.registerCalls).toEqual([]);
  });

  it("sends a repeated request once", async () => {
    await wakeUp().setMinimum("chat", 4, "t1");
    expect(await wakeUp().setMinimum("chat", 4, "t1")).toEqual({ kind: "accepted", units: 4 });
    expect(account.autoScaling.registerCalls).toHaveLength(1);
  });

  it("refuses a minimum above the maximum with both numbers", async () => {
    expect(await wakeUp().setMinimum("chat", 9, "t1")).toEqual({
      kind: "refused",
      why: expect.stringMatching(/minimum of 9 is above the maximum of 8/),
    });
    expect(await account.floors.get("chat")).toBeNull();
  });

  it("refuses 0 for a real-time variant", async () => {
    expect(await wakeUp().setMinimum("chat", 0, "t1")).toEqual({
      kind: "refused",
      why: expect.stringMatching(/cannot run at 0/),
    });
  });

  it("refuses without a scalable target, says what to do, and registers none", async () => {
    account.autoScaling.remove(resourceId, VARIANT_DIMENSION);
    expect(await wakeUp().setMinimum("chat", 4, "t1")).toEqual({
      kind: "refused",
      why: expect.stringMatching(/Application Auto Scaling.*register it.*or set mode: full/),
    });
    expect(account.autoScaling.registerCalls).toEqual([]);
  });

  it("defers a raise while the endpoint is locked, but not a lowering, which moves no capacity", async () => {
    account.sageMaker.endpoint("chat").status = "Updating";
    expect(await wakeUp().setMinimum("chat", 3, "t1")).toEqual({
      kind: "deferred",
      why: "endpoint chat is Updating",
    });
    expect(account.minimumOf("chat")).toBe(2);
    expect(await wakeUp().setMinimum("chat", 1, "t2")).toEqual({ kind: "accepted", units: 1 });
  });

  it("defers while another update is pending, and leaves the record as it was", async () => {
    const pending = scalingError("ConcurrentUpdateException", "an update is pending");
    const failRegister = (command: string) => (command.startsWith("Register") ? pending : null);
    account.autoScaling.failing = failRegister;
    const deferred = { kind: "deferred", why: "an update is pending" };
    expect(await wakeUp().setMinimum("chat", 4, "t1")).toEqual(deferred);
    expect(await account.floors.get("chat")).toBeNull();
    account.autoScaling.failing = () => null;
    await wakeUp().setMinimum("chat", 3, "t2");
    account.autoScaling.failing = failRegister;
    expect(await wakeUp().setMinimum("chat", 4, "t3")).toEqual(deferred);
    expect(await account.floors.get("chat")).toMatchObject({ originalMinimum: 2, lastSet: 3 });
  });

  it("throws other refusals of the service on and leaves the record as it was", async () => {
    account.autoScaling.failing = (command) =>
      command.startsWith("Register") ? scalingError("ThrottlingException", "Rate exceeded") : null;
    await expect(wakeUp().setMinimum("chat", 4, "t1")).rejects.toMatchObject({ name: "ThrottlingException" });
    expect(await account.floors.get("chat")).toBeNull();
  });

  it("keeps the record when no answer came: the change may have been made", async () => {
    account.autoScaling.failing = (command) =>
      command.startsWith("Register") ? new Error("socket hang up") : null;
    await expect(wakeUp().setMinimum("chat", 4, "t1")).rejects.toThrow("socket hang up");
    expect(await account.floors.get("chat")).toMatchObject({ originalMinimum: 2, lastSet: 4 });
  });

  it("puts back the endpoint that the policy named before, and begins anew with the other", async () => {
    await wakeUp().setMinimum("chat", 4, "t1");
    account.addRegistered("chat-new", 3, 3, 8);
    const moved = wakeUp([aVariant("chat", { mode: "floor", endpoint: "chat-new" })]);
    expect((await moved.describe("chat")).problem).toBeNull();
    expect(await moved.setMinimum("chat", 5, "t2")).toEqual({ kind: "accepted", units: 5 });
    expect([account.minimumOf("chat"), account.minimumOf("chat-new")]).toEqual([2, 5]);
    expect(await account.floors.get("chat")).toMatchObject({
      resourceId: resourceOf("chat-new"),
      originalMinimum: 3,
      lastSet: 5,
    });
  });
});
