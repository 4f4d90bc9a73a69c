/** The tables of docs/benchmarks.md from a score.json: `npm run -s bench:scores -- score/score.json`. */
import { readFileSync } from "node:fs";
import { median } from "../../lib/core/quantile.ts";
import type { PolicyKind, ScoreCase, ScoreResult } from "../../lib/core/scoreResult.ts";

const SHARE_INDEX = 1;
const [path = "score/score.json"] = process.argv.slice(2);
const result = JSON.parse(readFileSync(path, "utf8")) as ScoreResult;
const kinds = new Map(result.policies.map(({ name, kind }) => [name, kind]));
const labels = new Map(result.policies.map(({ name, label }) => [name, label]));

/** Cost over the bound of a policy's tuned version; null where the share was not reached. */
function ratioOf({ policies }: ScoreCase, name: string, share: number = SHARE_INDEX): number | null {
  const versions = policies.find(({ policy }) => policy === name)?.versions;
  return versions?.find(({ version }) => version === "tuned")?.costs[share]?.ratio ?? null;
}

function bestOf(each: ScoreCase, kind: PolicyKind): { readonly name: string; readonly ratio: number } | null {
  const found = [...kinds]
    .filter(([, its]) => its === kind)
    .map(([name]) => ({ name, ratio: ratioOf(each, name) ?? Number.POSITIVE_INFINITY }))
    .toSorted((a, b) => a.ratio - b.ratio)[0];
  return found === undefined || !Number.isFinite(found.ratio) ? null : found;
}

const say = (ratio: number | null): string => (ratio === null ? "not reached" : ratio.toFixed(2));
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
const write = (text: string): void => void process.stdout.write(text);

function header(cells: readonly string[]): string {
  return row(cells) + row(cells.map((_, i) => (i === 0 ? "---" : "--:")));
}

/** Reached or not, the middle one; a share that is not reached is dearer than any price. */
function medianOf(ratios: readonly (number | null)[]): string {
  const middle = median(ratios.map((ratio) => ratio ?? Number.POSITIVE_INFINITY));
  const reached = ratios.filter((ratio) => ratio !== null).length;
  const where = reached === ratios.length ? "" : ` (${reached} of ${ratios.length})`;
  return (Number.isFinite(middle) ? middle.toFixed(2) : "not reached") + where;
}

function byTrace(cases: readonly ScoreCase[]): void {
  write(
    header([
      "simulated, 1 % violations",
      "bound, unit-hours",
      "clairvoyant",
      "Forewarm",
      "without forecast",
      "best reactive",
      "same time last week",
      "best expecting",
    ]),
  );
  for (const each of cases) {
    const { bound = Number.NaN, clairvoyant = null } = each.bounds[SHARE_INDEX] ?? {};
    const named = (best: ReturnType<typeof bestOf>): string =>
      best === null ? "not reached" : `${best.ratio.toFixed(2)} ${labels.get(best.name)}`;
    write(
      row([
        each.trace,
        Math.round(bound).toLocaleString("en-US"),
        say(clairvoyant === null ? null : clairvoyant / bound),
        say(ratioOf(each, "forewarm")),
        say(ratioOf(each, "forewarm-no-forecast")),
        named(bestOf(each, "reactive")),
        say(ratioOf(each, "same-time-last-week")),
        named(bestOf(each, "predictive")),
      ]),
    );
  }
}

function byPolicy(cases: readonly ScoreCase[]): void {
  const shares = cases[0]?.bounds.map(({ share }) => share) ?? [];
  write(
    header([
      "simulated, tuned",
      ...shares.map((share) => `at ${100 * share} %`),
      "Forewarm wins, ties, loses at 1 %",
    ]),
  );
  for (const [name, label] of labels) {
    const medians = shares.map((_, i) => medianOf(cases.map((each) => ratioOf(each, name, i))));
    write(row([label, ...medians, name === "forewarm" ? "" : verdict(cases, name)]));
  }
}

/** Against Forewarm; within a hundredth it is a tie, and who did not get there has lost. */
function verdict(cases: readonly ScoreCase[], name: string): string {
  const counts = { wins: 0, ties: 0, losses: 0 };
  for (const each of cases) {
    const ours = ratioOf(each, "forewarm") ?? Number.POSITIVE_INFINITY;
    const theirs = ratioOf(each, name) ?? Number.POSITIVE_INFINITY;
    if (ours === theirs || Math.abs(ours / theirs - 1) <= 0.01) counts.ties++;
    else if (ours < theirs) counts.wins++;
    else counts.losses++;
  }
  return `${counts.wins}, ${counts.ties}, ${counts.losses}`;
}

for (const [name, cases] of Map.groupBy(
  result.cases,
  ({ platform, leadTimeSeconds, units }) => `${platform}, lead time ${leadTimeSeconds} s, ${units} units`,
)) {
  write(`\n### ${name}\n\n`);
  byTrace(cases);
  write("\n");
  byPolicy(cases);
}
