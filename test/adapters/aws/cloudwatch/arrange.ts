/** Targets in CloudWatch, and what they publish in the policy's units. */
import { CloudWatchMetricSource } from "../../../../lib/adapters/aws/cloudwatch/cloudWatchMetricSource.ts";
import {
  type CloudWatchSeries,
  cloudWatchSeriesOf,
  proofOfLifeOf,
} from "../../../../lib/contract/cloudWatchMetrics.ts";
import type { MetricStat, TargetPolicy } from "../../../../lib/core/policy.ts";
import type { Statistic } from "../../../../lib/core/reading.ts";
import type { EpochSeconds } from "../../../../lib/core/time.ts";
import { aPolicy, NOW } from "../../../core/arrange.ts";
import { FakeCloudWatch, type FakeOptions } from "../fakes/cloudWatch.ts";

/** A SageMaker variant with four GPUs in an instance, so that utilization in CloudWatch runs to 400. */
export function aVariant(id: string, parts: Partial<TargetPolicy> = {}): TargetPolicy {
  return aPolicy({
    id,
    kind: "sagemaker-variant",
    resource: { endpoint: id, variant: "AllTraffic" },
    unit: { gpus: 4, vcpus: 48 },
    ...parts,
  });
}

export function seriesIn(policy: TargetPolicy, metric: string, statistic: Statistic): CloudWatchSeries {
  const found = cloudWatchSeriesOf(policy, metric, statistic);
  if ("problem" in found) throw new Error(found.problem);
  return found;
}

/** The one CloudWatch metric behind a metric of the policy. */
export function statIn(policy: TargetPolicy, metric: string, statistic: Statistic): MetricStat {
  const [only] = Object.values(seriesIn(policy, metric, statistic).parts);
  if (only === undefined) throw new Error(`${metric} has no parts`);
  return only;
}

export function proofIn(policy: TargetPolicy): MetricStat {
  const proof = proofOfLifeOf(policy);
  if (proof === null) throw new Error(`${policy.id} has no proof of life`);
  return proof;
}

export interface Arranged {
  readonly fake: FakeCloudWatch;
  readonly source: CloudWatchMetricSource;
  /** Publishes requests per minute of the first target. */
  readonly load: (start: EpochSeconds, values: readonly (number | null)[]) => void;
  /** Publishes the proof of life of the first target. */
  readonly alive: (start: EpochSeconds, values: readonly (number | null)[]) => void;
}

/** A source over the fake at NOW. */
export function arranged(
  targets: readonly [TargetPolicy, ...TargetPolicy[]] = [aVariant("chat")],
  options: Partial<FakeOptions> = {},
): Arranged {
  const fake = new FakeCloudWatch({ now: NOW, ...options });
  const [first] = targets;
  return {
    fake,
    source: new CloudWatchMetricSource(fake.client, targets),
    load: (start, values) => fake.publish(statIn(first, "invocations", "sum"), start, values),
    alive: (start, values) => fake.publish(proofIn(first), start, values),
  };
}
