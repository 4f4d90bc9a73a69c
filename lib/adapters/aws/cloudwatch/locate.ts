/** Finds the metrics that are asked for: their target's policy, and where CloudWatch has them. */
import { type CloudWatchSeries, cloudWatchSeriesOf } from "../../../contract/cloudWatchMetrics.ts";
import type { TargetPolicy } from "../../../core/policy.ts";
import type { MetricQuery } from "../../../ports/metricSource.ts";

/** One metric of one target with one statistic. */
export type SeriesName = Omit<MetricQuery, "minutes">;

export interface Located {
  readonly key: string;
  readonly name: SeriesName;
  readonly policy: TargetPolicy;
  readonly series: CloudWatchSeries;
}

/** The same for the same target, metric and statistic, whatever the number of minutes. */
export function keyOf({ target, metric, statistic }: SeriesName): string {
  return JSON.stringify([target, metric, statistic]);
}

/** Where the metric is, or why it cannot be read, with what could be done. */
export function locate(
  policies: ReadonlyMap<string, TargetPolicy>,
  name: SeriesName,
): Located | { readonly problem: string } {
  const { target, metric, statistic } = name;
  const policy = policies.get(target);
  if (policy === undefined) {
    const known = [...policies.keys()].join(", ") || "none";
    return {
      problem: `${metric} was asked of "${target}", which is not in the policy; its targets are: ${known}`,
    };
  }
  const series = cloudWatchSeriesOf(policy, metric, statistic);
  if ("problem" in series) return series;
  if (series.expression !== null && /\bMETRICS\s*\(/.test(series.expression)) {
    return {
      problem: `${metric} uses METRICS(), which would join all metrics that are read in the same call; name those of \`of\``,
    };
  }
  return { key: keyOf(name), name, policy, series };
}
