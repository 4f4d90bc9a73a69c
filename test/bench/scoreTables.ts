/** The tables of docs/benchmarks.md from a score: worst cases first, who is best of each kind, and who wins. */
import { basename } from "node:path";
import { median } from "../../lib/core/quantile.ts";
import {
  type KnobOutcome,
  type PolicyKind,
  type ScoreCase,
  type ScoreResult,
  SHARES,
} from "../../lib/core/scoreResult.ts";
import { standingsOf } from "../../lib/core/standings.ts";

const OURS = "forewarm";
const WEEK = "same-time-last-week";
const PROMISE = "forewarm-promise";
const CALM = "hpa";
/** The share at which policies are counted as better or worse. */
const USUAL = SHARES[1];

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
const header = (cells: readonly string[]): string =>
  row(cells) + row(cells.map((_, i) => (i === 0 ? "---" : "--:")));
const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;
const hours = (unitHours: number): string =>
  unitHours.toLocaleString("en-US", { maximumFractionDigits: unitHours < 100 ? 1 : 0 });

/** Everything, a section for each platform, lead time and number of units. */
export function scoreTables(result: ScoreResult): string {
  const groups = Map.groupBy(
    result.cases,
    ({ platform, leadTimeSeconds, units }) => `${platform}, lead time ${leadTimeSeconds} s, ${units} units`,
  );
  const labels = new Map(result.policies.map(({ name, label }) => [name, label]));
  const sections = [...groups].map(([name, cases]) => {
    const perShare = SHARES.map((share) => casesTable(cases, result, labels, share)).join("\n");
    return `### ${name}\n\n${perShare}\n${policiesTable({ ...result, cases }, labels)}${promiseTable(cases)}`;
  });
  const aside = result.setAside.map(({ trace, why }) => `- ${basename(trace)}: ${why}\n`).join("");
  return sections.join("\n") + (aside === "" ? "" : `\nSet aside:\n\n${aside}`);
}

interface Cost {
  readonly name: string;
  readonly unitHours: number;
}

/** Of a policy's tuned version; null where the share was not reached. */
function costOf({ policies }: ScoreCase, name: string, share: number): Cost | null {
  const versions = policies.find(({ policy }) => policy === name)?.versions;
  const costs = versions?.find(({ version }) => version === "tuned")?.costs;
  const unitHours = costs?.find((each) => each.share === share)?.unitHours ?? null;
  return unitHours === null ? null : { name, unitHours };
}

function bestOf(each: ScoreCase, { policies }: ScoreResult, kind: PolicyKind, share: number): Cost | null {
  const costs = policies
    .filter((policy) => policy.kind === kind)
    .map(({ name }) => costOf(each, name, share))
    .filter((cost) => cost !== null);
  return costs.toSorted((a, b) => a.unitHours - b.unitHours)[0] ?? null;
}

/** Ours over theirs: below 1 we are cheaper; who did not get there costs more than any price. */
function overRival(ours: Cost | null, theirs: Cost | null): number {
  if (ours === null) return theirs === null ? 1 : Number.POSITIVE_INFINITY;
  return theirs === null ? 0 : ours.unitHours / theirs.unitHours;
}

function casesTable(
  cases: readonly ScoreCase[],
  result: ScoreResult,
  labels: ReadonlyMap<string, string>,
  share: number,
): string {
  const rows = cases.map((each) => {
    const { bound = Number.NaN, clairvoyant = null } = each.bounds.find((of) => of.share === share) ?? {};
    const say = (cost: Cost | null): string =>
      cost === null ? "not reached" : `${hours(cost.unitHours)} (${(cost.unitHours / bound).toFixed(2)})`;
    const ours = costOf(each, OURS, share);
    const reactive = bestOf(each, result, "reactive", share);
    const over = overRival(ours, reactive);
    const cells = [
      each.trace,
      say(ours),
      reactive === null ? "not reached" : `${say(reactive)} ${labels.get(reactive.name)}`,
      say(costOf(each, WEEK, share)),
      say(clairvoyant === null ? null : { name: "", unitHours: clairvoyant }),
      hours(bound),
      sayOver(over),
    ];
    return { over, cells };
  });
  return (
    header([
      `simulated, unit-hours (÷ bound) at ${percent(share)} violations`,
      "Forewarm",
      "best tuned reactive",
      "same time last week + reactive",
      "clairvoyant",
      "bound",
      "Forewarm ÷ best reactive",
    ]) +
    rows
      .toSorted((a, b) => (a.over === b.over ? 0 : b.over - a.over))
      .map(({ cells }) => row(cells))
      .join("")
  );
}

function sayOver(over: number): string {
  if (over === Number.POSITIVE_INFINITY) return "lost: not reached";
  if (over === 0) return "won: they did not reach it";
  return over.toFixed(2);
}

/** Medians of cost over bound, with how many cases reached the share, and the wins at the usual one. */
function policiesTable(result: ScoreResult, labels: ReadonlyMap<string, string>): string {
  const { cases } = result;
  const standings = SHARES.map((share) => standingsOf(result, share, "tuned"));
  const head = [
    "simulated, tuned: median cost ÷ bound",
    ...SHARES.map((share) => `at ${percent(share)}`),
    `Forewarm wins, ties, loses at ${percent(USUAL)}`,
  ];
  const say = (ratio: number | null, reached: number): string =>
    `${ratio === null ? "not reached" : ratio.toFixed(2)}${reached === cases.length ? "" : ` (${reached} of ${cases.length})`}`;
  const rows = (standings[1] ?? []).map(({ policy, wins, ties, losses }) => {
    const ratios = standings.map((each) => {
      const found = each.find((standing) => standing.policy === policy);
      return found === undefined ? "" : say(found.ratio, found.reached);
    });
    const verdict = policy === OURS ? "" : `${wins}, ${ties}, ${losses}`;
    return row([labels.get(policy) ?? policy, ...ratios, verdict]);
  });
  const plans = SHARES.map((share) => {
    const ratios = cases.map(({ bounds }) => {
      const { clairvoyant = null, bound = Number.NaN } = bounds.find((of) => of.share === share) ?? {};
      return clairvoyant === null ? Number.POSITIVE_INFINITY : clairvoyant / bound;
    });
    const middle = median(ratios);
    return say(Number.isFinite(middle) ? middle : null, ratios.filter(Number.isFinite).length);
  });
  return header(head) + rows.join("") + row(["Clairvoyant plan", ...plans, ""]);
}

/** As shipped: what was achieved, the worst first, and how restless it was beside HPA; nothing where the promise was not scored. */
function promiseTable(cases: readonly ScoreCase[]): string {
  const rows = cases.flatMap((each) => {
    const ours = shippedOf(each, PROMISE);
    if (ours === null) return [];
    const theirs = shippedOf(each, CALM);
    const restless = (of: KnobOutcome | null): string =>
      of === null ? "" : `${of.actionsPerDay.toFixed(0)}; ${of.flapsPerDay.toFixed(0)}`;
    const inside = `${(100 * (1 - ours.violations)).toFixed(2)} %`;
    const cells = [each.trace, inside, hours(ours.unitHours), restless(ours), restless(theirs)];
    return [{ violations: ours.violations, cells }];
  });
  if (rows.length === 0) return "";
  const head = [
    "simulated, as shipped",
    "inside the objective",
    "unit-hours",
    "changes; flaps a day",
    "HPA's",
  ];
  const sorted = rows.toSorted((a, b) => b.violations - a.violations);
  return `\n${header(head)}${sorted.map(({ cells }) => row(cells)).join("")}`;
}

function shippedOf({ policies }: ScoreCase, name: string): KnobOutcome | null {
  const versions = policies.find(({ policy }) => policy === name)?.versions;
  const outcomes = versions?.find(({ version }) => version === "defaults")?.outcomes;
  return outcomes?.find(({ shipped }) => shipped) ?? null;
}
