/** What wakes the functions, and what must still be there, or be gone, when floors are put back. */
import { describe, expect, it } from "@jest/globals";
import { Duration } from "aws-cdk-lib";
import { aPolicyOf, aStack, manyTargets, resourcesOf } from "./arrange.ts";

const POLICY = aPolicyOf({ chat: {}, floored: { endpoint: "floor-prod", mode: "floor" } });
const { template } = aStack(POLICY);

const propertiesOf = (type: string, of = template) =>
  resourcesOf(of, type).map(({ Properties }) => Properties);
const DEAD_LETTERS = { "Fn::GetAtt": [expect.stringMatching(/^ForewarmDeadLetters/), "Arn"] };

describe("wake-ups", () => {
  const rules = propertiesOf("AWS::Events::Rule");

  it("come from the stack's own alarms alone, whatever their state", () => {
    const [alarms] = rules;
    expect(alarms?.["EventPattern"]).toMatchObject({
      source: ["aws.cloudwatch"],
      "detail-type": ["CloudWatch Alarm State Change"],
      resources: [{ prefix: { "Fn::Join": ["", expect.arrayContaining([":alarm:Forewarm/"])] } }],
    });
    expect(alarms?.["EventPattern"]).not.toHaveProperty("detail");
  });

  it("come from the policy's endpoints alone, however their names are written", () => {
    expect(rules[1]?.["EventPattern"]).toEqual({
      source: ["aws.sagemaker"],
      "detail-type": ["SageMaker Endpoint State Change", "SageMaker Endpoint Deployment State Change"],
      detail: {
        EndpointName: [{ "equals-ignore-case": "chat-prod" }, { "equals-ignore-case": "floor-prod" }],
      },
    });
  });

  it("are given up after five minutes, and kept", () => {
    for (const each of rules) {
      expect(each["Targets"]).toEqual([
        expect.objectContaining({
          DeadLetterConfig: { Arn: DEAD_LETTERS },
          RetryPolicy: { MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 2 },
        }),
      ]);
    }
  });

  it("take as many rules for endpoints as their patterns need", () => {
    const { template: many } = aStack(manyTargets(100));
    const patterns = propertiesOf("AWS::Events::Rule", many).map((each) => each["EventPattern"]);
    const names = patterns.flatMap(
      (each) => (each as { detail?: { EndpointName?: unknown[] } }).detail?.EndpointName ?? [],
    );
    expect(new Set(names.map((each) => JSON.stringify(each))).size).toBe(100);
    for (const each of patterns) expect(JSON.stringify(each).length).toBeLessThanOrEqual(2_048);
  });

  it("come every minute by the tick, tried once, and every six hours for forecasts", () => {
    const [tick, forecasts] = propertiesOf("AWS::Scheduler::Schedule");
    expect(tick).toMatchObject({
      ScheduleExpression: "rate(1 minute)",
      ScheduleExpressionTimezone: "UTC",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: {
        Input: '{"kind":"tick","scheduledTime":"<aws.scheduler.scheduled-time>"}',
        RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
        DeadLetterConfig: { Arn: DEAD_LETTERS },
      },
    });
    expect(forecasts).toMatchObject({
      ScheduleExpression: "rate(360 minutes)",
      Target: {
        Input: '{"kind":"refresh","scheduledTime":"<aws.scheduler.scheduled-time>"}',
        RetryPolicy: { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 300 },
      },
    });
  });

  it("take the schedules that they are given", () => {
    const { template: other } = aStack(POLICY, {
      forecastEvery: Duration.minutes(90),
      tickTimeZone: "Asia/Shanghai",
    });
    const schedules = propertiesOf("AWS::Scheduler::Schedule", other);
    expect(schedules[1]?.["ScheduleExpression"]).toBe("rate(90 minutes)");
    for (const each of schedules) expect(each["ScheduleExpressionTimezone"]).toBe("Asia/Shanghai");
    expect(() => aStack(POLICY, { forecastEvery: Duration.seconds(90) })).toThrow("got 1.5 minutes");
    expect(() => aStack(POLICY, { forecastEvery: Duration.days(2) })).toThrow(
      "allowed: whole minutes from 15",
    );
  });

  it("may come from alarms that call the function themselves, if they are named like ours", () => {
    const [permission] = propertiesOf("AWS::Lambda::Permission").filter(
      ({ Principal }) => Principal === "lambda.alarms.cloudwatch.amazonaws.com",
    );
    expect(permission).toMatchObject({
      SourceAccount: { Ref: "AWS::AccountId" },
      SourceArn: { "Fn::Join": ["", expect.arrayContaining([":alarm:Forewarm/*"])] },
    });
  });
});

describe("floors", () => {
  const resources = template.toJSON()["Resources"] as Record<string, { DependsOn?: string[] }>;
  const [floors] = resourcesOf(template, "Custom::ForewarmFloors");
  const idsOf = (type: string): string[] => resourcesOf(template, type).map(({ id }) => id);

  it("are put back by on-removal, which is told what is in floor mode now", () => {
    expect(floors?.Properties).toEqual({
      ServiceToken: { "Fn::GetAtt": [expect.stringMatching(/^ForewarmOnRemoval/), "Arn"] },
      ServiceTimeout: "300",
      targets: ["floored"],
    });
  });

  it("are put back while the function, its rights and the table are there", () => {
    const needed = [
      ...idsOf("AWS::Lambda::Function"),
      ...idsOf("AWS::DynamoDB::GlobalTable"),
      ...idsOf("AWS::IAM::Policy").filter((id) => id.startsWith("ForewarmOnRemovalRole")),
    ];
    expect(needed).toHaveLength(8);
    expect(floors?.DependsOn).toEqual(expect.arrayContaining(needed));
  });

  it("are put back after everything that wakes the loop is gone", () => {
    const wakers = [
      ...idsOf("AWS::Events::Rule"),
      ...idsOf("AWS::Scheduler::Schedule"),
      ...idsOf("AWS::IAM::Policy").filter((id) => id.startsWith("ForewarmTimerRole")),
    ];
    expect(wakers).toHaveLength(5);
    for (const id of wakers) expect(resources[id]?.DependsOn).toContain(floors?.id);
  });
});
