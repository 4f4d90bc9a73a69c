/** What the names of the stack's alarms on policy rules begin with, and whether they stand in stacks of their own. */
import type { Policy } from "../core/policy.ts";

/** A stack holds 500 resources; the rest of this one needs fewer than a hundred, and its owner may add some. */
const MOST_ALARMS_INSIDE = 300;

export const alarmsOf = ({ targets }: Policy): number =>
  targets.reduce((sum, { rules }) => sum + rules.length, 0);

export const needsNestedStacks = (policy: Policy): boolean => alarmsOf(policy) > MOST_ALARMS_INSIDE;

/**
 * `Forewarm/`, or `Forewarm.nested/` for alarms in nested stacks: a dot and a slash stand in no stack's name, so no other
 * stack's alarms begin so. The two differ because CloudFormation makes alarms at their new place before it removes
 * them from the old, and two alarms cannot have one name.
 */
export function alarmPrefixOf(stackName: string, policy: Policy): string {
  return needsNestedStacks(policy) ? `${stackName}.nested/` : `${stackName}/`;
}
