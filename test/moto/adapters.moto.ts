/** The adapters against moto: that the requests they make are understood, and the answers read, by code that is not ours. */
import {
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { PutMetricAlarmCommand, SetAlarmStateCommand, type StateValue } from "@aws-sdk/client-cloudwatch";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, it } from "@jest/globals";
import { FloorTarget } from "../../lib/adapters/aws/autoscaling/floorTarget.ts";
import { restoreFloor } from "../../lib/adapters/aws/autoscaling/restoreFloor.ts";
import { CloudWatchAlarmWatch } from "../../lib/adapters/aws/cloudwatch/cloudWatchAlarmWatch.ts";
import { CloudWatchMetricSource } from "../../lib/adapters/aws/cloudwatch/cloudWatchMetricSource.ts";
import { DynamoDecisionLog } from "../../lib/adapters/aws/dynamo/dynamoDecisionLog.ts";
import { DynamoForecastStore } from "../../lib/adapters/aws/dynamo/dynamoForecastStore.ts";
import { DynamoMemoryStore } from "../../lib/adapters/aws/dynamo/dynamoMemoryStore.ts";
import { DynamoOverrideStore } from "../../lib/adapters/aws/dynamo/dynamoOverrideStore.ts";
import { DynamoPromotionStore } from "../../lib/adapters/aws/dynamo/dynamoPromotionStore.ts";
import { DynamoTable } from "../../lib/adapters/aws/dynamo/dynamoTable.ts";
import { DynamoUnitLoadStore } from "../../lib/adapters/aws/dynamo/dynamoUnitLoadStore.ts";
import { DynamoUpliftStore } from "../../lib/adapters/aws/dynamo/dynamoUpliftStore.ts";
import { EksNodegroupTarget } from "../../lib/adapters/aws/eks/eksNodegroupTarget.ts";
import { SageMakerVariantTarget } from "../../lib/adapters/aws/sagemaker/sageMakerVariantTarget.ts";
import { InMemoryFloorStore } from "../../lib/adapters/memory/inMemoryFloorStore.ts";
import { ManualClock } from "../../lib/adapters/memory/manualClock.ts";
import { makeTable } from "../adapters/aws/makeTable.ts";
import { describeDecisionLogContract } from "../contract/decisionLog.contract.ts";
import { describeForecastStoreContract } from "../contract/forecastStore.contract.ts";
import { describeMemoryStoreContract } from "../contract/memoryStore.contract.ts";
import { describeOverrideStoreContract } from "../contract/overrideStore.contract.ts";
import { describePromotionStoreContract } from "../contract/promotionStore.contract.ts";
import { describeUnitLoadStoreContract } from "../contract/unitLoadStore.contract.ts";
import { describeUpliftStoreContract } from "../contract/upliftStore.contract.ts";
import { aLockingPolicy, aPolicy } from "../core/arrange.ts";
import {
  autoScaling,
  cloudWatch,
  dynamo,
  eks,
  instancesOf,
  makeEndpoint,
  makeNodegroup,
  putMinutes,
  resetMoto,
  sageMaker,
} from "./moto.ts";

const documents = DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } });
let tables = 0;

async function aTable(): Promise<DynamoTable> {
  const name = `forewarm-${tables++}`;
  await makeTable(dynamo, name);
  return new DynamoTable(documents, name);
}

describeMemoryStoreContract("DynamoDB of moto", async () => ({
  memories: new DynamoMemoryStore(await aTable()),
}));
describeForecastStoreContract("DynamoDB of moto", async () => ({
  forecasts: new DynamoForecastStore(await aTable()),
}));
describePromotionStoreContract("DynamoDB of moto", async () => ({
  promotions: new DynamoPromotionStore(await aTable()),
}));
describeUpliftStoreContract("DynamoDB of moto", async () => ({
  uplifts: new DynamoUpliftStore(await aTable()),
}));
describeUnitLoadStoreContract("DynamoDB of moto", async () => ({
  unitLoads: new DynamoUnitLoadStore(await aTable()),
}));
describeOverrideStoreContract("DynamoDB of moto", async () => ({
  overrides: new DynamoOverrideStore(await aTable()),
}));
describeDecisionLogContract("DynamoDB of moto", async () => ({
  decisions: new DynamoDecisionLog(await aTable()),
}));

const chat = aLockingPolicy();

describe("a SageMaker variant of moto", () => {
  beforeEach(resetMoto);

  it("is described, raised and lowered", async () => {
    await makeEndpoint("chat", "AllTraffic", 2);
    const target = new SageMakerVariantTarget(sageMaker, [chat]);
    expect(await target.describe("chat")).toMatchObject({
      desired: 2,
      ready: 2,
      locked: null,
      problem: null,
    });
    expect(await target.setUnits("chat", 5, "t1")).toEqual({ kind: "accepted", units: 5 });
    expect(await instancesOf("chat")).toBe(5);
    expect(await target.setUnits("chat", 1, "t2")).toEqual({ kind: "accepted", units: 1 });
    expect(await instancesOf("chat")).toBe(1);
  });

  it("that does not exist is an error that names target and endpoint", async () => {
    const target = new SageMakerVariantTarget(sageMaker, [chat]);
    await expect(target.describe("chat")).rejects.toThrow(/chat/);
  });
});

describe("floor mode through Application Auto Scaling of moto", () => {
  const resource = { ServiceNamespace: "sagemaker", ResourceId: "endpoint/chat/variant/AllTraffic" } as const;
  const ScalableDimension = "sagemaker:variant:DesiredInstanceCount";

  const registered = async (): Promise<object | undefined> => {
    const answer = await autoScaling.send(
      new DescribeScalableTargetsCommand({
        ServiceNamespace: "sagemaker",
        ResourceIds: [resource.ResourceId],
      }),
    );
    return answer.ScalableTargets?.[0];
  };

  beforeEach(async () => {
    await resetMoto();
    await makeEndpoint("chat", "AllTraffic", 2);
    await autoScaling.send(
      new RegisterScalableTargetCommand({
        ...resource,
        ScalableDimension,
        MinCapacity: 1,
        MaxCapacity: 8,
        SuspendedState: { DynamicScalingInSuspended: true },
      }),
    );
  });

  it("moves the minimum and nothing else, and puts the original back", async () => {
    const floors = new InMemoryFloorStore();
    const floored = aLockingPolicy({ mode: "floor" });
    const inner = new SageMakerVariantTarget(sageMaker, [floored]);
    const target = new FloorTarget(inner, autoScaling, [floored], floors, new ManualClock(0));
    expect(await target.describe("chat")).toMatchObject({ desired: 2, minimum: 1 });
    expect(await target.setMinimum("chat", 4, "t1")).toEqual({ kind: "accepted", units: 4 });
    const suspended = expect.objectContaining({ DynamicScalingInSuspended: true });
    expect(await registered()).toMatchObject({ MinCapacity: 4, MaxCapacity: 8, SuspendedState: suspended });
    const record = await floors.get("chat");
    if (record === null) throw new Error("the floor was not remembered");
    await restoreFloor(autoScaling, floors, record);
    expect(await registered()).toMatchObject({ MinCapacity: 1, MaxCapacity: 8, SuspendedState: suspended });
    expect(await floors.get("chat")).toBeNull();
  });
});

describe("an EKS node group of moto", () => {
  beforeEach(resetMoto);

  it("is described, raised within its limits, and its minimum moved", async () => {
    await makeNodegroup("inference", "gpu", [1, 2, 6]);
    const policy = aPolicy({
      id: "nodes",
      kind: "eks-nodegroup",
      resource: { cluster: "inference", nodegroup: "gpu" },
    });
    // A new adapter for each step, as each wake-up has one: moto does not know DescribeUpdate.
    const target = (): EksNodegroupTarget => new EksNodegroupTarget(eks, [policy]);
    expect(await target().describe("nodes")).toMatchObject({ desired: 2, minimum: 1, locked: null });
    expect(await target().setUnits("nodes", 4, "t1")).toEqual({ kind: "accepted", units: 4 });
    expect(await target().describe("nodes")).toMatchObject({ desired: 4, minimum: 1 });
    expect(await target().setMinimum("nodes", 3, "t2")).toEqual({ kind: "accepted", units: 3 });
    expect(await target().describe("nodes")).toMatchObject({ desired: 4, minimum: 3 });
    expect((await target().setUnits("nodes", 9, "t3")).kind).toBe("refused");
  });
});

describe("CloudWatch of moto", () => {
  beforeEach(resetMoto);

  it("gives back the minutes of a metric, each in its place, in the policy's unit", async () => {
    const now = Math.floor(Date.now() / 60_000) * 60;
    const dimensions = { EndpointName: "chat", VariantName: "AllTraffic" };
    await putMinutes("AWS/SageMaker", "Invocations", dimensions, now - 600, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await putMinutes(
      "/aws/sagemaker/Endpoints",
      "GPUUtilization",
      dimensions,
      now - 600,
      [200, 240, 280, 320, 360, 400, 40, 80, 120],
    );
    const source = new CloudWatchMetricSource(cloudWatch, [
      aLockingPolicy({ unit: { gpus: 4, vcpus: null } }),
    ]);
    const [load, gpu] = await source.read(
      [
        { target: "chat", metric: "invocations", statistic: "sum", minutes: 20 },
        { target: "chat", metric: "gpuUtilization", statistic: "average", minutes: 3 },
      ],
      now,
    );
    expect(load?.end).toBe(now - 60);
    expect(load?.values.slice(-9)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(load?.values.slice(0, 11)).toEqual(new Array(11).fill(null));
    expect(gpu?.values).toEqual([10, 20, 30]);
  });

  it("tells which alarms ring", async () => {
    const states: readonly (readonly [string, StateValue])[] = [
      ["Forewarm/chat/rules[0]", "ALARM"],
      ["Forewarm/chat/rules[1]", "OK"],
      ["Forewarm/chat/errorGuard", "INSUFFICIENT_DATA"],
      ["Other/chat/rules[2]", "ALARM"],
    ];
    for (const [AlarmName, StateValue] of states) {
      await cloudWatch.send(
        new PutMetricAlarmCommand({
          AlarmName,
          Namespace: "AWS/SageMaker",
          MetricName: "ModelLatency",
          Statistic: "Average",
          Period: 60,
          EvaluationPeriods: 2,
          Threshold: 1,
          ComparisonOperator: "GreaterThanThreshold",
        }),
      );
      await cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: "a test" }));
    }
    const watched = await new CloudWatchAlarmWatch(cloudWatch, "Forewarm/").states(["chat"]);
    expect([...(watched.get("chat") ?? [])].sort((a, b) => (a.rule < b.rule ? -1 : 1))).toEqual([
      { rule: "errorGuard", state: "blind" },
      { rule: "rules[0]", state: "ringing" },
      { rule: "rules[1]", state: "quiet" },
    ]);
  });
});
