/** The short answer of a comparison for a terminal: every forecaster beside the reference, over all traces. */
import Table from "cli-table3";
import type { ForecastComparison } from "../../core/forecast/compare/result.ts";

/** One row a forecaster, the best first. */
export function standingsTable({ standings, forecasters, settings, traces }: ForecastComparison): string {
  const head = [
    "÷ same time last week",
    "WQL",
    ...settings.levels.map((level) => `loss ${level}`),
    ...settings.leadsSeconds.map(leadTitle),
    "better/same/worse",
    "worst trace",
    "covers 0.95",
    "s per fit",
  ];
  const table = new Table({
    head,
    colAligns: head.map((_, i) => (i === 0 ? "left" : "right")),
    style: { head: [], border: [], compact: true },
  });
  const upper = settings.levels.indexOf(0.95);
  for (const standing of standings) {
    const label = forecasters.find(({ name }) => name === standing.forecaster)?.label ?? standing.forecaster;
    const { worst, replacedOrigins } = standing;
    table.push([
      `${label}${standing.traces === traces.length ? "" : ` (${standing.traces} traces)`}${replacedOrigins > 0 ? ` (${replacedOrigins} replaced)` : ""}`,
      ratio(standing.wqlRatio),
      ...standing.lossRatios.map(ratio),
      ...standing.leadRatios.map(ratio),
      `${standing.wins}/${standing.ties}/${standing.losses}`,
      worst === null ? "" : `${ratio(worst.ratio)} ${worst.trace}`,
      standing.coverage[upper] == null ? "" : (standing.coverage[upper] as number).toFixed(3),
      standing.secondsPerFit === null ? "" : standing.secondsPerFit.toPrecision(2),
    ]);
  }
  return table.toString();
}

/** The bucket that ends there: `0–1 h`, `1–6 h`. */
export function leadTitle(end: number, index: number, ends: readonly number[]): string {
  return `${(ends[index - 1] ?? 0) / 3600}–${end / 3600} h`;
}

const ratio = (value: number | null): string => (value === null ? "–" : value.toFixed(2));

/** The table, and what it is about. */
export function sayComparison(result: ForecastComparison): string {
  const { traces, settings } = result;
  const origins = traces.reduce((sum, each) => sum + each.origins.length, 0);
  const hours = settings.horizonSeconds / 3600;
  return [
    standingsTable(result),
    `Geometric means over ${traces.length} ${traces.length === 1 ? "trace" : "traces"} and ${origins} origins, next ${hours} h, relative to same time last week: below 1 is better.`,
  ].join("\n");
}
