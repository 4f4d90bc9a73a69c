/** The in-memory twin of the alarm watch, for tests: alarms ring when a test says so. */
import type { RuleAlarm } from "../../core/decision.ts";
import type { AlarmWatch } from "../../ports/alarmWatch.ts";

export class InMemoryAlarmWatch implements AlarmWatch {
  /** By target, then by rule. */
  private readonly alarms = new Map<string, Map<string, RuleAlarm["state"]>>();
  private failure: string | null = null;

  /** An alarm on a rule, or its new state. */
  set(target: string, rule: string, state: RuleAlarm["state"]): void {
    const ofTarget = this.alarms.get(target) ?? new Map<string, RuleAlarm["state"]>();
    ofTarget.set(rule, state);
    this.alarms.set(target, ofTarget);
  }

  /** From now on no alarm can be read, for this reason; null mends it. */
  fail(why: string | null): void {
    this.failure = why;
  }

  async states(targets: readonly string[]): Promise<ReadonlyMap<string, readonly RuleAlarm[]>> {
    if (this.failure !== null) throw new Error(`the alarms could not be read: ${this.failure}`);
    const states = new Map<string, readonly RuleAlarm[]>();
    for (const target of targets) {
      const alarms = this.alarms.get(target);
      if (alarms !== undefined)
        states.set(
          target,
          [...alarms].map(([rule, state]) => ({ rule, state })),
        );
    }
    return states;
  }
}
