/** The short answer of a score for a terminal: each policy's cost against the bound, over all cases. */
import Table from "cli-table3";
import { median } from "../../core/quantile.ts";
import { type ScoreCase, type ScoreResult, SHARES } from "../../core/scoreResult.ts";

/** One row a policy: for each share of violations the median ratio to the bound, and in how many cases it got there. */
export function winsTable({ cases, policies }: ScoreResult): string {
  const head = ["simulated, tuned", ...SHARES.map((share) => `cost ÷ bound at ${100 * share} %`)];
  const table = new Table({
    head,
    colAligns: head.map((_, i) => (i === 0 ? "left" : "right")),
    style: { head: [], border: [], compact: true },
  });
  for (const { name, label } of policies) {
    table.push([label, ...SHARES.map((_, i) => medianCell(cases.map((each) => ratioOf(each, name, i))))]);
  }
  table.push(["Clairvoyant plan", ...SHARES.map((_, i) => medianCell(cases.map((each) => planOf(each, i))))]);
  return table.toString();
}

function ratioOf({ policies }: ScoreCase, name: string, share: number): number | null {
  const versions = policies.find(({ policy }) => policy === name)?.versions;
  return versions?.find(({ version }) => version === "tuned")?.costs[share]?.ratio ?? null;
}

function planOf({ bounds }: ScoreCase, share: number): number | null {
  const { clairvoyant = null, bound = Number.NaN } = bounds[share] ?? {};
  return clairvoyant === null ? null : clairvoyant / bound;
}

/** A share that is not reached is dearer than any price: the median counts it so. */
function medianCell(ratios: readonly (number | null)[]): string {
  const middle = median(ratios.map((ratio) => ratio ?? Number.POSITIVE_INFINITY));
  const reached = ratios.filter((ratio) => ratio !== null).length;
  const where = reached === ratios.length ? "" : ` (${reached} of ${ratios.length})`;
  return `${Number.isFinite(middle) ? middle.toFixed(2) : "not reached"}${where}`;
}
