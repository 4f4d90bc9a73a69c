/** The construct: everything that Forewarm needs in an account, from one policy. It owns no capacity. */
import { CfnOutput, Duration, Stack, Token } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { CfnScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import type { Topic } from "aws-cdk-lib/aws-sns";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { ENVIRONMENT } from "../contract/environment.ts";
import type { Policy } from "../core/policy.ts";
import { alarmPrefixOf } from "./alarmPrefix.ts";
import { defaultBundleFolder } from "./bundles.ts";
import { makeControllerAlarms } from "./controllerAlarms.ts";
import { makeDashboards } from "./dashboards.ts";
import { makeDeadLetters } from "./deadLetters.ts";
import { deployablePolicy, type PolicySource } from "./deployablePolicy.ts";
import { ruleOnAlarms, rulesOnEndpoints } from "./eventRules.ts";
import { makeFloorsResource } from "./floorsResource.ts";
import { functionNameOf, logGroupNameOf, SCALING_FUNCTIONS } from "./functionNames.ts";
import { type Functions, makeFunctions, makeRoles, type Roles } from "./functions.ts";
import { grantPermissions } from "./permissions.ts";
import { arnOf } from "./resourceArns.ts";
import { makeRuleAlarms } from "./ruleAlarms.ts";
import { allowWaking, makeSchedules, schedulerRole } from "./schedules.ts";
import { makeTable } from "./table.ts";
import { makeTopic } from "./topic.ts";

export interface ForewarmProps {
  /** The policy: a path of a YAML file as seen from the working directory, the object that would stand in it, or one already parsed. */
  readonly policy: PolicySource;
  /**
   * An address that is told of notices and of alarms on the controller; it must confirm the subscription.
   * @default - none; subscribe to `topic` in your own way
   */
  readonly notifyEmail?: string | undefined;
  /**
   * How long the functions' logs are kept; the decision log that the dashboards read is in them.
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays | undefined;
  /**
   * How often the forecasts are fitted anew, in whole minutes from 15 to 1,440.
   * @default Duration.hours(6)
   */
  readonly forecastEvery?: Duration | undefined;
  /**
   * Time zone of the schedules, an IANA name. It does not matter while they are rates; days and weeks of forecasts follow
   * each target's own `timeZone`.
   * @default "UTC"
   */
  readonly tickTimeZone?: string | undefined;
  /**
   * Folder of the functions' bundles.
   * @default - `dist/functions` of this package
   */
  readonly bundleFolder?: string | undefined;
}

/** EventBridge events go out on the account's own bus; whoever wants them elsewhere adds a rule. */
const EVENT_BUS = "default";

/** Marks the stacks that hold one already. */
const HELD = new WeakSet<Stack>();

/** Throws an Error with every problem of the policy, and when the stack cannot hold it. */
export class Forewarm extends Construct {
  /** What the stack deploys, complete. */
  readonly policy: Policy;
  readonly table: TableV2;
  /** For people: notices and alarms on the controller. */
  readonly topic: Topic;
  readonly functions: Functions;

  constructor(scope: Construct, id: string, props: ForewarmProps) {
    super(scope, id);
    const stack = aloneIn(Stack.of(this));
    this.policy = deployablePolicy(props.policy);
    const alarmPrefix = alarmPrefixOf(stack.stackName, this.policy);
    const deadLetters = makeDeadLetters(this);
    const roles = makeRoles(this);
    const timerRole = schedulerRole(this, "TimerRole");
    const timerGroup = new CfnScheduleGroup(this, "Timers");
    this.table = makeTable(this);
    this.topic = makeTopic(this, props.notifyEmail);
    this.functions = makeFunctions(this, {
      bundleFolder: props.bundleFolder ?? defaultBundleFolder(),
      policy: this.policy,
      roles,
      deadLetters,
      logRetention: props.logRetention ?? RetentionDays.ONE_MONTH,
      environment: {
        [ENVIRONMENT.service]: stack.stackName,
        [ENVIRONMENT.table]: this.table.tableName,
        [ENVIRONMENT.alarmPrefix]: alarmPrefix,
        [ENVIRONMENT.topicArn]: this.topic.topicArn,
        [ENVIRONMENT.eventBusName]: EVENT_BUS,
        [ENVIRONMENT.timerGroup]: timerGroup.ref,
        [ENVIRONMENT.timerRoleArn]: timerRole.roleArn,
        [ENVIRONMENT.timerFunctionArn]: arnOf(this, {
          service: "lambda",
          path: `function:${functionNameOf(stack.stackName, "on-promotion")}`,
        }),
        [ENVIRONMENT.timerDeadLettersArn]: deadLetters.queueArn,
      },
    });
    const timersWake = allowWaking(timerRole, this.functions["on-promotion"], deadLetters);
    grantPermissions(this, {
      policy: this.policy,
      roles,
      table: this.table,
      topic: this.topic,
      timerGroup: timerGroup.ref,
      timerRole,
      eventBusName: EVENT_BUS,
    });
    makeRuleAlarms(this, this.policy, alarmPrefix);
    const wakeUps = this.makeWakeUps(props, deadLetters, alarmPrefix);
    this.makeFloors(roles, [...wakeUps, timersWake]);
    const alarms = makeControllerAlarms(this, { functions: this.functions, deadLetters, topic: this.topic });
    const logGroupNames = SCALING_FUNCTIONS.map((name) => logGroupNameOf(stack.stackName, name));
    makeDashboards(this, { policy: this.policy, alarms, logGroupNames });
    this.makeOutputs();
  }

  private makeWakeUps(props: ForewarmProps, deadLetters: IQueue, alarmPrefix: string): readonly Construct[] {
    const { "on-alarm": onAlarm, "on-endpoint-change": onEndpointChange } = this.functions;
    // For alarms of one's own making that call the function directly; they must be named like ours to be heard.
    onAlarm.addPermission("AlarmActions", {
      principal: new ServicePrincipal("lambda.alarms.cloudwatch.amazonaws.com"),
      sourceAccount: Stack.of(this).account,
      sourceArn: arnOf(this, { service: "cloudwatch", path: `alarm:${alarmPrefix}*` }),
    });
    const schedules = makeSchedules(this, {
      onTick: this.functions["on-tick"],
      buildForecast: this.functions["build-forecast"],
      deadLetters,
      timeZone: props.tickTimeZone ?? "UTC",
      forecastEvery: props.forecastEvery ?? Duration.hours(6),
    });
    return [
      ruleOnAlarms(this, onAlarm, deadLetters, alarmPrefix),
      ...rulesOnEndpoints(this, onEndpointChange, deadLetters, this.policy),
      ...schedules,
    ];
  }

  /**
   * Removed after all that wakes the loop, which could raise floors again, and before what putting them back needs.
   * Updated after the functions, so that none of them still goes by the policy before.
   */
  private makeFloors(roles: Roles, wakeUps: readonly Construct[]): void {
    const needed = [...Object.values(this.functions), roles["on-removal"], this.table];
    const floors = makeFloorsResource(this, this.functions["on-removal"], this.policy, needed);
    for (const each of wakeUps) each.node.addDependency(floors);
  }

  private makeOutputs(): void {
    const output = (id: string, description: string, value: string): CfnOutput =>
      new CfnOutput(this, id, { description, value });
    output(
      "TableName",
      "The table of memory, forecasts, promotions, overrides and decisions",
      this.table.tableName,
    );
    output("TopicArn", "Notices and alarms on the controller, for people", this.topic.topicArn);
    output("AlarmFunctionArn", "For alarms that come through SNS", this.functions["on-alarm"].functionArn);
    output(
      "PromotionFunction",
      "Invoke it to announce promotions",
      this.functions["on-promotion"].functionName,
    );
    output("TickFunction", "Looks at all targets every minute", this.functions["on-tick"].functionName);
    output(
      "EndpointChangeFunction",
      "Looks when an endpoint changed",
      this.functions["on-endpoint-change"].functionName,
    );
    output(
      "ForecastFunction",
      "Invoke it to fit forecasts now",
      this.functions["build-forecast"].functionName,
    );
  }
}

/** Names of alarms, functions and metrics come from the stack's name, which must be known and used once. */
function aloneIn(stack: Stack): Stack {
  if (Token.isUnresolved(stack.stackName)) {
    throw new Error(
      "Forewarm got a nested stack, whose name is not known yet; put it into a stack of its own",
    );
  }
  if (HELD.has(stack)) {
    throw new Error(
      `stack ${stack.stackName} holds one Forewarm already; put another into a stack of its own`,
    );
  }
  HELD.add(stack);
  return stack;
}
