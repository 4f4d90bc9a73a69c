/** The summary of a replay as a table for a terminal. */
import Table from "cli-table3";
import type { ReplayResult, Run } from "../core/replayResult.ts";

const HEAD = [
  "simulated",
  "unit-hours",
  "cost",
  "vs Forewarm",
  "inside objective",
  "violation min",
  "scale out/in",
  "flaps",
  "ramps ready",
];

/** One row a run, Forewarm first. */
export function summaryTable({ runs, assumptions }: ReplayResult): string {
  const table = new Table({
    head: HEAD,
    colAligns: HEAD.map((_, i) => (i === 0 ? "left" : "right")),
    style: { head: [], border: [], compact: true },
  });
  const [first] = runs;
  for (const run of runs) table.push(rowOf(run, first?.summary.cost ?? 0, assumptions.currency));
  return table.toString();
}

function rowOf({ label, summary }: Run, ours: number, currency: string): string[] {
  const ratio =
    ours > 0 ? `${summary.cost >= ours ? "+" : "−"}${percent(Math.abs(summary.cost / ours - 1), 0)}` : "–";
  return [
    label,
    grouped(summary.unitHours, 0),
    `${grouped(summary.cost, 0)} ${currency}`,
    summary.cost === ours ? "" : ratio,
    percent(summary.insideObjective, 3),
    grouped(summary.violationMinutes, 0),
    `${summary.scaleOuts}/${summary.scaleIns}`,
    String(summary.flaps),
    summary.ramps === 0 ? "none" : `${summary.rampsReady}/${summary.ramps}`,
  ];
}

const grouped = (value: number, digits: number): string =>
  value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });

const percent = (share: number, digits: number): string => `${(100 * share).toFixed(digits)} %`;
