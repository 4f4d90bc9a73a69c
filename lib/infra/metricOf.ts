/** A series of the contract as CDK's metric, for alarms and dashboards alike. */
import type { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import { type CloudWatchSeries, cloudWatchStatistic } from "../contract/cloudWatchMetrics.ts";
import type { MetricStat } from "../core/policy.ts";

/** No unit is set: an alarm whose unit is not the published one never has data. */
export function metricOf({ parts, expression }: CloudWatchSeries, period: Duration, label?: string): IMetric {
  const metrics = Object.entries(parts).map(([id, part]) => [id, partOf(part, period, label)] as const);
  const [only] = metrics;
  if (expression === null && only !== undefined) return only[1];
  return new MathExpression({
    expression: expression ?? "",
    usingMetrics: Object.fromEntries(metrics),
    period,
    ...(label === undefined ? {} : { label }),
  });
}

function partOf(
  { namespace, name, dimensions, statistic }: MetricStat,
  period: Duration,
  label?: string,
): Metric {
  return new Metric({
    namespace,
    metricName: name,
    dimensionsMap: { ...dimensions },
    statistic: cloudWatchStatistic(statistic),
    period,
    ...(label === undefined ? {} : { label }),
  });
}
