/** Notifications for programs, as events on an EventBridge bus. */
import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { EVENT_DETAIL_TYPE, EVENT_SOURCE } from "../../../contract/events.ts";
import type { Notification, Notifier } from "../../../ports/notifier.ts";
import { withinLimits } from "./withinLimits.ts";

export class EventBridgeNotifier implements Notifier {
  private readonly client: EventBridgeClient;
  private readonly eventBusName: string;

  constructor(client: EventBridgeClient, eventBusName: string) {
    this.client = client;
    this.eventBusName = eventBusName;
  }

  /** The event's detail is the notification. PutEvents answers well even when it has refused the event: that throws too. */
  async notify(notification: Notification): Promise<void> {
    const sent = withinLimits(notification);
    const answer = await this.client.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: this.eventBusName,
            Source: EVENT_SOURCE,
            DetailType: EVENT_DETAIL_TYPE,
            Time: new Date(sent.at * 1000),
            Detail: JSON.stringify(sent),
          },
        ],
      }),
    );
    if (answer.FailedEntryCount === 0) return;
    const { ErrorCode = "no code", ErrorMessage = "no message" } = answer.Entries?.[0] ?? {};
    throw new Error(
      `the notification of ${sent.target} was refused by the bus ${this.eventBusName}: ${ErrorCode}: ${ErrorMessage}`,
    );
  }
}
