/** An alarm's event goes into the deployed bundle, and the capacity of an endpoint changes. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PutMetricAlarmCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { DynamoDecisionLog } from "../../lib/adapters/aws/dynamo/dynamoDecisionLog.ts";
import { DynamoTable } from "../../lib/adapters/aws/dynamo/dynamoTable.ts";
import { bundleFunctions } from "../../lib/infra/bundleFunctions.ts";
import { makeTable } from "../adapters/aws/makeTable.ts";
import { invokeBundle, STACK_ENVIRONMENT } from "../bundle/invokeBundle.ts";
import { aLockingPolicy, aRule } from "../core/arrange.ts";
import { eventBridgeForm } from "../functions/alarmEvents.ts";
import {
  ACCOUNT,
  cloudWatch,
  dynamo,
  instancesOf,
  MOTO_URL,
  makeEndpoint,
  putMinutes,
  resetMoto,
} from "./moto.ts";

const out = mkdtempSync(join(tmpdir(), "forewarm-bundles-"));
const dimensions = { EndpointName: "chat", VariantName: "AllTraffic" };
const ALARM = "Forewarm/chat/rules[0]";
const policy = { targets: [aLockingPolicy({ rules: [aRule()], staleAfterSeconds: 300 })], promotions: [] };
const endpoint = { AWS_ENDPOINT_URL: MOTO_URL };

beforeAll(async () => {
  await bundleFunctions(fileURLToPath(new URL("../../functions", import.meta.url)), out);
}, 60_000);
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** Two instances under a load that they carry, with a GPU at so many percent, whose alarm rings. */
async function arrange(gpu: number): Promise<number> {
  await makeEndpoint("chat", "AllTraffic", 2);
  await makeTable(dynamo, STACK_ENVIRONMENT.table);
  const now = Math.floor(Date.now() / 1000);
  const minute = Math.floor(now / 60) * 60;
  const minutes = (value: number): number[] => new Array<number>(30).fill(value);
  await putMinutes("AWS/SageMaker", "Invocations", dimensions, minute - 1800, minutes(100));
  await putMinutes("/aws/sagemaker/Endpoints", "GPUUtilization", dimensions, minute - 1800, minutes(gpu));
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName: ALARM,
      Namespace: "/aws/sagemaker/Endpoints",
      MetricName: "GPUUtilization",
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      Statistic: "Average",
      Period: 60,
      EvaluationPeriods: 2,
      Threshold: 70,
      ComparisonOperator: "GreaterThanThreshold",
    }),
  );
  await cloudWatch.send(
    new SetAlarmStateCommand({ AlarmName: ALARM, StateValue: "ALARM", StateReason: "a test" }),
  );
  return now;
}

describe("the deployed bundle of on-alarm", () => {
  beforeEach(resetMoto);

  it("raises the endpoint's capacity and writes down why", async () => {
    const now = await arrange(90);
    const event = eventBridgeForm({ name: ALARM, account: ACCOUNT, at: now });
    const { answer, error } = await invokeBundle(join(out, "on-alarm"), policy, event, endpoint);
    expect(error).toBeUndefined();
    expect(answer).toEqual({ decided: 1, busy: 0 });
    expect(await instancesOf("chat")).toBe(3);
    const log = new DynamoDecisionLog(
      new DynamoTable(DynamoDBDocumentClient.from(dynamo), STACK_ENVIRONMENT.table),
    );
    const [record, ...others] = await log.list("chat", now - 60, now + 120);
    expect(others).toEqual([]);
    expect(record?.decision.reason).toContain("gpuUtilization");
    expect(record?.outcome).toEqual({ kind: "accepted", units: 3 });
  }, 30_000);

  it("leads to the same capacity when the event comes again", async () => {
    const now = await arrange(90);
    const event = eventBridgeForm({ name: ALARM, account: ACCOUNT, at: now });
    await invokeBundle(join(out, "on-alarm"), policy, event, endpoint);
    await invokeBundle(join(out, "on-alarm"), policy, event, endpoint);
    expect(await instancesOf("chat")).toBe(3);
  }, 30_000);

  it("changes nothing when the minutes do not bear the alarm out", async () => {
    const now = await arrange(40);
    const event = eventBridgeForm({ name: ALARM, account: ACCOUNT, at: now });
    const { answer } = await invokeBundle(join(out, "on-alarm"), policy, event, endpoint);
    expect(answer).toEqual({ decided: 1, busy: 0 });
    expect(await instancesOf("chat")).toBe(2);
  }, 30_000);
});

describe("the deployed bundle of on-tick", () => {
  beforeEach(resetMoto);

  it("does the same without any alarm's event", async () => {
    const now = await arrange(90);
    const event = { kind: "tick", scheduledTime: new Date(now * 1000).toISOString() };
    const { answer, error, printed } = await invokeBundle(join(out, "on-tick"), policy, event, endpoint);
    expect(error).toBeUndefined();
    expect(answer).toEqual({ decided: 1, busy: 0 });
    expect(printed).toContain('"Heartbeat":1');
    expect(await instancesOf("chat")).toBe(3);
  }, 30_000);
});
