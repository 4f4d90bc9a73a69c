/** The Scheduler's part: the tick, the forecasts, and the role and group for the promotions' timers. */
import { Duration, Stack } from "aws-cdk-lib";
import { Policy, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as Lambda } from "aws-cdk-lib/aws-lambda";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { type RefreshInput, SCHEDULED_TIME, type TickInput } from "../contract/events.ts";

/** The shortest that the Scheduler takes: the next tick is there by then. */
const TICK_AGE = Duration.seconds(60);
const FORECAST_AGE = Duration.minutes(5);

/** A forecast looks at weeks of five-minute slots: more often than this nothing new is in it. */
const SHORTEST_MINUTES = 15;
/** By default a forecast is too old to be used after a day. */
const MINUTES_IN_A_DAY = 1_440;

export interface ScheduleParts {
  readonly onTick: Lambda;
  readonly buildForecast: Lambda;
  readonly deadLetters: IQueue;
  readonly timeZone: string;
  readonly forecastEvery: Duration;
}

/** The tick, tried once each minute, and the forecasts, tried twice. Both begin as soon as they are deployed. */
export function makeSchedules(scope: Construct, parts: ScheduleParts): readonly CfnSchedule[] {
  const { onTick, buildForecast, deadLetters, timeZone } = parts;
  const tick: TickInput = { kind: "tick", scheduledTime: SCHEDULED_TIME };
  const refresh: RefreshInput = { kind: "refresh", scheduledTime: SCHEDULED_TIME };
  const schedule = (id: string, of: ScheduleOf): CfnSchedule => {
    const role = schedulerRole(scope, `${id}Role`);
    const allowed = allowWaking(role, of.lambda, deadLetters);
    const made = new CfnSchedule(scope, id, {
      description: `Forewarm: ${of.description}`,
      scheduleExpression: of.expression,
      scheduleExpressionTimezone: timeZone,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: of.lambda.functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify(of.input),
        retryPolicy: {
          maximumRetryAttempts: of.retries,
          maximumEventAgeInSeconds: of.maximumAge.toSeconds(),
        },
        deadLetterConfig: { arn: deadLetters.queueArn },
      },
    });
    // Without it the first ticks would be refused.
    made.node.addDependency(allowed);
    return made;
  };
  return [
    schedule("Tick", {
      description: "the tick, for all targets",
      expression: "rate(1 minute)",
      lambda: onTick,
      input: tick,
      retries: 0,
      maximumAge: TICK_AGE,
    }),
    schedule("Forecasts", {
      description: "the forecasts, fitted anew",
      expression: `rate(${minutesOf(parts.forecastEvery)} minutes)`,
      lambda: buildForecast,
      input: refresh,
      retries: 1,
      maximumAge: FORECAST_AGE,
    }),
  ];
}

interface ScheduleOf {
  readonly description: string;
  readonly expression: string;
  readonly lambda: Lambda;
  readonly input: TickInput | RefreshInput;
  readonly retries: number;
  readonly maximumAge: Duration;
}

/** A role of the Scheduler in this account, and in no other: whoever makes schedules elsewhere cannot borrow it. */
export function schedulerRole(scope: Construct, id: string): Role {
  const conditions = { StringEquals: { "aws:SourceAccount": Stack.of(scope).account } };
  return new Role(scope, id, { assumedBy: new ServicePrincipal("scheduler.amazonaws.com", { conditions }) });
}

/** The one function, and a place for what could not be delivered. Returns the policy, without which the role wakes nothing. */
export function allowWaking(role: Role, lambda: Lambda, deadLetters: IQueue): Policy {
  const policy = new Policy(role, "Wake", {
    statements: [
      new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [lambda.functionArn] }),
      new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [deadLetters.queueArn] }),
    ],
  });
  role.attachInlinePolicy(policy);
  return policy;
}

function minutesOf(every: Duration): number {
  const minutes = every.toMinutes({ integral: false });
  if (Number.isInteger(minutes) && minutes >= SHORTEST_MINUTES && minutes <= MINUTES_IN_A_DAY) return minutes;
  throw new RangeError(
    `forecastEvery got ${minutes} minutes; allowed: whole minutes from ${SHORTEST_MINUTES} to ${MINUTES_IN_A_DAY}`,
  );
}
