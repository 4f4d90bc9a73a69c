/** What floor mode found is put back once, and nothing else is touched. */
import { beforeEach, describe, expect, it } from "@jest/globals";
import { registerMinimum } from "../../../../lib/adapters/aws/autoscaling/registerMinimum.ts";
import { restoreFloor } from "../../../../lib/adapters/aws/autoscaling/restoreFloor.ts";
import type { FloorRecord } from "../../../../lib/ports/floorStore.ts";
import { NOW } from "../../../core/arrange.ts";
import { scalingError } from "../fakes/applicationAutoScaling.ts";
import { Account, resourceOf, VARIANT_DIMENSION } from "./arrange.ts";

const record: FloorRecord = {
  target: "chat",
  resourceId: resourceOf("chat"),
  dimension: VARIANT_DIMENSION,
  originalMinimum: 2,
  lastSet: 6,
  since: NOW,
};

let account: Account;
const restore = () => restoreFloor(account.autoScaling.client, account.floors, record);

beforeEach(async () => {
  account = new Account();
  account.addRegistered("chat", 6, 6, 8);
  await account.floors.put(record);
});

describe("restoring a floor", () => {
  it("sends the original minimum and nothing else, lowers no units, and removes the record", async () => {
    await restore();
    expect(account.autoScaling.registerCalls).toEqual([
      {
        ServiceNamespace: "sagemaker",
        ResourceId: record.resourceId,
        ScalableDimension: VARIANT_DIMENSION,
        MinCapacity: 2,
      },
    ]);
    expect(account.sageMaker.capacityOf(record.resourceId)).toBe(6);
    expect(await account.floors.get("chat")).toBeNull();
  });

  it("sends nothing when the original minimum is there already", async () => {
    account.addRegistered("chat", 6, 2, 8);
    await restore();
    expect(account.autoScaling.registerCalls).toEqual([]);
    expect(await account.floors.get("chat")).toBeNull();
  });

  it("goes no higher than a maximum that was lowered since", async () => {
    account.addRegistered("chat", 1, 0, 1);
    await restore();
    expect(account.minimumOf("chat")).toBe(1);
  });

  it("has nothing to do for a scalable target that is gone, and registers none", async () => {
    account.autoScaling.remove(record.resourceId, VARIANT_DIMENSION);
    await restore();
    expect(account.autoScaling.registerCalls).toEqual([]);
    expect(await account.floors.get("chat")).toBeNull();
  });

  it("has nothing to do for one that goes between look and call", async () => {
    account.autoScaling.failing = (command) =>
      command.startsWith("Register") ? scalingError("ObjectNotFoundException", "no scalable target") : null;
    await restore();
    expect(await account.floors.get("chat")).toBeNull();
  });

  it.each(["DescribeScalableTargetsCommand", "RegisterScalableTargetCommand"])(
    "keeps the record when %s fails, so that it is tried again",
    async (failing) => {
      account.autoScaling.failing = (command) =>
        command === failing ? scalingError("ThrottlingException", "Rate exceeded") : null;
      await expect(restore()).rejects.toThrow("Rate exceeded");
      expect(await account.floors.get("chat")).toEqual(record);
    },
  );

  it("says which dimensions there are when the record has another", async () => {
    const { client, registerCalls } = account.autoScaling;
    const wrong = { ...record, dimension: "sagemaker:variant:Colour" };
    await expect(registerMinimum(client, wrong, 2)).rejects.toThrow(/sagemaker:variant:DesiredInstanceCount/);
    expect(registerCalls).toEqual([]);
  });
});
