/** The three forms of an alarm's change of state, shaped as AWS documents them. */
import type { EpochSeconds } from "../../lib/core/time.ts";
import { START } from "../usecases/arrange.ts";
import { ACCOUNT, isoAt, PREFIX } from "./arrange.ts";

export interface AlarmWords {
  readonly name?: string;
  readonly state?: string;
  readonly account?: string;
  readonly at?: EpochSeconds;
}

/** `2024-07-16T13:14:42.817+0000`: an offset without a colon. */
const alarmTime = (at: EpochSeconds): string => isoAt(at).replace("Z", "+0000");

const arnOf = (account: string, name: string): string =>
  `arn:aws:cloudwatch:eu-west-1:${account}:alarm:${name}`;

function inner({ name = `${PREFIX}chat/rules[0]`, state = "ALARM", at = START }: AlarmWords) {
  return {
    alarmName: name,
    state: {
      value: state,
      reason: "Threshold Crossed: 2 datapoints were greater than the threshold (70.0).",
      reasonData: JSON.stringify({ version: "1.0", recentDatapoints: [84, 91], threshold: 70 }),
      timestamp: alarmTime(at),
    },
    previousState: {
      value: "OK",
      reason: "Unchecked: Initial alarm creation",
      timestamp: alarmTime(at - 300),
    },
    configuration: {
      description: "GPU",
      metrics: [
        {
          id: "m",
          metricStat: {
            metric: {
              namespace: "/aws/sagemaker/Endpoints",
              name: "GPUUtilization",
              dimensions: { EndpointName: "chat", VariantName: "AllTraffic" },
            },
            period: 60,
            stat: "Average",
          },
          returnData: true,
        },
      ],
    },
  };
}

export function eventBridgeForm(words: AlarmWords = {}) {
  const { account = ACCOUNT, at = START } = words;
  const detail = inner(words);
  return {
    version: "0",
    id: "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92",
    "detail-type": "CloudWatch Alarm State Change",
    source: "aws.cloudwatch",
    account,
    time: isoAt(at),
    region: "eu-west-1",
    resources: [arnOf(account, detail.alarmName)],
    detail,
  };
}

export function actionForm(words: AlarmWords = {}) {
  const { account = ACCOUNT, at = START } = words;
  const alarmData = inner(words);
  return {
    source: "aws.cloudwatch",
    alarmArn: arnOf(account, alarmData.alarmName),
    accountId: account,
    time: alarmTime(at),
    region: "eu-west-1",
    alarmData,
  };
}

export function messageOf(words: AlarmWords = {}) {
  const { name = `${PREFIX}chat/rules[0]`, state = "ALARM", account = ACCOUNT, at = START } = words;
  return {
    AlarmName: name,
    AlarmDescription: "GPU",
    AWSAccountId: account,
    NewStateValue: state,
    NewStateReason: "Threshold Crossed",
    StateChangeTime: alarmTime(at),
    Region: "EU (Ireland)",
    AlarmArn: arnOf(account, name),
    OldStateValue: "OK",
    Trigger: { MetricName: "GPUUtilization", Namespace: "/aws/sagemaker/Endpoints", Threshold: 70 },
  };
}

export function topicForm(...messages: readonly unknown[]) {
  return {
    Records: messages.map((message, i) => ({
      EventSource: "aws:sns",
      EventVersion: "1.0",
      EventSubscriptionArn: `arn:aws:sns:eu-west-1:${ACCOUNT}:alarms:1`,
      Sns: {
        Type: "Notification",
        MessageId: `message-${i}`,
        TopicArn: `arn:aws:sns:eu-west-1:${ACCOUNT}:alarms`,
        Subject: "ALARM",
        Message: typeof message === "string" ? message : JSON.stringify(message),
        Timestamp: isoAt(START),
      },
    })),
  };
}

export const FORMS: readonly (readonly [name: string, make: (words?: AlarmWords) => object])[] = [
  ["EventBridge", eventBridgeForm],
  ["the alarm's action", actionForm],
  ["SNS", (words) => topicForm(messageOf(words))],
];
