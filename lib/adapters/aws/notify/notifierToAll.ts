/** Sends every notification to several notifiers, so that one that is broken silences none of the others. */
import type { Notification, Notifier } from "../../../ports/notifier.ts";

export class NotifierToAll implements Notifier {
  private readonly notifiers: readonly Notifier[];

  constructor(notifiers: readonly Notifier[]) {
    this.notifiers = notifiers;
  }

  /** Throws an AggregateError when some failed, after all were tried. */
  async notify(notification: Notification): Promise<void> {
    const answers = await Promise.allSettled(
      this.notifiers.map(async (notifier) => notifier.notify(notification)),
    );
    const errors = answers.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
    if (errors.length === 0) return;
    const reasons = errors.map((error) => (error instanceof Error ? error.message : String(error)));
    throw new AggregateError(
      errors,
      `${errors.length} of ${answers.length} notifiers failed: ${reasons.join("; ")}`,
    );
  }
}
