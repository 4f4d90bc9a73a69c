/** Tells people, once, what they should know. */
import type { Notice } from "../core/decision.ts";
import type { EpochSeconds } from "../core/time.ts";

export interface Notification extends Notice {
  readonly target: string;
  readonly at: EpochSeconds;
}

export interface Notifier {
  notify(notification: Notification): Promise<void>;
}
