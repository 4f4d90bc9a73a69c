/** Names of a target's resources in other services. */
import type { TargetPolicy } from "../core/policy.ts";

/** `ResourceId` and `ScalableDimension` in Application Auto Scaling; null for kinds that it does not know. */
export function scalableTargetOf({ kind, resource }: Pick<TargetPolicy, "kind" | "resource">): {
  readonly resourceId: string;
  readonly dimension: string;
} | null {
  switch (kind) {
    case "sagemaker-variant":
    case "sagemaker-async-variant":
      return {
        resourceId: `endpoint/${resource["endpoint"]}/variant/${resource["variant"]}`,
        dimension: "sagemaker:variant:DesiredInstanceCount",
      };
    case "sagemaker-inference-component":
      return {
        resourceId: `inference-component/${resource["component"]}`,
        dimension: "sagemaker:inference-component:DesiredCopyCount",
      };
    default:
      return null;
  }
}
