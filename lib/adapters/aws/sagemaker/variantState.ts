/** The capacity of one variant, as DescribeEndpoint shows it. The whole endpoint decides whether it takes a change. */
import type {
  DescribeEndpointOutput,
  EndpointStatus,
  ProductionVariantSummary,
} from "@aws-sdk/client-sagemaker";
import type { CapacityState } from "../../../core/capacity.ts";
import type { EpochSeconds } from "../../../core/time.ts";

/** These end only when a person acts; nothing is on its way in them. */
const BROKEN: readonly (EndpointStatus | undefined)[] = ["Failed", "OutOfService", "UpdateRollbackFailed"];

/**
 * Instance counts of the variant; instance pools count together. Throws when the endpoint has no such variant, or one
 * without instances (serverless): there is nothing to scale.
 */
export function variantStateOf(endpoint: DescribeEndpointOutput, name: string): CapacityState {
  const variant = variantOf(endpoint, name);
  const { DesiredInstanceCount: desired, CurrentInstanceCount: ready } = variant;
  if (desired === undefined || ready === undefined) {
    throw new Error(
      `variant ${name} of endpoint ${endpoint.EndpointName} states no instance counts: ` +
        "it is serverless or being created; name a variant that runs on instances",
    );
  }
  const locked = lockOf(endpoint);
  const changing = locked !== null && !BROKEN.includes(endpoint.EndpointStatus);
  return {
    desired,
    ready,
    locked,
    changedAt: changing ? changeBegan(endpoint, variant) : null,
    problem: problemOf(endpoint),
    minimum: null,
  };
}

function variantOf(endpoint: DescribeEndpointOutput, name: string): ProductionVariantSummary {
  const variants = endpoint.ProductionVariants ?? [];
  const variant = variants.find(({ VariantName }) => VariantName === name);
  if (variant !== undefined) return variant;
  const known = variants.map(({ VariantName }) => VariantName).join(", ") || "none";
  throw new Error(
    `endpoint ${endpoint.EndpointName} has no variant ${name}; it has: ${known}; correct the variant in the policy`,
  );
}

/** One change at a time is taken for an endpoint, not for a variant: any that waits for instances locks all. */
function lockOf(endpoint: DescribeEndpointOutput): CapacityState["locked"] {
  const { EndpointName, EndpointStatus, ProductionVariants = [], ShadowProductionVariants = [] } = endpoint;
  if (EndpointStatus !== "InService") return { why: `endpoint ${EndpointName} is ${EndpointStatus}` };
  const waiting = [...ProductionVariants, ...ShadowProductionVariants].find(
    (each) => each.CurrentInstanceCount !== each.DesiredInstanceCount,
  );
  if (waiting === undefined) return null;
  const { VariantName, CurrentInstanceCount, DesiredInstanceCount } = waiting;
  const counts = `${CurrentInstanceCount} of ${DesiredInstanceCount} instances`;
  return { why: `variant ${VariantName} of endpoint ${EndpointName} has ${counts}` };
}

/** The first of the phases that the variant is in (`Updating`, `Baking`, …), or else the endpoint's last change. */
function changeBegan(
  { LastModifiedTime }: DescribeEndpointOutput,
  { VariantStatus = [] }: ProductionVariantSummary,
): EpochSeconds | null {
  const starts = VariantStatus.flatMap(({ StartTime }) =>
    StartTime === undefined ? [] : [secondsOf(StartTime)],
  );
  if (starts.length > 0) return Math.min(...starts);
  return LastModifiedTime === undefined ? null : secondsOf(LastModifiedTime);
}

export const secondsOf = (date: Date): EpochSeconds => date.getTime() / 1000;

/** A reason may stand beside `InService`: a change that failed and was undone ends there. */
function problemOf({ EndpointName, EndpointStatus, FailureReason }: DescribeEndpointOutput): string | null {
  const reason = FailureReason === undefined || FailureReason === "" ? null : FailureReason;
  if (!BROKEN.includes(EndpointStatus)) return reason;
  return `endpoint ${EndpointName} is ${EndpointStatus}${reason === null ? "" : `: ${reason}`}`;
}
