/** Which unit load a decision goes by: the policy's where it states one, else what was learned. */

import { sayNumber } from "../decide/say.ts";
import type { Notice, Situation } from "../decision.ts";
import type { TargetPolicy } from "../policy.ts";
import { DAY_SECONDS, isoOf } from "../time.ts";
import { CLEAR_DIFFERENCE } from "./learn.ts";
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

/** Of a policy that states another unit load than was learned. */
const DRIFT_NOTICE = "unit load drift";

/** A drift that was told stands until the two are so much nearer, so that it is not told again and again. */
const STANDING_SHARE = 0.75;

/**
 * What people should hear of: a number that is not known yet, one that the policy states wrong, one that has moved.
 * `noticed` are the kinds of notice that stand already.
 */
export function unitLoadNotices(
  situation: Situation,
  policy: SizedPolicy,
  noticed: readonly string[],
): readonly Notice[] {
  const { unitLoad, now } = situation;
  const unsized = whyUnsized(situation, policy);
  if (unsized !== null) return [{ kind: "unit load unknown", text: `deciding by rules alone: ${unsized}` }];
  const isTold = noticed.includes(DRIFT_NOTICE);
  if (unitLoad?.kind === "unknown" && isTold) {
    return [{ kind: DRIFT_NOTICE, text: `whether it still is off cannot be told: ${unitLoad.why}` }];
  }
  if (unitLoad?.kind !== "known" || policy.load === null) return [];
  const { perUnit } = policy.load;
  if (perUnit !== plannedPerUnit(unitLoad)) return drift(unitLoad, perUnit, isTold);
  const { movedFrom } = unitLoad;
  if (movedFrom === null || now - movedFrom.at > MOVE_TOLD_SECONDS) return [];
  const text = `the learned unit load moved from ${sayNumber(movedFrom.perUnit)} to ${sayNumber(unitLoad.perUnit)} at ${isoOf(movedFrom.at)}: one unit carries ${unitLoad.perUnit < movedFrom.perUnit ? "less" : "more"} than before`;
  return [{ kind: "unit load moved", text }];
}

/** The stated number counts all the same; nothing but a person changes it. */
function drift(
  { perUnit, lowest, highest, confidence }: KnownUnitLoad,
  stated: number,
  isTold: boolean,
): readonly Notice[] {
  const difference = isTold ? STANDING_SHARE * CLEAR_DIFFERENCE : CLEAR_DIFFERENCE;
  if (confidence === "low" || (lowest <= stated && stated <= highest)) return [];
  if (Math.abs(perUnit / stated - 1) < difference) return [];
  const effect = stated > perUnit ? "requests may miss the objective" : "more units than needed are paid for";
  const text = `the policy states ${sayNumber(stated)} per unit, ${sayNumber(perUnit)} was learned (${confidence} confidence): ${effect}; correct load.perUnit or leave it out`;
  return [{ kind: DRIFT_NOTICE, text }];
}
