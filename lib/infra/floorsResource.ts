/** The custom resource by which CloudFormation has floors put back: when targets leave floor mode, and before all goes. */
import { CustomResource, Duration } from "aws-cdk-lib";
import type { Function as Lambda } from "aws-cdk-lib/aws-lambda";
import type { Construct, IDependable } from "constructs";
import { scalableTargetOf } from "../contract/resourceIds.ts";
import type { Policy } from "../core/policy.ts";

/** Longer than the function with its one retry. */
const PATIENCE = Duration.minutes(5);

/**
 * `needed` is what putting floors back needs: it is made before this resource, and so removed after it. Whatever could
 * raise floors again must in turn depend on this resource.
 */
export function makeFloorsResource(
  scope: Construct,
  onRemoval: Lambda,
  policy: Policy,
  needed: readonly IDependable[],
): CustomResource {
  const floored = policy.targets.filter(
    (target) => target.mode === "floor" && scalableTargetOf(target) !== null,
  );
  const resource = new CustomResource(scope, "Floors", {
    resourceType: "Custom::ForewarmFloors",
    serviceToken: onRemoval.functionArn,
    serviceTimeout: PATIENCE,
    properties: { targets: floored.map(({ id }) => id) },
  });
  resource.node.addDependency(...needed);
  return resource;
}
