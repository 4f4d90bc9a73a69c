/** The one place that builds AWS clients: once for each process, with short patience and a signal that stops them. */
import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EKSClient } from "@aws-sdk/client-eks";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SNSClient } from "@aws-sdk/client-sns";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

export interface Clients {
  readonly cloudWatch: CloudWatchClient;
  readonly sageMaker: SageMakerClient;
  readonly autoScaling: ApplicationAutoScalingClient;
  readonly eks: EKSClient;
  readonly scheduler: SchedulerClient;
  readonly sns: SNSClient;
  readonly eventBridge: EventBridgeClient;
  readonly documents: DynamoDBDocumentClient;
  /** From now on every call but those to DynamoDB, which is needed to release leases, ends with this signal. */
  readonly stopWith: (signal: AbortSignal) => void;
}

/**
 * Control planes throttle: adaptive retries slow down by themselves. An answer that takes longer than ten seconds is
 * not worth waiting for, since the next tick comes within a minute.
 */
const PATIENT = {
  maxAttempts: 5,
  retryMode: "adaptive",
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
} as const;

/** The table answers in milliseconds or not at all; leases are released with what time is left before the time-out. */
const QUICK = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1_000, throwOnRequestTimeout: true },
} as const;

/** `DynamoDBDocumentClient` refuses undefined values unless told to leave them out. */
const MARSHALLING = { marshallOptions: { removeUndefinedValues: true } } as const;

export function makeClients(): Clients {
  let signal: AbortSignal | undefined;
  const stoppable = <C extends object>(client: C): C => sendingWith(client, () => signal);
  return {
    cloudWatch: stoppable(new CloudWatchClient(PATIENT)),
    sageMaker: stoppable(new SageMakerClient(PATIENT)),
    autoScaling: stoppable(new ApplicationAutoScalingClient(PATIENT)),
    eks: stoppable(new EKSClient(PATIENT)),
    scheduler: stoppable(new SchedulerClient(PATIENT)),
    sns: stoppable(new SNSClient(PATIENT)),
    eventBridge: stoppable(new EventBridgeClient(PATIENT)),
    documents: DynamoDBDocumentClient.from(new DynamoDBClient(QUICK), MARSHALLING),
    stopWith: (next) => {
      signal = next;
    },
  };
}

/** The same client, whose `send` passes the signal that is current at the time of the call. */
function sendingWith<C extends object>(client: C, current: () => AbortSignal | undefined): C {
  return new Proxy(client, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (name !== "send" || typeof member !== "function") return member;
      return (command: unknown, options: object = {}) =>
        member.call(target, command, { abortSignal: current(), ...options });
    },
  });
}
