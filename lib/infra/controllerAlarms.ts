/** Alarms on the controller itself, for people: it stopped, it fails, it lost events, its forecasts are old, it is throttled. */
import { Duration, Stack } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type CreateAlarmOptions,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { Function as Lambda } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { FLEET_METRICS, METRICS_DIMENSION, METRICS_NAMESPACE } from "../contract/fleetMetrics.ts";
import type { Functions } from "./functions.ts";

const MINUTE = Duration.minutes(1);

/** Counted by the functions for all targets of this stack together. */
export function fleetMetric(scope: Construct, name: keyof typeof FLEET_METRICS, period = MINUTE): Metric {
  return new Metric({
    namespace: METRICS_NAMESPACE,
    metricName: FLEET_METRICS[name],
    dimensionsMap: { [METRICS_DIMENSION]: Stack.of(scope).stackName },
    statistic: Stats.SUM,
    period,
  });
}

/** Functions together, and what else counts the same. An alarm on it is billed for each of the metrics. */
export function sumOf(
  functions: readonly Lambda[],
  metricName: "Errors" | "Throttles",
  more: readonly Metric[] = [],
) {
  const each = functions.map((lambda) => lambda.metric(metricName, { statistic: Stats.SUM, period: MINUTE }));
  const usingMetrics = Object.fromEntries([...each, ...more].map((metric, i) => [`m${i}`, metric]));
  return new MathExpression({
    expression: "SUM(METRICS())",
    usingMetrics,
    period: MINUTE,
    label: metricName,
  });
}

export interface ControllerAlarmParts {
  readonly functions: Functions;
  readonly deadLetters: IQueue;
  readonly topic: ITopic;
}

/** They say so when they begin and when they end. */
export function makeControllerAlarms(scope: Construct, parts: ControllerAlarmParts): readonly Alarm[] {
  const { functions, deadLetters, topic } = parts;
  const waiting = deadLetters.metricApproximateNumberOfMessagesVisible({
    statistic: Stats.MAXIMUM,
    period: MINUTE,
  });
  // The others wait in a queue when they are throttled, and end among the dead letters when it lasts.
  const urgent = [functions["on-tick"], functions["on-alarm"]];
  const throttles = sumOf(urgent, "Throttles", [fleetMetric(scope, "throttles")]);
  const alarms = [
    alarm(scope, "Heartbeat", fleetMetric(scope, "heartbeat"), {
      alarmDescription: "Forewarm: no tick has come to its end for five minutes. Capacity stays as it is.",
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 5,
      treatMissingData: TreatMissingData.BREACHING,
    }),
    alarm(scope, "Errors", sumOf(Object.values(functions), "Errors"), {
      alarmDescription:
        "Forewarm: a function failed, or a target did. The logs say which; other targets go on.",
      threshold: 0,
      evaluationPeriods: 1,
    }),
    alarm(scope, "DeadLettersWaiting", waiting, {
      alarmDescription: "Forewarm: an event was lost after all retries and waits in the dead-letter queue.",
      threshold: 0,
      evaluationPeriods: 1,
    }),
    alarm(scope, "StaleForecasts", fleetMetric(scope, "staleForecasts"), {
      alarmDescription: "Forewarm: a target runs without its forecast, which is too old to be used.",
      threshold: 0,
      evaluationPeriods: 15,
    }),
    alarm(scope, "Throttled", throttles, {
      alarmDescription: "Forewarm: its functions, or its calls to AWS, are throttled beyond all retries.",
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    }),
  ];
  const action = new SnsAction(topic);
  for (const each of alarms) {
    each.addAlarmAction(action);
    each.addOkAction(action);
  }
  return alarms;
}

function alarm(scope: Construct, id: string, metric: IMetric, options: CreateAlarmOptions): Alarm {
  return new Alarm(scope, id, {
    metric,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    ...options,
  });
}
