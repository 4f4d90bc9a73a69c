/** The in-memory twin of the notifier: keeps what was sent. */
import type { Notification, Notifier } from "../../ports/notifier.ts";
import { frozen } from "./frozen.ts";

export class InMemoryNotifier implements Notifier {
  private readonly notifications: Notification[] = [];
  private failure: string | null = null;

  /** What was sent, oldest first. */
  get sent(): readonly Notification[] {
    return this.notifications;
  }

  /** From now on nothing can be sent, for this reason; null mends it. */
  fail(why: string | null): void {
    this.failure = why;
  }

  async notify(notification: Notification): Promise<void> {
    if (this.failure !== null) throw new Error(`the notification was not sent: ${this.failure}`);
    this.notifications.push(frozen(notification));
  }
}
