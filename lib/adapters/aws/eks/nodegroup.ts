/** What EKS says of a managed node group, checked once, and what it means for the capacity of a target. */
import type { Nodegroup, Update } from "@aws-sdk/client-eks";

/** A node group with the numbers that its Auto Scaling group was given. */
export interface NodegroupSizes {
  readonly minimum: number;
  readonly maximum: number;
  readonly desired: number;
}

/**
 * Issues that say that nodes are missing; others (such as `PodEvictionFailure`) leave their number alone. Codes as the
 * EKS API lists them for a node group's health.
 */
const NODES_ARE_MISSING: ReadonlySet<string> = new Set([
  "AsgInstanceLaunchFailures",
  "AutoScalingGroupNotFound",
  "AutoScalingGroupRateLimitExceeded",
  "Ec2InstanceTypeDoesNotExist",
  "Ec2LaunchTemplateNotFound",
  "InstanceLimitExceeded",
  "InsufficientFreeAddresses",
  "NodeCreationFailure",
]);

/** Throws when a size is missing: a missing number is not zero. */
export function sizesOf({ nodegroupName, scalingConfig }: Nodegroup): NodegroupSizes {
  const { minSize, maxSize, desiredSize } = scalingConfig ?? {};
  if (minSize === undefined || maxSize === undefined || desiredSize === undefined) {
    throw new Error(
      `EKS describes the node group ${nodegroupName} without its sizes: minSize ${minSize}, maxSize ${maxSize}, ` +
        `desiredSize ${desiredSize}; a managed node group has all three, look at it with aws eks describe-nodegroup`,
    );
  }
  return { minimum: minSize, maximum: maxSize, desired: desiredSize };
}

/**
 * Why the node group takes no change now. A DEGRADED one takes changes of its size: after a start that failed for lack
 * of capacity it stays DEGRADED until a later start succeeds, so that a lock would never end.
 */
export function lockOf({ nodegroupName, status }: Nodegroup, update: Update | null): { why: string } | null {
  if (status !== "ACTIVE" && status !== "DEGRADED") {
    return { why: `the node group ${nodegroupName} is ${status ?? "without a status"}` };
  }
  if (update?.status !== "InProgress") return null;
  return { why: `the update ${update.id} of the node group ${nodegroupName} is in progress` };
}

/** Whether the number of nodes is what was asked for, as far as EKS says: nothing is under way and nothing has failed. */
export function isSettled(nodegroup: Nodegroup, update: Update | null): boolean {
  const issues = nodegroup.health?.issues ?? [];
  return (
    lockOf(nodegroup, update) === null &&
    update?.status !== "Failed" &&
    !issues.some(({ code }) => code !== undefined && NODES_ARE_MISSING.has(code))
  );
}

/** Everything that EKS reports as failed, in its own words. */
export function problemOf(
  { nodegroupName, status, health }: Nodegroup,
  update: Update | null,
): string | null {
  const problems = (health?.issues ?? []).map(({ code, message }) => worded(code, message));
  if (update?.status === "Failed") {
    const errors = (update.errors ?? []).map(({ errorCode, errorMessage }) =>
      worded(errorCode, errorMessage),
    );
    problems.push(`the update ${update.id} failed: ${errors.join("; ") || "EKS does not say why"}`);
  }
  if (status === "DEGRADED" || status === "CREATE_FAILED" || status === "DELETE_FAILED") {
    problems.unshift(`the node group ${nodegroupName} is ${status}`);
  }
  return problems.length === 0 ? null : problems.join("; ");
}

function worded(code: string | undefined, message: string | undefined): string {
  return [code, message].filter((part) => part !== undefined && part !== "").join(": ") || "unnamed failure";
}
