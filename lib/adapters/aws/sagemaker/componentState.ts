/** The capacity of one inference component, as DescribeInferenceComponent shows it. */
import type { DescribeInferenceComponentOutput } from "@aws-sdk/client-sagemaker";
import type { CapacityState } from "../../../core/capacity.ts";
import { secondsOf } from "./variantState.ts";

/** Copies of the component. Throws when it states none: an unknown number is not zero. */
export function componentStateOf(component: DescribeInferenceComponentOutput): CapacityState {
  const { InferenceComponentName: name, RuntimeConfig, LastModifiedTime } = component;
  const { DesiredCopyCount: desired, CurrentCopyCount: ready } = RuntimeConfig ?? {};
  if (desired === undefined || ready === undefined) {
    throw new Error(`inference component ${name} states no copy counts; wait until it has been created`);
  }
  const failed = component.InferenceComponentStatus === "Failed";
  const locked = lockOf(component, desired, ready);
  const changing = locked !== null && !failed;
  return {
    desired,
    ready,
    locked,
    changedAt: changing && LastModifiedTime !== undefined ? secondsOf(LastModifiedTime) : null,
    problem: problemOf(component, failed),
    minimum: null,
  };
}

function lockOf(
  { InferenceComponentName: name, InferenceComponentStatus: status }: DescribeInferenceComponentOutput,
  desired: number,
  ready: number,
): CapacityState["locked"] {
  if (status !== "InService") return { why: `inference component ${name} is ${status}` };
  return ready === desired ? null : { why: `inference component ${name} has ${ready} of ${desired} copies` };
}

/** A reason may stand beside `InService`: a change that failed ends there. */
function problemOf(
  { InferenceComponentName: name, FailureReason }: DescribeInferenceComponentOutput,
  failed: boolean,
): string | null {
  const reason = FailureReason === undefined || FailureReason === "" ? null : FailureReason;
  if (!failed) return reason;
  return `inference component ${name} is Failed${reason === null ? "" : `: ${reason}`}`;
}
