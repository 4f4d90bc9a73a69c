/** Puts the parts of a score together: hulls, costs at equal violations, and what they are of the bound. */
import {
  type BoundAtShare,
  type CaseKey,
  type CostAtShare,
  type PolicyScore,
  type PolicyVersion,
  type ScoreCase,
  SHARES,
} from "../../core/scoreResult.ts";
import type { AnyCandidate } from "./candidate.ts";
import { costAt, hullOf, type Outcome } from "./hull.ts";
import type { BoundRuns } from "./scoreBounds.ts";
import type { PolicyRuns } from "./scorePolicy.ts";

export interface CaseParts extends Pick<ScoreCase, "factor" | "maxUnits"> {
  readonly key: CaseKey;
  readonly bounds: BoundRuns;
  readonly policies: readonly PolicyRuns[];
}

/** One case of the result. Costs are what each version's hull reaches; a share that is not reached is null, a loss. */
export function caseOf(
  { key, factor, maxUnits, bounds, policies }: CaseParts,
  candidates: readonly AnyCandidate[],
): ScoreCase {
  const rivalCosts = SHARES.map((share) => cheapestReactive(policies, candidates, share));
  const scored = policies.map(
    ({ policy, trials, versions }): PolicyScore => ({
      policy,
      trials,
      versions: versions.map((version) => ({
        ...version,
        hull: hullIndices(version.outcomes),
        costs: SHARES.map((share, i) =>
          costOf(version, share, bounds.bounds[i] as BoundAtShare, rivalCosts[i] ?? null),
        ),
      })),
    }),
  );
  return { ...key, factor, maxUnits, requests: bounds.requests, bounds: bounds.bounds, policies: scored };
}

type Runs = Pick<PolicyVersion, "outcomes">;

const asOutcomes = ({ outcomes }: Runs): readonly (Outcome & { readonly index: number })[] =>
  outcomes.map(({ violations, unitHours }, index) => ({ violations, cost: unitHours, index }));

function hullIndices(outcomes: PolicyVersion["outcomes"]): readonly number[] {
  return hullOf(asOutcomes({ outcomes })).map(({ index }) => index);
}

/** The best tuned rival that only follows what it measures; null when none reached the share. */
function cheapestReactive(
  policies: readonly PolicyRuns[],
  candidates: readonly AnyCandidate[],
  share: number,
): number | null {
  const reactive = new Set(candidates.filter(({ kind }) => kind === "reactive").map(({ name }) => name));
  const costs = policies
    .filter(({ policy }) => reactive.has(policy))
    .map(({ versions }) => versions.find(({ version }) => version === "tuned"))
    .map((version) => (version === undefined ? null : costAt(asOutcomes(version), share)))
    .filter((cost) => cost !== null);
  return costs.length === 0 ? null : Math.min(...costs);
}

function costOf(version: Runs, share: number, bound: BoundAtShare, reactive: number | null): CostAtShare {
  const unitHours = costAt(asOutcomes(version), share);
  if (unitHours === null) return { share, unitHours, ratio: null, captured: null };
  const perfect = bound.clairvoyant ?? bound.bound;
  const saving = reactive === null ? 0 : reactive - perfect;
  return {
    share,
    unitHours,
    ratio: unitHours / bound.bound,
    captured: saving > 0 && reactive !== null ? (reactive - unitHours) / saving : null,
  };
}
