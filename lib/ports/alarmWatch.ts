/** What the platform's alarms on the policy's rules say: they watch the thresholds, so that a tick need not read them all. */
import type { RuleAlarm } from "../core/decision.ts";

export interface AlarmWatch {
  /**
   * The alarms of the targets that exist, by target; a rule without an alarm is left out and read by the controller.
   * Throws when the alarms cannot be read at all.
   */
  states(targets: readonly string[]): Promise<ReadonlyMap<string, readonly RuleAlarm[]>>;
}
