/** Who wins in a score: Forewarm beside each policy over all cases, and case by case the ones it does worst in. */
import { median } from "./quantile.ts";
import type { CostAtShare, PolicyKind, PolicyVersion, ScoreCase, ScoreResult } from "./scoreResult.ts";

export type Version = PolicyVersion["version"];

/** Costs as near to each other as this are no one's win: about what another seed of the same arrivals changes. */
export const TIE_SHARE = 0.01;

const OURS = "forewarm";

/** What an operator could run instead: neither a part of ours nor one that is told the future. */
const RIVALS: ReadonlySet<PolicyKind> = new Set(["reactive", "predictive", "timetable"]);

/** How Forewarm comes out of a comparison. A share that was not reached is lost; by neither, a tie. */
export type Duel = "win" | "tie" | "loss";

/** A policy over all cases, at one share of violations. */
export interface Standing {
  readonly policy: string;
  /** Median over the cases of cost ÷ bound, where one that was not reached is dearer than any; null: not reached. */
  readonly ratio: number | null;
  /** Cases in which it reached the share. */
  readonly reached: number;
  /** Forewarm's wins, ties and losses against it. */
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** Median of its cost ÷ Forewarm's over the cases that both reached; null where there is none. */
  readonly overOurs: number | null;
  /** Median share of the saving that perfect knowledge would bring; null where there is none. */
  readonly captured: number | null;
}

/** All policies at one share, the one nearest to the bound first. */
export function standingsOf(result: ScoreResult, share: number, version: Version): readonly Standing[] {
  return result.policies
    .filter(({ name }) => result.cases.some((each) => versionOf(each, name, version) !== undefined))
    .map(({ name }) => standingOf(result.cases, name, share, version))
    .sort((a, b) => (a.ratio ?? Number.POSITIVE_INFINITY) - (b.ratio ?? Number.POSITIVE_INFINITY));
}

function standingOf(cases: readonly ScoreCase[], policy: string, share: number, version: Version): Standing {
  const costs = cases.map((each) => costAtShare(each, policy, share, version));
  const ours = cases.map((each) => costAtShare(each, OURS, share, version)?.unitHours ?? null);
  const duels = costs.map((cost, i) => duel(ours[i] ?? null, cost?.unitHours ?? null));
  const reached = costs.filter((cost) => cost !== null && cost.unitHours !== null);
  const relative = costs.flatMap((cost, i) => overOursIn(cost, ours[i] ?? null));
  const captured = costs.flatMap((cost) => (cost?.captured == null ? [] : [cost.captured]));
  const ratio = median(costs.map((cost) => cost?.ratio ?? Number.POSITIVE_INFINITY));
  return {
    policy,
    ratio: Number.isFinite(ratio) ? ratio : null,
    reached: reached.length,
    wins: duels.filter((each) => each === "win").length,
    ties: duels.filter((each) => each === "tie").length,
    losses: duels.filter((each) => each === "loss").length,
    overOurs: relative.length === 0 ? null : median(relative),
    captured: captured.length === 0 ? null : median(captured),
  };
}

function overOursIn(cost: CostAtShare | null, ours: number | null): readonly number[] {
  return cost === null || cost.unitHours === null || ours === null ? [] : [cost.unitHours / ours];
}

function duel(ours: number | null, theirs: number | null): Duel {
  if (ours === null) return theirs === null ? "tie" : "loss";
  if (theirs === null || ours < theirs * (1 - TIE_SHARE)) return "win";
  return ours > theirs * (1 + TIE_SHARE) ? "loss" : "tie";
}

/** One case at one share, with the cheapest policy that could have been run instead. */
export interface Verdict {
  /** Index into the cases of the result. */
  readonly index: number;
  /** Forewarm's cost ÷ bound; null: not reached. */
  readonly ratio: number | null;
  readonly captured: number | null;
  /** Null: no rival reached the share. */
  readonly rival: { readonly policy: string; readonly ratio: number } | null;
  readonly outcome: Duel;
}

/** All cases at one share, the one in which Forewarm loses most first. */
export function verdictsOf(result: ScoreResult, share: number, version: Version): readonly Verdict[] {
  const rivals = result.policies.filter(({ kind }) => RIVALS.has(kind)).map(({ name }) => name);
  return result.cases
    .map((each, index): Verdict => {
      const ours = costAtShare(each, OURS, share, version);
      const ratio = ours?.ratio ?? null;
      const [rival = null] = rivals
        .flatMap((policy) => {
          const theirs = costAtShare(each, policy, share, version)?.ratio ?? null;
          return theirs === null ? [] : [{ policy, ratio: theirs }];
        })
        .sort((a, b) => a.ratio - b.ratio);
      const outcome = duel(ratio, rival?.ratio ?? null);
      return { index, ratio, captured: ours?.captured ?? null, rival, outcome };
    })
    .sort((a, b) => loss(b) - loss(a));
}

/** Forewarm's cost over the rival's. */
function loss({ ratio, rival }: Verdict): number {
  if (ratio === null) return rival === null ? 1 : Number.MAX_VALUE;
  return rival === null ? 0 : ratio / rival.ratio;
}

function costAtShare(scored: ScoreCase, policy: string, share: number, version: Version): CostAtShare | null {
  return versionOf(scored, policy, version)?.costs.find((each) => each.share === share) ?? null;
}

const versionOf = ({ policies }: ScoreCase, policy: string, version: Version): PolicyVersion | undefined =>
  policies.find((each) => each.policy === policy)?.versions.find((each) => each.version === version);
