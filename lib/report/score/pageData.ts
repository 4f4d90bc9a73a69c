/** What the page of a score shows: the result, and who wins in it. */
import { type ScoreResult, SHARES } from "../../core/scoreResult.ts";
import { type Standing, standingsOf, type Verdict, type Version, verdictsOf } from "../../core/standings.ts";

/** By index into `shares`. */
export interface Comparison {
  readonly standings: readonly (readonly Standing[])[];
  readonly verdicts: readonly (readonly Verdict[])[];
}

export interface ScorePageData extends ScoreResult {
  readonly shares: readonly number[];
  readonly comparisons: Readonly<Record<Version, Comparison>>;
}

/** More digits than a chart has pixels only make the page larger. */
const DIGITS = 5;

export function* scorePageText(result: ScoreResult): Generator<string> {
  const comparisons = { tuned: comparisonOf(result, "tuned"), defaults: comparisonOf(result, "defaults") };
  const { cases, ...head } = { shares: SHARES, comparisons, ...result };
  yield `${JSON.stringify(head, rounded).slice(0, -1)},"cases":[`;
  for (const [i, each] of cases.entries()) yield `${i > 0 ? "," : ""}${JSON.stringify(each, rounded)}`;
  yield "]}";
}

function comparisonOf(result: ScoreResult, version: Version): Comparison {
  return {
    standings: SHARES.map((share) => standingsOf(result, share, version)),
    verdicts: SHARES.map((share) => verdictsOf(result, share, version)),
  };
}

const rounded = (_key: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value;
