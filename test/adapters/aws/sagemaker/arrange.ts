/** Policies of SageMaker targets for the tests of their adapters. */
import type { TargetPolicy } from "../../../../lib/core/policy.ts";
import { aPolicy } from "../../../core/arrange.ts";

/** A variant; the endpoint has the target's name unless told. */
export function aVariant(
  id: string,
  { endpoint = id, variant = "AllTraffic", ...parts }: Partial<TargetPolicy> & Place = {},
): TargetPolicy {
  return aPolicy({ id, kind: "sagemaker-variant", resource: { endpoint, variant }, ...parts });
}

interface Place {
  readonly endpoint?: string;
  readonly variant?: string;
}

export function aComponent(id: string, parts: Partial<TargetPolicy> = {}): TargetPolicy {
  return aPolicy({ id, kind: "sagemaker-inference-component", resource: { component: id }, ...parts });
}

/** A variant of the endpoint `shared`. */
export const onShared = (id: string, variant: string): TargetPolicy =>
  aVariant(id, { endpoint: "shared", variant });
