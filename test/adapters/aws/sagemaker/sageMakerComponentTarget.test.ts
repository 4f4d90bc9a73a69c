/** What the adapter of inference components says and sends, beyond the contract of capacity targets. */
import { beforeEach, describe, expect, it } from "@jest/globals";
import { componentStateOf } from "../../../../lib/adapters/aws/sagemaker/componentState.ts";
import { SageMakerComponentTarget } from "../../../../lib/adapters/aws/sagemaker/sageMakerComponentTarget.ts";
import { aPolicy, NOW } from "../../../core/arrange.ts";
import { FakeSageMaker, serviceError } from "../fakes/sageMaker.ts";
import { componentAnswer, type FakeComponent, INSUFFICIENT } from "../fakes/sageMakerStates.ts";
import { aComponent } from "./arrange.ts";

let sageMaker: FakeSageMaker;
let component: FakeComponent;
let target: SageMakerComponentTarget;

const updates = (): readonly unknown[] => sageMaker.commands("UpdateInferenceComponentRuntimeConfig");

beforeEach(() => {
  sageMaker = new FakeSageMaker();
  component = sageMaker.addComponent("chat", 3);
  target = new SageMakerComponentTarget(sageMaker.client, [aComponent("chat"), aComponent("gone")]);
});

describe("an inference component", () => {
  it.each(["Creating", "Updating", "Failed", "Deleting"] as const)(
    "is locked while it is %s and says so",
    async (status) => {
      component.status = status;
      expect((await target.describe("chat")).locked).toEqual({
        why: `inference component chat is ${status}`,
      });
    },
  );

  it("is locked while it waits for copies, and knows since when", async () => {
    Object.assign(component, { desired: 5, lastModified: NOW });
    expect(await target.describe("chat")).toMatchObject({
      desired: 5,
      ready: 3,
      locked: { why: "inference component chat has 3 of 5 copies" },
      changedAt: NOW,
    });
    sageMaker.settleComponent("chat");
    expect((await target.describe("chat")).changedAt).toBeNull();
  });

  it("reports a change that failed although it is InService, and a failure of the component", async () => {
    await target.setUnits("chat", 6, "t1");
    component.failing = INSUFFICIENT;
    sageMaker.settleComponent("chat");
    expect(await target.describe("chat")).toMatchObject({ desired: 3, locked: null, problem: INSUFFICIENT });
    component.status = "Failed";
    const failed = await target.describe("chat");
    expect(failed).toMatchObject({
      problem: `inference component chat is Failed: ${INSUFFICIENT}`,
      changedAt: null,
    });
  });

  it("goes to zero copies with one call that says nothing else", async () => {
    expect(await target.setUnits("chat", 0, "t1")).toEqual({ kind: "accepted", units: 0 });
    expect(updates()).toEqual([{ InferenceComponentName: "chat", DesiredRuntimeConfig: { CopyCount: 0 } }]);
  });

  it("sends nothing that is so already", async () => {
    expect(await target.setUnits("chat", 3, "t1")).toEqual({ kind: "accepted", units: 3 });
    expect(updates()).toEqual([]);
  });

  it.each(['Cannot update in-progress inference component "chat".', "chat is in UPDATE_IN_PROGRESS"])(
    "defers when the service says: %s",
    async (words) => {
      sageMaker.failing = (command) =>
        command.startsWith("Update") ? serviceError("ValidationException", words) : null;
      expect(await target.setUnits("chat", 4, "t1")).toEqual({ kind: "deferred", why: words });
    },
  );

  it("throws throttling on, as what it is", async () => {
    sageMaker.failing = () => serviceError("ThrottlingException", "Rate exceeded");
    await expect(target.setUnits("chat", 4, "t1")).rejects.toMatchObject({ name: "ThrottlingException" });
  });

  it("that does not exist is an error with target, component and what to do", async () => {
    await expect(target.describe("gone")).rejects.toThrow(
      /^gone: SageMaker has no inference component gone .*correct its name/,
    );
  });

  it("that states no copies is an error, not zero", () => {
    const { RuntimeConfig, ...stated } = componentAnswer("chat", component);
    expect(() => componentStateOf(stated)).toThrow(/chat states no copy counts/);
    const partly = { ...stated, RuntimeConfig: { DesiredCopyCount: RuntimeConfig?.DesiredCopyCount } };
    expect(() => componentStateOf(partly)).toThrow(/chat states no copy counts/);
  });

  it("has no minimum, and needs its name in the policy", async () => {
    expect((await target.setMinimum("chat", 2, "t1")).kind).toBe("refused");
    const nameless = aPolicy({ kind: "sagemaker-inference-component", resource: {} });
    expect(() => new SageMakerComponentTarget(sageMaker.client, [nameless])).toThrow(
      /component, got: nothing/,
    );
  });
});
