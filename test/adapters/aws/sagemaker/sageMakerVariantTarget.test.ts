/** What the adapter of variants says and sends, beyond the contract of capacity targets. */
import type { UpdateEndpointWeightsAndCapacitiesInput } from "@aws-sdk/client-sagemaker";
import { beforeEach, describe, expect, it } from "@jest/globals";
import { SageMakerVariantTarget } from "../../../../lib/adapters/aws/sagemaker/sageMakerVariantTarget.ts";
import { variantStateOf } from "../../../../lib/adapters/aws/sagemaker/variantState.ts";
import { aPolicy, NOW } from "../../../core/arrange.ts";
import { FakeSageMaker, serviceError } from "../fakes/sageMaker.ts";
import { endpointAnswer, INSUFFICIENT } from "../fakes/sageMakerStates.ts";
import { aVariant, onShared } from "./arrange.ts";

const POLICIES = [onShared("blue", "Blue"), onShared("green", "Green"), onShared("red", "Red")];

let sageMaker: FakeSageMaker;

/** The adapter of a new wake-up. */
const wakeUp = (policies = POLICIES) => new SageMakerVariantTarget(sageMaker.client, policies);
const looks = (): number => sageMaker.commands("DescribeEndpoint").length;
const updates = (): readonly unknown[] => sageMaker.commands("UpdateEndpointWeightsAndCapacities");

beforeEach(() => {
  sageMaker = new FakeSageMaker();
  sageMaker.addEndpoint("shared", { Blue: 3, Green: 2, Red: 1 });
});

describe("describing variants", () => {
  it.each([
    "Creating",
    "Updating",
    "SystemUpdating",
    "RollingBack",
    "OutOfService",
    "Deleting",
    "Failed",
    "UpdateRollbackFailed",
  ] as const)("is locked while the endpoint is %s and says so", async (status) => {
    sageMaker.endpoint("shared").status = status;
    expect((await wakeUp().describe("blue")).locked).toEqual({ why: `endpoint shared is ${status}` });
  });

  it("is locked while any variant waits for instances and names it, even a shadow", async () => {
    sageMaker.variant("shared", "Green").desired = 5;
    const why = "variant Green of endpoint shared has 2 of 5 instances";
    expect(await wakeUp().describe("blue")).toMatchObject({ desired: 3, ready: 3, locked: { why } });
    sageMaker.settleEndpoint("shared");
    expect((await wakeUp().describe("blue")).locked).toBeNull();
    sageMaker.endpoint("shared").shadows.set("Shadow", { desired: 2, current: 1 });
    expect((await wakeUp().describe("blue")).locked?.why).toContain("Shadow");
  });

  it("knows since when it changes: by the variant, or else by the endpoint, and not at rest", async () => {
    expect((await wakeUp().describe("blue")).changedAt).toBeNull();
    sageMaker.now = NOW + 60;
    await wakeUp().setUnits("blue", 4, "t1");
    sageMaker.endpoint("shared").lastModified = NOW + 90;
    expect((await wakeUp().describe("blue")).changedAt).toBe(NOW + 60);
    expect((await wakeUp().describe("green")).changedAt).toBe(NOW + 90);
    sageMaker.settleEndpoint("shared");
    expect((await wakeUp().describe("blue")).changedAt).toBeNull();
    sageMaker.endpoint("shared").status = "Failed";
    expect((await wakeUp().describe("blue")).changedAt).toBeNull();
  });

  it("reports a change that failed although the endpoint is InService, with the old count", async () => {
    await wakeUp().setUnits("blue", 6, "t1");
    sageMaker.lackCapacity("shared");
    expect((await wakeUp().describe("blue")).locked).toEqual({ why: "endpoint shared is RollingBack" });
    sageMaker.settleEndpoint("shared");
    expect(await wakeUp().describe("blue")).toMatchObject({
      desired: 3,
      ready: 3,
      locked: null,
      problem: INSUFFICIENT,
    });
    expect(await wakeUp().setUnits("blue", 6, "t2")).toEqual({ kind: "accepted", units: 6 });
  });

  it.each(["Failed", "OutOfService", "UpdateRollbackFailed"] as const)(
    "%s is a problem, with the reason where there is one",
    async (status) => {
      const endpoint = sageMaker.endpoint("shared");
      endpoint.status = status;
      expect((await wakeUp().describe("blue")).problem).toBe(`endpoint shared is ${status}`);
      endpoint.failureReason = "the image is gone";
      expect((await wakeUp().describe("blue")).problem).toBe(
        `endpoint shared is ${status}: the image is gone`,
      );
    },
  );

  it("throws for an endpoint that is not there, with target, endpoint and what to do", async () => {
    const target = wakeUp([aVariant("chat", { endpoint: "chat-endpoint" })]);
    const words =
      /^chat: SageMaker has no endpoint chat-endpoint .*create it, correct its name in the policy/;
    await expect(target.describe("chat")).rejects.toThrow(words);
    await expect(target.setUnits("chat", 2, "t1")).rejects.toThrow(words);
  });

  it("throws for a variant that is not there and names those that are", async () => {
    const target = wakeUp([onShared("chat", "Yellow")]);
    await expect(target.describe("chat")).rejects.toThrow(/no variant Yellow.*Blue, Green, Red/);
  });

  it("takes a count that is not stated for no number, and bears such a variant beside another", () => {
    const answer = endpointAnswer("shared", sageMaker.endpoint("shared"));
    const beside = {
      ...answer,
      ProductionVariants: [...(answer.ProductionVariants ?? []), { VariantName: "S" }],
    };
    expect(() => variantStateOf(beside, "S")).toThrow(
      /variant S of endpoint shared states no instance counts/,
    );
    expect(variantStateOf(beside, "Blue")).toMatchObject({ desired: 3, locked: null });
  });

  it("counts all instance pools together", () => {
    const InstancePools = [
      { InstanceType: "ml.g5.2xlarge" as const, CurrentInstanceCount: 1 },
      { InstanceType: "ml.g4dn.2xlarge" as const, CurrentInstanceCount: 2 },
    ];
    const pooled = { VariantName: "Blue", DesiredInstanceCount: 3, CurrentInstanceCount: 3, InstancePools };
    const answer = endpointAnswer("shared", sageMaker.endpoint("shared"));
    const state = variantStateOf({ ...answer, ProductionVariants: [pooled] }, "Blue");
    expect(state).toMatchObject({ desired: 3, ready: 3, locked: null });
  });

  it("leaves out targets of other kinds", async () => {
    await expect(wakeUp([aPolicy()]).describe("chat")).rejects.toThrow(/"chat".*none/);
  });

  it("throws for a policy without the names", () => {
    const nameless = aPolicy({ kind: "sagemaker-variant", resource: { endpoint: "shared" } });
    expect(() => wakeUp([nameless])).toThrow(
      /chat is a sagemaker-variant and its resource needs variant, got: endpoint/,
    );
  });
});

describe("setting the units of variants", () => {
  it("sends the count of one variant, and no weight", async () => {
    await wakeUp().setUnits("green", 4, "t1");
    const expected: UpdateEndpointWeightsAndCapacitiesInput = {
      EndpointName: "shared",
      DesiredWeightsAndCapacities: [{ VariantName: "Green", DesiredInstanceCount: 4 }],
    };
    expect(updates()).toEqual([expected]);
  });

  it("looks no further after the target was described, and sends nothing that is so already", async () => {
    const target = wakeUp();
    await target.describe("blue");
    expect(await target.setUnits("blue", 3, "t1")).toEqual({ kind: "accepted", units: 3 });
    expect(updates()).toEqual([]);
    expect(await target.setUnits("blue", 4, "t1")).toEqual({ kind: "accepted", units: 4 });
    expect(looks()).toBe(1);
  });

  it("sends a repeated request once", async () => {
    await wakeUp().setUnits("blue", 4, "t1");
    expect(await wakeUp().setUnits("blue", 4, "t1")).toEqual({ kind: "accepted", units: 4 });
    expect(updates()).toHaveLength(1);
  });

  it("refuses 0 for a real-time variant and says why, but not for an asynchronous one", async () => {
    expect(await wakeUp().setUnits("blue", 0, "t1")).toEqual({
      kind: "refused",
      why: expect.stringMatching(/at least 1.*cannot run at 0/),
    });
    expect(sageMaker.calls).toEqual([]);
    sageMaker.addEndpoint("queue", { AllTraffic: 2 }, true);
    const queue = wakeUp([aVariant("queue", { kind: "sagemaker-async-variant" })]);
    expect(await queue.setUnits("queue", 0, "t1")).toEqual({ kind: "accepted", units: 0 });
  });

  it("defers a second change of the endpoint, whichever variant it is for", async () => {
    const target = wakeUp();
    await target.setUnits("blue", 4, "t1");
    expect(await target.setUnits("green", 3, "t2")).toEqual({
      kind: "deferred",
      why: "endpoint shared is Updating",
    });
    expect(updates()).toHaveLength(1);
  });

  it("defers when the endpoint began to change between the look and the request", async () => {
    const target = wakeUp();
    await target.describe("blue");
    sageMaker.endpoint("shared").status = "SystemUpdating";
    expect(await target.setUnits("blue", 4, "t1")).toEqual({
      kind: "deferred",
      why: expect.stringContaining("Cannot update in-progress endpoint"),
    });
    sageMaker.settleEndpoint("shared");
    expect(await target.setUnits("blue", 4, "t1")).toEqual({ kind: "accepted", units: 4 });
  });

  it.each(["Updating", "RollingBack", "SystemUpdating"])(
    "defers when the service answers that the endpoint is %s",
    async (status) => {
      const message = `Endpoint cannot be updated while its status is ${status}.`;
      sageMaker.failing = (command) =>
        command.startsWith("Update") ? serviceError("ValidationException", message) : null;
      expect(await wakeUp().setUnits("blue", 4, "t1")).toEqual({ kind: "deferred", why: message });
    },
  );

  it("refuses what is above the quota in the service's words", async () => {
    sageMaker.endpoint("shared").quota = 4;
    expect(await wakeUp().setUnits("blue", 5, "t1")).toEqual({
      kind: "refused",
      why: expect.stringContaining("'ml.g5.2xlarge for endpoint usage' is 4 Instances"),
    });
  });

  it.each([
    ["ThrottlingException", "Rate exceeded"],
    ["ValidationException", "1 validation error detected"],
    ["AccessDeniedException", "not authorized to perform sagemaker:UpdateEndpointWeightsAndCapacities"],
  ])("throws a %s on", async (name, message) => {
    sageMaker.failing = (command) => (command.startsWith("Update") ? serviceError(name, message) : null);
    await expect(wakeUp().setUnits("blue", 4, "t1")).rejects.toMatchObject({ name, message });
  });

  it("throws an error that does not come from the service on", async () => {
    sageMaker.failing = (command) => (command.startsWith("Update") ? new Error("socket hang up") : null);
    await expect(wakeUp().setUnits("blue", 4, "t1")).rejects.toThrow("socket hang up");
  });

  it("names target and endpoint when the endpoint was deleted meanwhile", async () => {
    sageMaker.failing = (command) =>
      command.startsWith("Update") ? serviceError("ValidationException", "Could not find endpoint") : null;
    await expect(wakeUp().setUnits("blue", 4, "t1")).rejects.toThrow(
      /^blue: SageMaker has no endpoint shared/,
    );
  });

  it("refuses a minimum: SageMaker has none", async () => {
    expect(await wakeUp().setMinimum("blue", 2, "t1")).toEqual({
      kind: "refused",
      why: expect.stringContaining("Application Auto Scaling"),
    });
    await expect(wakeUp().setMinimum("nobody", 2, "t1")).rejects.toThrow(/nobody/);
  });
});
