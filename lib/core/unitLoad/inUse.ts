/** Which unit load a decision goes by: the policy's where it states one, else what was learned. */

import { sayNumber, sayPercent } from "../decide/say.ts";
import type { Notice, Situation } from "../decision.ts";
import type { TargetPolicy } from "../policy.ts";
import { DAY_SECONDS, isoOf } from "../time.ts";
import { CLEAR_DIFFERENCE, isClear } from "./learn.ts";
import { type KnownUnitLoad, plannedPerUnit } from "./unitLoad.ts";

/** A policy whose load has its unit load, or has none while that is not known. */
export type SizedPolicy = Omit<TargetPolicy, "load"> & {
  readonly load: (NonNullable<TargetPolicy["load"]> & { readonly perUnit: number }) | null;
};

/** How long a move of the learned number is told. */
const MOVE_TOLD_SECONDS = DAY_SECONDS;

/** The policy as a decision goes by it. Where the unit load is not known it has no load, and rules alone decide. */
export function sizedPolicy(policy: TargetPolicy, { unitLoad }: Situation): SizedPolicy {
  const { load } = policy;
  if (load === null) return { ...policy, load };
  if (load.perUnit !== null) return policy as SizedPolicy;
  const known = unitLoad?.kind === "known";
  return { ...policy, load: known ? { ...load, perUnit: plannedPerUnit(unitLoad) } : null };
}

/** ` (learned, high confidence)` behind the number, where it is not the policy's. */
export function sayOrigin({ unitLoad }: Situation, { load }: SizedPolicy): string {
  if (unitLoad?.kind !== "known" || load?.perUnit !== plannedPerUnit(unitLoad)) return "";
  return ` (learned from ${unitLoad.from}, ${unitLoad.confidence} confidence)`;
}

/** Why there is no load to decide by, for a target that is to learn it; null for one that is not. */
export function whyUnsized({ unitLoad }: Situation, { load }: SizedPolicy): string | null {
  return load === null && unitLoad?.kind === "unknown"
    ? `the unit load is not known yet (${unitLoad.why})`
    : null;
}

/** What people should hear of: a number that is not known yet, one that the policy states wrong, one that has moved. */
export function unitLoadNotices(situation: Situation, policy: SizedPolicy): readonly Notice[] {
  const { unitLoad, now } = situation;
  const unsized = whyUnsized(situation, policy);
  if (unsized !== null) return [{ kind: "unit load unknown", text: `deciding by rules alone: ${unsized}` }];
  if (unitLoad?.kind !== "known" || policy.load === null) return [];
  const { perUnit } = policy.load;
  if (perUnit !== plannedPerUnit(unitLoad)) return drift(unitLoad, perUnit);
  const { movedFrom } = unitLoad;
  if (movedFrom === null || now - movedFrom.at > MOVE_TOLD_SECONDS) return [];
  const text = `the learned unit load moved from ${sayNumber(movedFrom.perUnit)} to ${sayNumber(unitLoad.perUnit)} at ${isoOf(movedFrom.at)}: one unit carries ${unitLoad.perUnit < movedFrom.perUnit ? "less" : "more"} than before`;
  return [{ kind: "unit load moved", text }];
}

/** The stated number counts all the same; nothing but a person changes it. */
function drift({ perUnit, lowest, highest, confidence }: KnownUnitLoad, stated: number): readonly Notice[] {
  if (confidence === "low" || (lowest <= stated && stated <= highest) || !isClear(perUnit, stated)) return [];
  const effect = stated > perUnit ? "requests may miss the objective" : "more units than needed are paid for";
  const text = `the policy states ${sayNumber(stated)} per unit, ${sayNumber(perUnit)} was learned (${confidence} confidence), off by more than ${sayPercent(CLEAR_DIFFERENCE)}: ${effect}; correct load.perUnit or leave it out`;
  return [{ kind: "unit load drift", text }];
}
