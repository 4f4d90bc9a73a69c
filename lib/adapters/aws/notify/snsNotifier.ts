/** Notifications for people, through an SNS topic: mail, chat, pager. */
import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import { isoOf } from "../../../core/time.ts";
import type { Notification, Notifier } from "../../../ports/notifier.ts";
import { withinLimits } from "./withinLimits.ts";

/** SNS takes subjects of less than 100 characters. */
const SUBJECT_LENGTH = 99;

export class SnsNotifier implements Notifier {
  private readonly client: SNSClient;
  private readonly topicArn: string;

  constructor(client: SNSClient, topicArn: string) {
    this.client = client;
    this.topicArn = topicArn;
  }

  /** Publishes the text, who and when, and as the last line the whole notification in JSON for programs that subscribe. */
  async notify(notification: Notification): Promise<void> {
    const sent = withinLimits(notification);
    try {
      await this.client.send(
        new PublishCommand({ TopicArn: this.topicArn, Subject: subjectOf(sent), Message: messageOf(sent) }),
      );
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`the notification of ${sent.target} did not reach ${this.topicArn}: ${why}`, {
        cause: error,
      });
    }
  }
}

/** Printable ASCII only, on one line: SNS refuses other subjects. */
function subjectOf({ target, kind }: Notification): string {
  return `Forewarm: ${target}: ${kind}`.replaceAll(/[^ -~]/g, "?").slice(0, SUBJECT_LENGTH);
}

function messageOf(notification: Notification): string {
  const { target, at, kind, text } = notification;
  return `${text}\n\nTarget ${target}, ${isoOf(at)}, ${kind}\n\n${JSON.stringify(notification)}`;
}
