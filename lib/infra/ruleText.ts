/** A rule in plain words, for whoever meets its alarm in CloudWatch. */
import type { Rule, TargetPolicy } from "../core/policy.ts";
import { METRICS, type MetricUnit } from "../policy/metrics.ts";

/** `Forewarm: chat asks for more units when latency (p95) is above 800 ms in 2 of 3 minutes.` */
export function describeRule({ id, metrics }: TargetPolicy, rule: Rule): string {
  const { metric, statistic, comparison, threshold, minutes, ofMinutes } = rule;
  const unit = Object.hasOwn(metrics, metric) ? "" : UNITS[METRICS[metric]?.unit ?? "count"];
  const window = minutes === ofMinutes ? `${minutes} min` : `${minutes} of ${ofMinutes} min`;
  return `Forewarm: ${id} ${EFFECTS[rule.scale]} when ${metric} (${statistic}) is ${comparison} ${threshold}${unit} for ${window}. From the policy; change it there.`;
}

const EFFECTS = {
  out: "asks for more units",
  in: "may release units",
  freeze: "releases no units and tells people",
} as const;

const UNITS: Readonly<Record<MetricUnit, string>> = { percent: " %", milliseconds: " ms", count: "" };
