/** The stack around the functions: how they are run and watched, and what stays. */
import { describe, expect, it } from "@jest/globals";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { ENVIRONMENT } from "../../lib/contract/environment.ts";
import { Forewarm } from "../../lib/infra/forewarm.ts";
import { aPolicyOf, aStack, BUNDLES, completed, manyTargets, quietly, resourcesOf } from "./arrange.ts";

const POLICY = aPolicyOf({ chat: {}, floored: { endpoint: "floor-prod", mode: "floor" } });
const { template } = aStack(POLICY, { notifyEmail: "people@example.com" });

const propertiesOf = (type: string, of = template) =>
  resourcesOf(of, type).map(({ Properties }) => Properties);
const DEAD_LETTERS = { "Fn::GetAtt": [expect.stringMatching(/^ForewarmDeadLetters/), "Arn"] };

describe("the functions", () => {
  const functions = propertiesOf("AWS::Lambda::Function");

  it("run on Node 24 on arm64, with memory and time for what they do", () => {
    const sizes = functions.map((each) => [each["FunctionName"], each["MemorySize"], each["Timeout"]]);
    expect(sizes).toEqual([
      ["Forewarm-on-alarm", 512, 45],
      ["Forewarm-on-tick", 1024, 45],
      ["Forewarm-on-endpoint-change", 512, 45],
      ["Forewarm-on-promotion", 512, 45],
      ["Forewarm-build-forecast", 1769, 300],
      ["Forewarm-on-removal", 512, 45],
    ]);
    for (const each of functions) {
      expect(each).toMatchObject({
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        Handler: "index.handler",
      });
    }
  });

  it("are told everything that they read from their environment, and how Node uses memory", () => {
    for (const each of functions) {
      const { Variables } = each["Environment"] as { Variables: Record<string, unknown> };
      expect(Object.keys(Variables).sort()).toEqual([...Object.values(ENVIRONMENT), "NODE_OPTIONS"].sort());
      expect(Variables).toMatchObject({
        FOREWARM_SERVICE: "Forewarm",
        FOREWARM_ALARM_PREFIX: "Forewarm/",
        FOREWARM_EVENT_BUS: "default",
        NODE_OPTIONS: "--max-semi-space-size=4",
        FOREWARM_TIMER_DEAD_LETTERS_ARN: DEAD_LETTERS,
      });
      expect(JSON.stringify(Variables["FOREWARM_TIMER_FUNCTION_ARN"])).toContain(
        ":function:Forewarm-on-promotion",
      );
    }
  });

  it("are tried once more within five minutes, and keep what still fails", () => {
    const configs = propertiesOf("AWS::Lambda::EventInvokeConfig");
    expect(configs).toHaveLength(6);
    for (const each of configs) {
      expect(each).toMatchObject({
        MaximumRetryAttempts: 1,
        MaximumEventAgeInSeconds: 300,
        DestinationConfig: { OnFailure: { Destination: DEAD_LETTERS } },
      });
    }
  });

  it("log for a month unless told otherwise, and leave no log groups behind", () => {
    const groups = resourcesOf(template, "AWS::Logs::LogGroup");
    expect(groups.map(({ Properties }) => Properties["LogGroupName"])).toContain(
      "/aws/lambda/Forewarm-on-tick",
    );
    for (const { Properties, DeletionPolicy } of groups) {
      expect(Properties["RetentionInDays"]).toBe(30);
      expect(DeletionPolicy).toBe("Delete");
    }
    const longer = aStack(POLICY, { logRetention: RetentionDays.ONE_YEAR }).template;
    for (const each of propertiesOf("AWS::Logs::LogGroup", longer)) expect(each["RetentionInDays"]).toBe(365);
  });

  it("have names within Lambda's limit under the longest stack name, told apart", () => {
    const long = "A".repeat(127);
    const names = [`${long}1`, `${long}2`].flatMap((id) =>
      quietly(() => {
        const stack = new Stack(new App({ builtinCloudFormationValidation: false }), id);
        new Forewarm(stack, "Forewarm", { policy: POLICY, bundleFolder: BUNDLES });
        return propertiesOf("AWS::Lambda::Function", Template.fromStack(stack)).map((each) =>
          String(each["FunctionName"]),
        );
      }),
    );
    expect(new Set(names).size).toBe(12);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9-]{1,64}$/);
  });
});

describe("what stays and what is kept", () => {
  it("is the table: retained, restorable, encrypted, with time to live", () => {
    const [table] = resourcesOf(template, "AWS::DynamoDB::GlobalTable");
    expect(table?.DeletionPolicy).toBe("Retain");
    expect(table?.Properties).toMatchObject({
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: "KMS" },
      Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
    });
  });

  it("is nothing else", () => {
    const retained = Object.values(
      template.toJSON()["Resources"] as Record<string, { DeletionPolicy?: string }>,
    );
    expect(retained.filter((each) => each.DeletionPolicy === "Retain")).toHaveLength(1);
  });

  it("are dead letters, for fourteen days, over TLS", () => {
    expect(propertiesOf("AWS::SQS::Queue")).toEqual([
      expect.objectContaining({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true }),
    ]);
    expect(JSON.stringify(propertiesOf("AWS::SQS::QueuePolicy"))).toContain(
      '"Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny"',
    );
  });
});

describe("people", () => {
  it("are told by a topic that takes nothing without TLS, and from alarms of this account", () => {
    const [policy] = propertiesOf("AWS::SNS::TopicPolicy");
    expect(policy?.["PolicyDocument"]).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Effect: "Deny",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
        expect.objectContaining({
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
        }),
      ]),
    });
    expect(propertiesOf("AWS::SNS::Subscription")).toEqual([
      expect.objectContaining({ Protocol: "email", Endpoint: "people@example.com" }),
    ]);
  });

  it("hear of a controller that stops, fails, loses events, has old forecasts or is throttled", () => {
    const alarms = propertiesOf("AWS::CloudWatch::Alarm").filter((each) => each["AlarmName"] === undefined);
    expect(alarms).toHaveLength(5);
    for (const each of alarms) {
      expect(each).toMatchObject({ AlarmActions: [expect.anything()], OKActions: [expect.anything()] });
    }
    expect(alarms[0]).toMatchObject({
      Namespace: "Forewarm",
      MetricName: "Heartbeat",
      Dimensions: [{ Name: "service", Value: "Forewarm" }],
      Statistic: "Sum",
      ComparisonOperator: "LessThanThreshold",
      Threshold: 1,
      EvaluationPeriods: 5,
      TreatMissingData: "breaching",
    });
    expect(alarms[2]).toMatchObject({ MetricName: "ApproximateNumberOfMessagesVisible", Threshold: 0 });
    for (const each of alarms.slice(1)) expect(each["TreatMissingData"]).toBe("notBreaching");
  });

  it("find the names that they need in the outputs", () => {
    const outputs = Object.keys(template.toJSON()["Outputs"]).map((id) =>
      id.replace(/^Forewarm|[0-9A-F]{8}$/g, ""),
    );
    expect(outputs).toEqual([
      "TableName",
      "TopicArn",
      "AlarmFunctionArn",
      "PromotionFunction",
      "TickFunction",
      "EndpointChangeFunction",
      "ForecastFunction",
    ]);
  });
});

describe("dashboards", () => {
  const bodiesOf = (of: typeof template): string[] =>
    propertiesOf("AWS::CloudWatch::Dashboard", of).map((each) => JSON.stringify(each["DashboardBody"]));

  it("show each target's load, forecast and units, and ask the log groups of all scaling functions", () => {
    const [body] = bodiesOf(template);
    for (const text of [
      "chat: load",
      "chat: load and forecast",
      "floored: units",
      "Money per hour",
      "Accuracy",
    ]) {
      expect(body).toContain(text);
    }
    for (const name of ["on-alarm", "on-tick", "on-endpoint-change", "on-promotion"]) {
      expect(body).toContain(`SOURCE '/aws/lambda/Forewarm-${name}'`);
    }
  });

  it("are one for twenty targets", () => {
    expect(bodiesOf(template)).toHaveLength(1);
    expect(bodiesOf(aStack(manyTargets(21)).template)).toHaveLength(2);
  });
});

describe("a Forewarm", () => {
  it("takes a policy that has been parsed already, and leaves it as it is", () => {
    const policy = completed(POLICY);
    expect(aStack(policy).stack.forewarm.policy).toEqual(policy);
  });

  it("is alone in its stack, whose names it uses", () => {
    const { stack } = aStack(POLICY);
    expect(() => new Forewarm(stack, "Second", { policy: POLICY })).toThrow("holds one Forewarm already");
  });

  it("says how to make the bundles that it does not find", () => {
    expect(() => aStack(POLICY, { bundleFolder: "/nowhere" })).toThrow("npm run bundle");
  });
});
