/** The states of the alarms that the stack made on the policy's rules. */
import { type CloudWatchClient, type MetricAlarm, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import { parseAlarmName } from "../../../contract/alarmName.ts";
import type { RuleAlarm } from "../../../core/decision.ts";
import type { AlarmWatch } from "../../../ports/alarmWatch.ts";

/** The most that DescribeAlarms gives at once (API reference of DescribeAlarms). */
const ALARMS_PER_PAGE = 100;

const STATES: Readonly<Record<string, RuleAlarm["state"]>> = {
  OK: "quiet",
  ALARM: "ringing",
  INSUFFICIENT_DATA: "blind",
};

export class CloudWatchAlarmWatch implements AlarmWatch {
  private readonly client: CloudWatchClient;
  private readonly alarmPrefix: string;

  /** `alarmPrefix` is what the names of all alarms on rules begin with. */
  constructor(client: CloudWatchClient, alarmPrefix: string) {
    this.client = client;
    this.alarmPrefix = alarmPrefix;
  }

  /** All pages of the stack's alarms, of which those of other targets and other names are left out. */
  async states(targets: readonly string[]): Promise<ReadonlyMap<string, readonly RuleAlarm[]>> {
    const states = new Map<string, RuleAlarm[]>();
    if (targets.length === 0) return states;
    const asked = new Set(targets);
    for (const alarm of await this.alarms()) {
      const named = parseAlarmName(this.alarmPrefix, alarm.AlarmName ?? "");
      const state = stateOf(alarm);
      if (named === null || state === null || !asked.has(named.target)) continue;
      const ofTarget = states.get(named.target) ?? [];
      ofTarget.push({ rule: named.rulePath, state });
      states.set(named.target, ofTarget);
    }
    return states;
  }

  private async alarms(): Promise<readonly MetricAlarm[]> {
    const alarms: MetricAlarm[] = [];
    const pages = paginateDescribeAlarms(
      { client: this.client, pageSize: ALARMS_PER_PAGE },
      { AlarmNamePrefix: this.alarmPrefix, AlarmTypes: ["MetricAlarm"] },
    );
    try {
      for await (const { MetricAlarms = [] } of pages) alarms.push(...MetricAlarms);
    } catch (error) {
      const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      throw new Error(`the alarms could not be read from CloudWatch: ${why}`, { cause: error });
    }
    return alarms;
  }
}

/**
 * Null for a state that does not hold: CloudWatch says that it could not evaluate the alarm in full, or says something
 * new. Its rule is then read by the controller. An alarm that rings is read in any case.
 */
function stateOf({ StateValue, EvaluationState }: MetricAlarm): RuleAlarm["state"] | null {
  const state = STATES[StateValue ?? ""] ?? null;
  return EvaluationState === undefined || state === "ringing" ? state : null;
}
