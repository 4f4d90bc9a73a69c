/** What the roles may do, read from the template. */
import { describe, expect, it } from "@jest/globals";
import { aComponent, aNodegroup, aPolicyOf, aStack, resourcesOf } from "./arrange.ts";
import { type Statement, statementsOf } from "./statements.ts";

const HERE = "<Region>:<AccountId>";
const endpoint = (name: string): string => `arn:<Partition>:sagemaker:${HERE}:endpoint/${name}`;
const component = (name: string): string => `arn:<Partition>:sagemaker:${HERE}:inference-component/${name}`;

const actionsOn = (statements: readonly Statement[], resource: string): readonly string[] =>
  statements
    .filter(({ resources, condition }) => resources.includes(resource) && condition === undefined)
    .flatMap(({ actions }) => actions);

const SCALING = ["OnAlarm", "OnTick", "OnEndpointChange", "OnPromotion"];
const ALL = [...SCALING, "BuildForecast", "OnRemoval"];

const everyKind = aStack(
  aPolicyOf({
    shadowed: { endpoint: "Shadow-Prod" },
    floored: { endpoint: "floor-prod", mode: "floor" },
    full: { endpoint: "full-prod", mode: "full" },
    async: {
      kind: "sagemaker-async-variant",
      endpoint: "async-prod",
      mode: "full",
      load: { metric: "queueLength", perUnit: 10 },
      objective: undefined,
      errorGuard: "off",
    },
    summary: aComponent({ mode: "full" }),
    watched: aComponent({ component: "watched" }),
    nodes: aNodegroup({ mode: "floor" }),
  }),
).template;

const READ_ONLY_ANYWHERE = [
  "cloudwatch:GetMetricData",
  "cloudwatch:DescribeAlarms",
  "application-autoscaling:DescribeScalableTargets",
];

/** Everything with a `*` in it, and nothing else may have one. */
const WIDE = [
  "*",
  `arn:<Partition>:scheduler:${HERE}:schedule/<ForewarmTimers2DA0A0D0>/*`,
  `arn:<Partition>:eks:${HERE}:nodegroup/inference/gpu/*`,
  `arn:<Partition>:application-autoscaling:${HERE}:scalable-target/*`,
  `arn:<Partition>:sagemaker:${HERE}:endpoint-config/*`,
  endpoint("*"),
  component("*"),
];

describe.each(ALL)("the role of %s", (name) => {
  const statements = statementsOf(everyKind, name);

  it("names every action", () => {
    expect(statements.flatMap(({ actions }) => actions).filter((each) => each.includes("*"))).toEqual([]);
    expect(statements.length).toBeGreaterThan(2);
  });

  it("has only reading on everything", () => {
    const actions = statements
      .filter(({ resources }) => resources.includes("*"))
      .flatMap((each) => each.actions);
    expect(READ_ONLY_ANYWHERE).toEqual(expect.arrayContaining([...actions]));
  });

  it("has no other wildcards than those that have a reason", () => {
    const wide = statements.flatMap(({ resources }) => resources).filter((each) => each.includes("*"));
    expect(WIDE).toEqual(expect.arrayContaining(wide));
  });

  it("writes to its own log group only, and cannot make any", () => {
    const logs = statements.filter(({ actions }) => actions.some((each) => each.startsWith("logs:")));
    expect(logs).toEqual([
      {
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [expect.stringMatching(new RegExp(`^<Forewarm${name}Logs\\w+\\.Arn>$`))],
        condition: undefined,
      },
    ]);
  });

  it("is of that function alone, without policies of AWS", () => {
    const roles = resourcesOf(everyKind, "AWS::IAM::Role").filter(({ id }) =>
      id.startsWith(`Forewarm${name}Role`),
    );
    expect(roles.map(({ Properties }) => Properties["ManagedPolicyArns"])).toEqual([undefined]);
    const users = resourcesOf(everyKind, "AWS::Lambda::Function").filter(({ Properties }) =>
      JSON.stringify(Properties["Role"]).includes(`Forewarm${name}Role`),
    );
    expect(users.map(({ id }) => id)).toEqual([expect.stringMatching(new RegExp(`^Forewarm${name}`))]);
  });
});

describe.each(SCALING)("over targets, %s", (name) => {
  const statements = statementsOf(everyKind, name);

  it("describes an endpoint in shadow mode, as written and in small letters, and cannot change it", () => {
    expect(actionsOn(statements, endpoint("Shadow-Prod"))).toEqual(["sagemaker:DescribeEndpoint"]);
    expect(actionsOn(statements, endpoint("shadow-prod"))).toEqual(["sagemaker:DescribeEndpoint"]);
  });

  it("changes endpoints and components in full mode", () => {
    const changing = ["sagemaker:DescribeEndpoint", "sagemaker:UpdateEndpointWeightsAndCapacities"];
    expect(actionsOn(statements, endpoint("full-prod"))).toEqual(changing);
    expect(actionsOn(statements, endpoint("async-prod"))).toEqual(changing);
    expect(actionsOn(statements, component("summary"))).toEqual([
      "sagemaker:DescribeInferenceComponent",
      "sagemaker:UpdateInferenceComponentRuntimeConfig",
    ]);
    expect(actionsOn(statements, component("watched"))).toEqual(["sagemaker:DescribeInferenceComponent"]);
  });

  it("changes an endpoint in floor mode only through Application Auto Scaling", () => {
    expect(actionsOn(statements, endpoint("floor-prod"))).toEqual(["sagemaker:DescribeEndpoint"]);
    expect(statements).toContainEqual({
      actions: ["sagemaker:UpdateEndpointWeightsAndCapacities"],
      resources: [endpoint("floor-prod")],
      condition: { Bool: { "aws:ViaAWSService": "true" } },
    });
    expect(statements).toContainEqual({
      actions: ["application-autoscaling:RegisterScalableTarget"],
      resources: [`arn:<Partition>:application-autoscaling:${HERE}:scalable-target/*`],
      condition: { StringEquals: { "application-autoscaling:service-namespace": "sagemaker" } },
    });
  });

  it("moves the minimum of a node group, and asks its cluster what became of it", () => {
    expect(actionsOn(statements, `arn:<Partition>:eks:${HERE}:nodegroup/inference/gpu/*`)).toEqual([
      "eks:DescribeNodegroup",
      "eks:DescribeUpdate",
      "eks:UpdateNodegroupConfig",
    ]);
    expect(actionsOn(statements, `arn:<Partition>:eks:${HERE}:cluster/inference`)).toEqual([
      "eks:DescribeUpdate",
    ]);
  });
});

describe("a policy in shadow mode alone", () => {
  const { template } = aStack(aPolicyOf({ chat: {}, summary: aComponent(), nodes: aNodegroup() }));

  it.each(SCALING)("lets %s change nothing of the targets", (name) => {
    const actions = statementsOf(template, name).flatMap((each) => each.actions);
    const changing = actions.filter((each) =>
      /^(sagemaker|eks|application-autoscaling):(?!Describe)/.test(each),
    );
    expect(changing).toEqual([]);
    expect(actions).not.toContain("application-autoscaling:DescribeScalableTargets");
  });
});

describe("rights of single functions", () => {
  it("timers are made by on-promotion alone, in the stack's own group, for their own role", () => {
    for (const name of ALL) {
      const actions = statementsOf(everyKind, name).flatMap((each) => each.actions);
      const isIt = name === "OnPromotion";
      expect(actions.some((each) => each.startsWith("scheduler:"))).toBe(isIt);
      expect(actions.includes("iam:PassRole")).toBe(isIt);
    }
    expect(statementsOf(everyKind, "OnPromotion")).toContainEqual({
      actions: ["iam:PassRole"],
      resources: [expect.stringMatching(/^<ForewarmTimerRole\w+\.Arn>$/)],
      condition: { StringEquals: { "iam:PassedToService": "scheduler.amazonaws.com" } },
    });
  });

  it("build-forecast reads metrics and promotions and writes forecasts", () => {
    const actions = statementsOf(everyKind, "BuildForecast").flatMap((each) => each.actions);
    expect(actions.filter((each) => !/^(logs|sqs):/.test(each))).toEqual([
      "cloudwatch:GetMetricData",
      "dynamodb:Query",
      "dynamodb:PutItem",
    ]);
  });

  it("on-removal touches the floors of the table and nothing else in it", () => {
    const table = statementsOf(everyKind, "OnRemoval").filter(({ actions }) =>
      actions.some((each) => each.startsWith("dynamodb:")),
    );
    expect(table).toEqual([
      {
        actions: ["dynamodb:Query", "dynamodb:DeleteItem"],
        resources: [expect.stringMatching(/^<ForewarmTable/)],
        condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["FLOORS"] } },
      },
    ]);
  });

  it("on-removal changes capacity only through another service, whatever the policy holds", () => {
    const { template } = aStack(aPolicyOf({ chat: {} }));
    const capacity = statementsOf(template, "OnRemoval").filter(({ actions }) =>
      actions.some((each) => /^sagemaker:/.test(each)),
    );
    expect(capacity.map(({ condition }) => condition)).toEqual(
      capacity.map(() => ({ Bool: { "aws:ViaAWSService": "true" } })),
    );
    expect(capacity.length).toBe(3);
  });

  it("events go out under Forewarm's own name only", () => {
    expect(statementsOf(everyKind, "OnTick")).toContainEqual({
      actions: ["events:PutEvents"],
      resources: [`arn:<Partition>:events:${HERE}:event-bus/default`],
      condition: { StringEquals: { "events:source": "forewarm" } },
    });
  });
});

describe("the Scheduler's roles", () => {
  it.each(["Tick", "Forecasts", "Timer"])("%s invokes one function and keeps dead letters", (name) => {
    const statements = statementsOf(everyKind, name);
    expect(statements.map(({ actions }) => actions)).toEqual([
      ["lambda:InvokeFunction"],
      ["sqs:SendMessage"],
    ]);
    expect(statements.map(({ resources }) => resources.length)).toEqual([1, 1]);
  });

  it("can be taken by the Scheduler of this account only", () => {
    const roles = resourcesOf(everyKind, "AWS::IAM::Role").filter(({ Properties }) =>
      JSON.stringify(Properties).includes("scheduler.amazonaws.com"),
    );
    expect(roles).toHaveLength(3);
    for (const { Properties } of roles) {
      expect(Properties["AssumeRolePolicyDocument"]).toMatchObject({
        Statement: [{ Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } } }],
      });
    }
  });
});
