/** The CloudWatch adapters keep the contracts of their ports, over the real client and a fake service. */
import { CloudWatchAlarmWatch } from "../../../../lib/adapters/aws/cloudwatch/cloudWatchAlarmWatch.ts";
import { CloudWatchMetricSource } from "../../../../lib/adapters/aws/cloudwatch/cloudWatchMetricSource.ts";
import { PUBLICATION_DELAY_SECONDS } from "../../../../lib/adapters/aws/cloudwatch/limits.ts";
import { alarmNameOf } from "../../../../lib/contract/alarmName.ts";
import { describeAlarmWatchContract } from "../../../contract/alarmWatch.contract.ts";
import type { MetricSourceUnderTest } from "../../../contract/metricSource.arrange.ts";
import { describeMetricSourceContract } from "../../../contract/metricSource.contract.ts";
import { NOW } from "../../../core/arrange.ts";
import { FakeCloudWatch } from "../fakes/cloudWatch.ts";
import { aVariant, seriesIn, statIn } from "./arrange.ts";

const TARGETS = [aVariant("chat"), aVariant("search")];

function policyOf(target: string) {
  const policy = TARGETS.find(({ id }) => id === target);
  if (policy === undefined) throw new Error(`no target ${target}`);
  return policy;
}

async function sourceWith(pageSize: number): Promise<MetricSourceUnderTest> {
  const fake = new FakeCloudWatch({ now: NOW + PUBLICATION_DELAY_SECONDS, pageSize });
  return {
    metrics: new CloudWatchMetricSource(fake.client, TARGETS),
    publicationDelaySeconds: PUBLICATION_DELAY_SECONDS,
    publish: async ({ target, metric, statistic }, start, values) => {
      const { scale } = seriesIn(policyOf(target), metric, statistic);
      const raw = values.map((value) => (value === null ? null : value / scale));
      fake.publish(statIn(policyOf(target), metric, statistic), start, raw);
    },
    failSeries: async ({ target, metric, statistic }, why) =>
      fake.endWith(
        statIn(policyOf(target), metric, statistic),
        why === "Forbidden" ? "Forbidden" : "InternalError",
      ),
    failAll: async (why) => {
      fake.failing = () => why;
    },
  };
}

describeMetricSourceContract("CloudWatch", () => sourceWith(100_800));
describeMetricSourceContract("CloudWatch, two points a page", () => sourceWith(2));

describeAlarmWatchContract("CloudWatch", async () => {
  const fake = new FakeCloudWatch({ now: NOW });
  const states = { quiet: "OK", ringing: "ALARM", blind: "INSUFFICIENT_DATA" } as const;
  return {
    alarms: new CloudWatchAlarmWatch(fake.client, "forewarm/"),
    put: async (target, rule, state) =>
      fake.putAlarm({ AlarmName: alarmNameOf("forewarm/", target, rule), StateValue: states[state] }),
    failAll: async (why) => {
      fake.failing = () => why;
    },
  };
});
