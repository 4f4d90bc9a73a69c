/** The short answer of a score for a terminal: each policy's cost against the bound and who wins, over all cases. */
import Table from "cli-table3";
import { median } from "../../core/quantile.ts";
import { type ScoreCase, type ScoreResult, SHARES } from "../../core/scoreResult.ts";
import { type Standing, standingsOf } from "../../core/standings.ts";

/** The share of violations at which wins are counted and rows are ordered. */
const USUAL = SHARES[1];

/** One row a policy: for each share the median ratio to the bound, and Forewarm's wins, ties and losses against it. */
export function winsTable(result: ScoreResult): string {
  const { cases, policies } = result;
  const head = [
    "simulated, tuned",
    ...SHARES.map((share) => `cost ÷ bound at ${100 * share} %`),
    `Forewarm wins/ties/loses at ${100 * USUAL} %`,
  ];
  const table = new Table({
    head,
    colAligns: head.map((_, i) => (i === 0 ? "left" : "right")),
    style: { head: [], border: [], compact: true },
  });
  const byShare = new Map(SHARES.map((share) => [share, standingsOf(result, share, "tuned")]));
  for (const { policy, wins, ties, losses } of byShare.get(USUAL) ?? []) {
    const ratios = SHARES.map((share) => {
      const standing = byShare.get(share)?.find((each) => each.policy === policy);
      return standing === undefined ? "" : ratioCell(standing, cases.length);
    });
    const label = policies.find(({ name }) => name === policy)?.label ?? policy;
    table.push([label, ...ratios, policy === "forewarm" ? "" : `${wins}/${ties}/${losses}`]);
  }
  const plans = SHARES.map((share) => standingOfPlan(cases, share));
  table.push(["Clairvoyant plan", ...plans.map((plan) => ratioCell(plan, cases.length)), ""]);
  return table.toString();
}

function standingOfPlan(cases: readonly ScoreCase[], share: number): Pick<Standing, "ratio" | "reached"> {
  const ratios = cases.map(({ bounds }) => {
    const { clairvoyant = null, bound = Number.NaN } = bounds.find((each) => each.share === share) ?? {};
    return clairvoyant === null ? Number.POSITIVE_INFINITY : clairvoyant / bound;
  });
  const ratio = median(ratios);
  return { ratio: Number.isFinite(ratio) ? ratio : null, reached: ratios.filter(Number.isFinite).length };
}

function ratioCell({ ratio, reached }: Pick<Standing, "ratio" | "reached">, cases: number): string {
  const where = reached === cases ? "" : ` (${reached} of ${cases})`;
  return `${ratio === null ? "not reached" : ratio.toFixed(2)}${where}`;
}
