/** The stack's alarms in CloudWatch: pages, foreign names, and states that do not hold. */

import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { describe, expect, it } from "@jest/globals";
import { CloudWatchAlarmWatch } from "../../../../lib/adapters/aws/cloudwatch/cloudWatchAlarmWatch.ts";
import { NOW } from "../../../core/arrange.ts";
import { FakeCloudWatch } from "../fakes/cloudWatch.ts";

function watchOver(alarms: readonly (MetricAlarm & { readonly AlarmName: string })[]) {
  const fake = new FakeCloudWatch({ now: NOW });
  for (const alarm of alarms) fake.putAlarm(alarm);
  return { fake, watch: new CloudWatchAlarmWatch(fake.client, "forewarm/") };
}

describe("the alarms in CloudWatch", () => {
  it("are read with one call a hundred", async () => {
    const alarms = Array.from({ length: 201 }, (_, i) => ({
      AlarmName: `forewarm/t${i}/rules[0]`,
      StateValue: "OK" as const,
    }));
    const { fake, watch } = watchOver(alarms);
    const states = await watch.states(["t0", "t100", "t200"]);
    expect([...states.keys()].sort()).toEqual(["t0", "t100", "t200"]);
    expect(fake.alarmCalls).toHaveLength(3);
    expect(fake.alarmCalls[0]).toMatchObject({
      AlarmNamePrefix: "forewarm/",
      AlarmTypes: ["MetricAlarm"],
      MaxRecords: 100,
    });
  });

  it("are ours only with our names", async () => {
    const names = [
      "forewarm/chat",
      "forewarm/chat/rules[0]/more",
      "forewarm/heartbeat",
      "other/chat/rules[0]",
    ];
    const { watch } = watchOver(names.map((AlarmName) => ({ AlarmName, StateValue: "ALARM" })));
    expect((await watch.states(["chat", "heartbeat"])).size).toBe(0);
  });

  it("are left to the controller when CloudWatch could not evaluate them, but for those that ring", async () => {
    const { watch } = watchOver([
      { AlarmName: "forewarm/chat/rules[0]", StateValue: "OK", EvaluationState: "EVALUATION_ERROR" },
      { AlarmName: "forewarm/chat/rules[1]", StateValue: "ALARM", EvaluationState: "PARTIAL_DATA" },
      {
        AlarmName: "forewarm/chat/rules[2]",
        StateValue: "INSUFFICIENT_DATA",
        EvaluationState: "EVALUATION_FAILURE",
      },
      { AlarmName: "forewarm/chat/rules[3]" },
    ]);
    expect((await watch.states(["chat"])).get("chat")).toEqual([{ rule: "rules[1]", state: "ringing" }]);
  });

  it("cost no call when no target is asked for", async () => {
    const { fake, watch } = watchOver([]);
    await watch.states([]);
    expect(fake.alarmCalls).toEqual([]);
  });
});
