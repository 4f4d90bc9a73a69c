/** The SNS topic for people: notices of the functions, and the alarms on the controller itself. */
import { Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";

/**
 * No key of KMS: CloudWatch alarms cannot publish to a topic under the key that AWS manages, and a key of one's own
 * costs a dollar a month and a right for every publisher, while notices hold names and numbers of units, nothing secret.
 * SNS encrypts its disks anyway, and nothing is accepted or sent without TLS.
 */
export function makeTopic(scope: Construct, notifyEmail: string | undefined): Topic {
  const topic = new Topic(scope, "Notices", { displayName: "Forewarm", enforceSSL: true });
  // Requiring TLS replaces the topic's default policy, by which alarms of the account could publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: "AlarmsOfThisAccount",
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": Stack.of(scope).account } },
    }),
  );
  if (notifyEmail !== undefined) topic.addSubscription(new EmailSubscription(notifyEmail));
  return topic;
}
