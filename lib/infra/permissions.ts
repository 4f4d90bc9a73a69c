/** What each function may do, action by action. docs/architecture.md has the same as a table for people. */
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { type ManagedPolicy, PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { EVENT_SOURCE } from "../contract/events.ts";
import { FLOORS_PARTITION } from "../contract/table.ts";
import type { Policy } from "../core/policy.ts";
import {
  capacityRights,
  DESCRIBE_MINIMUMS,
  hasFloors,
  MOVE_MINIMUMS,
  THROUGH_A_SERVICE,
} from "./capacityRights.ts";
import { SCALING_FUNCTIONS } from "./functionNames.ts";
import type { Roles } from "./functions.ts";
import { grant, type Right } from "./grants.ts";
import { makeManagedPolicies } from "./managedPolicies.ts";
import { ANYTHING } from "./resourceArns.ts";

export interface PermissionParts {
  readonly policy: Policy;
  readonly roles: Roles;
  readonly table: TableV2;
  readonly topic: ITopic;
  /** Name of the schedule group that holds the promotions' timers. */
  readonly timerGroup: string;
  /** The role under which the Scheduler wakes on-promotion. */
  readonly timerRole: Role;
  readonly eventBusName: string;
}

const READ_METRICS = "cloudwatch:GetMetricData";
const READ_ALARMS = "cloudwatch:DescribeAlarms";

/** Only reading is ever granted on everything, where the service knows no resources to name. */
const readAnywhere = (...actions: string[]): Right => ({
  actions,
  resources: [ANYTHING],
  because: `${actions.join(" and ")} can only read, and IAM knows no resources for that`,
});

const READ_AND_WRITE = [
  "dynamodb:GetItem",
  "dynamodb:BatchGetItem",
  "dynamodb:Query",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
  "dynamodb:DeleteItem",
] as const;

/** Gives each role its rights, and returns the policies that the scaling functions share. */
export function grantPermissions(scope: Construct, parts: PermissionParts): readonly ManagedPolicy[] {
  const { policy, roles, table } = parts;
  const scaling = SCALING_FUNCTIONS.map((name) => roles[name]);
  for (const role of scaling) grantScaling(role, parts);
  grantTimers(roles["on-promotion"], parts);
  grant(roles["build-forecast"], readAnywhere(READ_METRICS));
  roles["build-forecast"].addToPolicy(onTable(table, ["dynamodb:Query", "dynamodb:PutItem"]));
  grantRestoring(roles["on-removal"], table);
  return makeManagedPolicies(scope, "TargetRights", capacityRights(policy), scaling);
}

function grantScaling(role: Role, { policy, table, topic, eventBusName }: PermissionParts): void {
  grant(role, readAnywhere(READ_METRICS, READ_ALARMS, ...(hasFloors(policy) ? [DESCRIBE_MINIMUMS] : [])));
  role.addToPolicy(onTable(table, READ_AND_WRITE));
  role.addToPolicy(new PolicyStatement({ actions: ["sns:Publish"], resources: [topic.topicArn] }));
  grant(role, {
    actions: ["events:PutEvents"],
    resources: [{ service: "events", path: `event-bus/${eventBusName}` }],
    conditions: { StringEquals: { "events:source": EVENT_SOURCE } },
  });
}

function grantTimers(role: Role, { timerGroup, timerRole }: PermissionParts): void {
  grant(role, {
    actions: ["scheduler:CreateSchedule", "scheduler:UpdateSchedule", "scheduler:DeleteSchedule"],
    resources: [{ service: "scheduler", path: `schedule/${timerGroup}/*` }],
    because:
      "Timers are named after promotions, which are not known beforehand; the group holds nothing else",
  });
  role.addToPolicy(
    new PolicyStatement({
      actions: ["iam:PassRole"],
      resources: [timerRole.roleArn],
      conditions: { StringEquals: { "iam:PassedToService": "scheduler.amazonaws.com" } },
    }),
  );
}

const LEFT_THE_POLICY =
  "What is put back may belong to a target that the policy no longer names; only through Application Auto Scaling";

/** Only CloudFormation calls the function that has these. */
const RESTORE: readonly Right[] = [
  ...MOVE_MINIMUMS,
  {
    actions: ["sagemaker:DescribeEndpoint", "sagemaker:UpdateEndpointWeightsAndCapacities"],
    resources: [{ service: "sagemaker", path: "endpoint/*" }],
    conditions: THROUGH_A_SERVICE,
    because: LEFT_THE_POLICY,
  },
  {
    actions: ["sagemaker:DescribeInferenceComponent", "sagemaker:UpdateInferenceComponentRuntimeConfig"],
    resources: [{ service: "sagemaker", path: "inference-component/*" }],
    conditions: THROUGH_A_SERVICE,
    because: LEFT_THE_POLICY,
  },
];

function grantRestoring(role: Role, table: TableV2): void {
  grant(role, readAnywhere(DESCRIBE_MINIMUMS));
  for (const right of RESTORE) grant(role, right);
  const floors = onTable(table, ["dynamodb:Query", "dynamodb:DeleteItem"]);
  floors.addCondition("ForAllValues:StringEquals", { "dynamodb:LeadingKeys": [FLOORS_PARTITION] });
  role.addToPolicy(floors);
}

function onTable(table: TableV2, actions: readonly string[]): PolicyStatement {
  return new PolicyStatement({ actions: [...actions], resources: [table.tableArn] });
}
