/** Completes the rules of a target: thresholds in the metric's unit, what is not said, and the rules every target gets. */
import type { Rule } from "../core/policy.ts";
import type { Statistic } from "../core/reading.ts";
import { DEFAULT_RULE_BY, DEFAULT_RULES } from "./defaults.ts";
import { LATENCY_WORDS, parseLatencyMs, parseWindow } from "./durations.ts";
import { saying } from "./fields.ts";
import { METRICS, type MetricDefinition, type MetricUnit } from "./metrics.ts";
import { nearest, type Path, type Report } from "./problems.ts";
import type { WrittenRule, WrittenTarget } from "./schema.ts";
import { parsePercent, parseStep } from "./shares.ts";

/** The metrics that a target can name: the built-in ones and its own. */
export function metricsOf(target: WrittenTarget): Readonly<Record<string, MetricDefinition>> {
  const own = Object.entries(target.metrics).map(([name, { unit, statistic, proportional = false }]) => {
    const definition: MetricDefinition = {
      unit,
      statistic: statistic as Statistic,
      proportional,
      meaning: "declared in the policy",
    };
    return [name, definition] as const;
  });
  return { ...METRICS, ...Object.fromEntries(own) };
}

/** The definition of a metric, or null after reporting that there is none. */
export function findMetric(
  metrics: Readonly<Record<string, MetricDefinition>>,
  name: string,
  path: Path,
  report: Report,
): MetricDefinition | null {
  if (Object.hasOwn(metrics, name)) return metrics[name] as MetricDefinition;
  const near = nearest(name, Object.keys(metrics));
  const hint = near === null ? "" : ` (did you mean ${near}?)`;
  report(path, `${saying(name, Object.keys(metrics).join(", "))}${hint}; declare others under metrics`);
  return null;
}

/** The rules in the policy's order, then those that every target gets unless a rule on the same metric is there. */
export function resolveRules(target: WrittenTarget, path: Path, report: Report): readonly Rule[] {
  const metrics = metricsOf(target);
  const rules = target.rules.flatMap(
    (each, i) => resolveRule(each, metrics, [...path, "rules", i], report) ?? [],
  );
  refuseCrossed(rules, path, report);
  const isWatched = (metric: string): boolean => rules.some((each) => each.metric === metric);
  return [
    ...rules,
    ...(isWatched("latency") ? [] : latencyRule(target)),
    ...(isWatched("errorRate") || target.errorGuard === "off" ? [] : [ERROR_GUARD]),
    ...wakeRule(target).filter(({ metric }) => !isWatched(metric)),
  ];
}

const window = (text: string): { minutes: number; ofMinutes: number } =>
  parseWindow(text) ?? { minutes: 1, ofMinutes: 1 };

const ERROR_GUARD: Rule = {
  path: "errorGuard",
  metric: DEFAULT_RULES.errorGuard.metric,
  statistic: (METRICS["errorRate"] as MetricDefinition).statistic,
  comparison: "above",
  threshold: parsePercent(DEFAULT_RULES.errorGuard.above) as number,
  ...window(DEFAULT_RULES.errorGuard.for),
  scale: DEFAULT_RULES.errorGuard.scale,
  by: "proportional",
};

function latencyRule({ objective }: WrittenTarget): readonly Rule[] {
  if (objective.latencyP95 === undefined) return [];
  return [
    {
      path: "objective.latencyP95",
      metric: "latency",
      statistic: "p95",
      comparison: "above",
      threshold: objective.latencyP95,
      ...window(DEFAULT_RULES.latency.for),
      scale: DEFAULT_RULES.latency.scale,
      by: parseStep(DEFAULT_RULES.latency.by) ?? "proportional",
    },
  ];
}

/** The first unit at the first request, for targets that may have none; others than these are woken by their load. */
function wakeRule({ kind, capacity }: WrittenTarget): readonly Rule[] {
  const { metrics, above, for: lasting, scale, by } = DEFAULT_RULES.wake;
  const metric = Object.entries(metrics).find(([each]) => each === kind)?.[1];
  if (metric === undefined || capacity.min > 0) return [];
  return [
    {
      path: "wake",
      metric,
      statistic: (METRICS[metric] as MetricDefinition).statistic,
      comparison: "above",
      threshold: above,
      ...window(lasting),
      scale,
      by: parseStep(by) ?? "proportional",
      fromNone: true,
    },
  ];
}

function resolveRule(
  written: WrittenRule,
  metrics: Readonly<Record<string, MetricDefinition>>,
  path: Path,
  report: Report,
): Rule | null {
  const definition = findMetric(metrics, written.metric, [...path, "metric"], report);
  const comparison = comparisonOf(written, path, report);
  if (definition === null || comparison === null) return null;
  const threshold = thresholdOf(written[comparison], definition.unit, [...path, comparison], report);
  if (threshold === null) return null;
  return {
    path: `rules[${String(path.at(-1))}]`,
    metric: written.metric,
    statistic: (written.statistic ?? definition.statistic) as Statistic,
    comparison,
    threshold,
    ...written.for,
    scale: written.scale ?? (comparison === "above" ? "out" : "in"),
    by:
      written.by ??
      (definition.proportional ? "proportional" : (parseStep(DEFAULT_RULE_BY) ?? "proportional")),
  };
}

function comparisonOf({ above, below }: WrittenRule, path: Path, report: Report): "above" | "below" | null {
  if ((above === undefined) !== (below === undefined)) return above === undefined ? "below" : "above";
  const got = above === undefined ? "neither" : "both";
  report(path, `got ${got} of above and below; allowed: exactly one of them`);
  return null;
}

const THRESHOLD_WORDS: Readonly<Record<MetricUnit, string>> = {
  percent: "a percentage such as 70%",
  milliseconds: LATENCY_WORDS,
  count: "a number of at least 0",
};

function thresholdOf(
  value: number | string | undefined,
  unit: MetricUnit,
  path: Path,
  report: Report,
): number | null {
  const parsed =
    typeof value === "string"
      ? unit === "percent"
        ? parsePercent(value)
        : unit === "milliseconds"
          ? parseLatencyMs(value)
          : null
      : unit === "count" && value !== undefined && Number.isFinite(value) && value >= 0
        ? value
        : null;
  if (parsed === null) report(path, saying(value, THRESHOLD_WORDS[unit]));
  return parsed;
}

/** An `in` rule at or above the `out` rule of the same metric would let both hold at once. */
function refuseCrossed(rules: readonly Rule[], path: Path, report: Report): void {
  for (const out of rules.filter((each) => each.scale === "out" && each.comparison === "above")) {
    for (const inward of rules.filter((each) => each.scale === "in" && each.comparison === "below")) {
      if (inward.metric !== out.metric || inward.statistic !== out.statistic) continue;
      if (inward.threshold < out.threshold) continue;
      report(
        [...path, "rules"],
        `${inward.path} permits scale-in below ${inward.threshold} and ${out.path} scales out above ${out.threshold} of ${out.metric}; the first must be the lower one`,
      );
    }
  }
}
