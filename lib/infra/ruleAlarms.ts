/** One CloudWatch alarm for each rule of each target. An alarm does nothing itself: its changes wake the controller. */
import { createHash } from "node:crypto";
import { Annotations, Duration, NestedStack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import { alarmNameOf } from "../contract/alarmName.ts";
import { cloudWatchSeriesOf } from "../contract/cloudWatchMetrics.ts";
import type { Policy, Rule, TargetPolicy } from "../core/policy.ts";
import { needsNestedStacks } from "./alarmPrefix.ts";
import { metricOf } from "./metricOf.ts";
import { describeRule } from "./ruleText.ts";

/** Always so many, because a target must keep its stack when others come and go: no alarm can be in two. */
const NESTED_STACKS = 12;

const MOST_IN_A_STACK = 480;

/** The alarms in this stack, or by target in nested ones where there are many. */
export function makeRuleAlarms(scope: Construct, policy: Policy, prefix: string): void {
  const home = needsNestedStacks(policy) ? nestedHomes(scope) : oneHome(scope);
  for (const target of policy.targets) {
    warnOfAssumedGpus(scope, target);
    for (const rule of target.rules) makeAlarm(home(target), target, rule, prefix);
  }
}

function oneHome(scope: Construct): (target: TargetPolicy) => Construct {
  const home = new Construct(scope, "Rules");
  return () => home;
}

function nestedHomes(scope: Construct): (target: TargetPolicy) => Construct {
  const homes = new Map<number, NestedStack>();
  const counts = new Map<number, number>();
  return ({ id }) => {
    const number = createHash("sha256").update(id).digest().readUInt32BE(0) % NESTED_STACKS;
    const count = (counts.get(number) ?? 0) + 1;
    if (count > MOST_IN_A_STACK) {
      throw new RangeError(
        `more than ${MOST_IN_A_STACK} alarms would stand in one nested stack; divide the targets among several stacks`,
      );
    }
    counts.set(number, count);
    const home = homes.get(number) ?? new NestedStack(scope, `Rules${number}`, { description: DESCRIPTION });
    homes.set(number, home);
    return home;
  };
}

const DESCRIPTION = "Forewarm: alarms on the rules of some of the targets";

function makeAlarm(home: Construct, target: TargetPolicy, rule: Rule, prefix: string): Alarm {
  const series = cloudWatchSeriesOf(target, rule.metric, rule.statistic);
  if ("problem" in series) throw new Error(`targets.${target.id}.${rule.path}: ${series.problem}`);
  return new Alarm(home, `${target.id}-${rule.path}`, {
    alarmName: alarmNameOf(prefix, target.id, rule.path),
    alarmDescription: describeRule(target, rule),
    metric: metricOf(series, Duration.minutes(1)),
    threshold: inUnitOfCloudWatch(rule.threshold, series.scale),
    comparisonOperator: COMPARISONS[rule.comparison],
    datapointsToAlarm: rule.minutes,
    evaluationPeriods: rule.ofMinutes,
    treatMissingData: series.absentWhenIdle ? TreatMissingData.NOT_BREACHING : TreatMissingData.MISSING,
  });
}

const COMPARISONS = {
  above: ComparisonOperator.GREATER_THAN_THRESHOLD,
  below: ComparisonOperator.LESS_THAN_THRESHOLD,
} as const;

/** 12 digits are kept, so that 0.1 + 0.2 stays 0.3. */
function inUnitOfCloudWatch(threshold: number, scale: number): number {
  return Number((threshold / scale).toPrecision(12));
}

const GPU_METRICS: readonly string[] = ["gpuUtilization", "gpuMemoryUtilization"];
const PER_DEVICE: readonly string[] = ["sagemaker-variant", "sagemaker-async-variant"];

function warnOfAssumedGpus(scope: Construct, { id, kind, unit, rules, metrics }: TargetPolicy): void {
  const isPerGpu = ({ metric }: Rule): boolean =>
    GPU_METRICS.includes(metric) && !Object.hasOwn(metrics, metric);
  if (unit.gpus !== null || !PER_DEVICE.includes(kind) || !rules.some(isPerGpu)) return;
  Annotations.of(scope).addWarningV2(
    `forewarm:assumedGpus:${id}`,
    `targets.${id}: its rules on GPUs assume that an instance has one GPU; say how many with unit: { gpus: … }`,
  );
}
