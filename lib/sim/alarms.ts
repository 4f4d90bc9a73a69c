/** CloudWatch alarms over the policy's rules: M of N, evaluated when a minute is published, firing on a change of state only. */
import type { Rule } from "../core/policy.ts";
import { readingAt, type Series } from "../core/reading.ts";

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/**
 * The state of a rule's alarm over its newest N minutes; missing data are not breaching, so that an alarm without any is
 * OK (`notBreaching` suits metrics that are absent without traffic).
 */
export function alarmStateOf(rule: Rule, series: Series): AlarmState {
  let breaching = 0;
  for (let minutesAgo = 0; minutesAgo < rule.ofMinutes; minutesAgo++) {
    const reading = readingAt(series, minutesAgo);
    if (reading.kind === "missing") continue;
    const beyond =
      rule.comparison === "above" ? reading.value > rule.threshold : reading.value < rule.threshold;
    if (beyond) breaching++;
  }
  return breaching >= rule.minutes ? "ALARM" : "OK";
}

/** The alarms of one target. `evaluate` tells whether any of them changed its state, which is all that an alarm ever says. */
export class Alarms {
  private states: readonly AlarmState[];
  private readonly rules: readonly Rule[];

  constructor(rules: readonly Rule[]) {
    this.rules = rules;
    // As a new alarm is until it is evaluated.
    this.states = rules.map(() => "INSUFFICIENT_DATA");
  }

  /** `series` in the order of the rules. */
  evaluate(series: readonly Series[]): boolean {
    const before = this.states;
    this.states = this.rules.map((rule, i) => alarmStateOf(rule, series[i] as Series));
    return this.states.some((state, i) => state !== before[i]);
  }
}
