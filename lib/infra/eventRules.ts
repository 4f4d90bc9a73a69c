/** EventBridge rules that wake the functions: changes of the stack's own alarms, and of the policy's endpoints. */
import { type EventPattern, Match, Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { Function as Lambda } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { Policy } from "../core/policy.ts";
import { OLDEST_EVENT } from "./deadLetters.ts";
import { arnOf } from "./resourceArns.ts";

/** Beyond EventBridge's retries Lambda has its own; a wake-up that is minutes late is one of many. */
const RETRIES = 2;

/** EventBridge takes patterns of 2,048 characters; the rest is for what stands around the names. */
const MOST_CHARACTERS_OF_NAMES = 1_600;

/** Every change of every alarm of the stack, whatever its state: the loop reads the states itself. */
export function ruleOnAlarms(
  scope: Construct,
  lambda: Lambda,
  deadLetters: IQueue,
  alarmPrefix: string,
): Rule {
  const pattern = {
    source: ["aws.cloudwatch"],
    detailType: ["CloudWatch Alarm State Change"],
    resources: Match.prefix(arnOf(scope, { service: "cloudwatch", path: `alarm:${alarmPrefix}` })),
  };
  return wake(
    scope,
    "AlarmChanges",
    "An alarm on a rule of the policy changed",
    pattern,
    lambda,
    deadLetters,
  );
}

/** As many rules as the names need; none where no target is on an endpoint. */
export function rulesOnEndpoints(
  scope: Construct,
  lambda: Lambda,
  deadLetters: IQueue,
  policy: Policy,
): readonly Rule[] {
  return endpointGroups(policy).map((names, i) => {
    const pattern = {
      source: ["aws.sagemaker"],
      detailType: ["SageMaker Endpoint State Change", "SageMaker Endpoint Deployment State Change"],
      detail: { EndpointName: names.map((name) => ({ "equals-ignore-case": name })) },
    };
    return wake(
      scope,
      `EndpointChanges${i + 1}`,
      "An endpoint of the policy changed",
      pattern,
      lambda,
      deadLetters,
    );
  });
}

function wake(
  scope: Construct,
  id: string,
  description: string,
  eventPattern: EventPattern,
  lambda: Lambda,
  deadLetterQueue: IQueue,
): Rule {
  const target = new LambdaFunction(lambda, {
    deadLetterQueue,
    retryAttempts: RETRIES,
    maxEventAge: OLDEST_EVENT,
  });
  return new Rule(scope, id, { description: `Forewarm: ${description}`, eventPattern, targets: [target] });
}

/** The endpoints' names, each once, in groups that fit into one pattern. */
function endpointGroups({ targets }: Policy): readonly (readonly string[])[] {
  const names = new Set(targets.flatMap(({ resource }) => resource["endpoint"]?.toLowerCase() ?? []));
  const groups: string[][] = [];
  let room = 0;
  for (const name of names) {
    const size = JSON.stringify({ "equals-ignore-case": name }).length + 1;
    if (size > room) {
      groups.push([]);
      room = MOST_CHARACTERS_OF_NAMES;
    }
    groups.at(-1)?.push(name);
    room -= size;
  }
  return groups;
}
