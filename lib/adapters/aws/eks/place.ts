/** Where a target's node group is, and how EKS's answers about it are told. */
import { createHash } from "node:crypto";
import {
  InvalidParameterException,
  InvalidRequestException,
  type NodegroupScalingConfig,
  ResourceInUseException,
  ResourceLimitExceededException,
  ResourceNotFoundException,
} from "@aws-sdk/client-eks";
import type { Outcome } from "../../../core/capacity.ts";
import type { TargetPolicy } from "../../../core/policy.ts";

export interface Place {
  readonly target: string;
  readonly cluster: string;
  readonly nodegroup: string;
}

/** EKS documents no limit; 32 hexadecimal digits stay below those of all its siblings, and 128 bits do not collide. */
const TOKEN_LENGTH = 32;

/** Throws for a resource without its names. */
export function placeOf({ id, resource }: TargetPolicy): Place {
  const { cluster, nodegroup } = resource;
  if (cluster !== undefined && nodegroup !== undefined) return { target: id, cluster, nodegroup };
  throw new Error(
    `${id} is an eks-nodegroup and needs cluster and nodegroup, got: ${Object.keys(resource).join(", ") || "nothing"}`,
  );
}

/** The same request has the same token, and one that asks for something else has another: EKS refuses a token reused. */
export function requestToken(
  { cluster, nodegroup }: Place,
  change: NodegroupScalingConfig,
  token: string,
): string {
  const request = JSON.stringify([cluster, nodegroup, change.minSize, change.desiredSize, token]);
  return createHash("sha256").update(request).digest("hex").slice(0, TOKEN_LENGTH);
}

/** What a refused change means. Throws every error that says nothing about the change itself. */
export function outcomeOf(error: unknown, place: Place): Outcome {
  if (error instanceof ResourceInUseException) return { kind: "deferred", why: error.message };
  if (
    error instanceof InvalidParameterException ||
    error instanceof InvalidRequestException ||
    error instanceof ResourceLimitExceededException
  ) {
    return { kind: "refused", why: `${error.name}: ${error.message}` };
  }
  throw explained(error, place);
}

/** What does not exist is said with what to do; every other error stays what it is, with the name that tells throttling. */
export function explained(error: unknown, place: Place): unknown {
  if (!(error instanceof ResourceNotFoundException)) return error;
  const todo = "correct cluster and nodegroup in the policy, or create the node group";
  return new Error(`${named(place)} does not exist: ${error.message}; ${todo}`, { cause: error });
}

export function named({ target, cluster, nodegroup }: Place): string {
  return `the node group ${nodegroup} of the cluster ${cluster}, which is the target ${target},`;
}
