/** Where every event goes that could not be delivered or handled. An alarm watches it; what is in it is evidence, not work. */
import { Duration, Validations } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";

/** SQS keeps messages for 14 days at most. */
const KEPT = Duration.days(14);

export function makeDeadLetters(scope: Construct): Queue {
  const queue = new Queue(scope, "DeadLetters", {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: KEPT,
  });
  Validations.of(queue).acknowledge({
    id: "AwsSolutions::AwsSolutions-SQS3",
    reason: "It is the dead-letter queue: of Lambda, EventBridge and the Scheduler, which are no queues",
  });
  return queue;
}

/** An event that waited longer says nothing about now; the ticks since then have looked at everything. */
export const OLDEST_EVENT = Duration.minutes(5);
