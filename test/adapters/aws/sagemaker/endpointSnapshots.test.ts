/** How few calls the targets of one endpoint cost in a wake-up, and that none of them acts on what is no longer so. */
import { beforeEach, describe, expect, it } from "@jest/globals";
import { SageMakerVariantTarget } from "../../../../lib/adapters/aws/sagemaker/sageMakerVariantTarget.ts";
import { FakeSageMaker, serviceError } from "../fakes/sageMaker.ts";
import { onShared } from "./arrange.ts";

const POLICIES = [onShared("blue", "Blue"), onShared("green", "Green"), onShared("red", "Red")];

let sageMaker: FakeSageMaker;

/** The adapter of a new wake-up. */
const wakeUp = () => new SageMakerVariantTarget(sageMaker.client, POLICIES);
const looks = (): number => sageMaker.commands("DescribeEndpoint").length;

beforeEach(() => {
  sageMaker = new FakeSageMaker();
  sageMaker.addEndpoint("shared", { Blue: 3, Green: 2, Red: 1 });
});

describe("snapshots of endpoints", () => {
  it("costs one call for three targets of one endpoint, one after the other or all at once", async () => {
    const one = wakeUp();
    for (const { id } of POLICIES) await one.describe(id);
    expect(looks()).toBe(1);
    const other = wakeUp();
    const states = await Promise.all(POLICIES.map(({ id }) => other.describe(id)));
    expect(looks()).toBe(2);
    expect(states.map(({ desired }) => desired)).toEqual([3, 2, 1]);
  });

  it("looks anew when a target is described again, and sees what has moved", async () => {
    const target = wakeUp();
    await target.describe("blue");
    sageMaker.moveTo("endpoint/shared/variant/Blue", 4);
    expect((await target.describe("blue")).desired).toBe(4);
    expect(looks()).toBe(2);
    expect((await target.describe("green")).locked).not.toBeNull();
    expect(looks()).toBe(2);
  });

  it("shares nothing that was seen before a change", async () => {
    const target = wakeUp();
    await target.describe("blue");
    await target.setUnits("blue", 4, "t1");
    expect((await target.describe("green")).locked).toEqual({ why: "endpoint shared is Updating" });
  });

  it("does not keep a call that failed", async () => {
    const target = wakeUp();
    sageMaker.failing = () => serviceError("ThrottlingException", "Rate exceeded");
    await expect(target.describe("blue")).rejects.toThrow("Rate exceeded");
    sageMaker.failing = () => null;
    expect((await target.describe("green")).desired).toBe(2);
  });
});
