/** What the fake of SageMaker knows of endpoints and inference components, and how the service describes it. */
import type {
  DescribeEndpointOutput,
  DescribeInferenceComponentOutput,
  EndpointStatus,
  InferenceComponentStatus,
} from "@aws-sdk/client-sagemaker";
import type { EpochSeconds } from "../../../../lib/core/time.ts";

/** In the service's words. */
export const INSUFFICIENT =
  "Unable to provision requested ML compute capacity due to InsufficientInstanceCapacity error. " +
  "Please retry using a different ML instance type or after some time.";

export interface Counts {
  desired: number;
  current: number;
}

export interface Changing {
  failureReason: string | null;
  /** What the change under way will fail with. */
  failing: string | null;
  /** Instances or copies that the account may have in one variant or component. */
  quota: number;
  lastModified: EpochSeconds;
}

export interface FakeEndpoint extends Changing {
  status: EndpointStatus;
  /** A real-time variant cannot run at 0. */
  readonly asynchronous: boolean;
  readonly variants: Map<string, Counts>;
  readonly shadows: Map<string, Counts>;
  /** When each variant's change began, where the service says so. */
  readonly started: Map<string, EpochSeconds>;
}

export interface FakeComponent extends Changing, Counts {
  status: InferenceComponentStatus;
}

export function atRest(): Changing {
  return { failureReason: null, failing: null, quota: Number.POSITIVE_INFINITY, lastModified: 0 };
}

export const countsOf = (units: number): Counts => ({ desired: units, current: units });

/** The change comes to its end: all units are there, or those of before are asked for again. */
export function settle(counts: Counts, failure: string | null): void {
  if (failure === null) counts.current = counts.desired;
  else counts.desired = counts.current;
}

const arnOf = (what: string, name: string): string =>
  `arn:aws:sagemaker:eu-west-1:111122223333:${what}/${name}`;

export function endpointAnswer(name: string, endpoint: FakeEndpoint): DescribeEndpointOutput {
  const { status, failureReason, variants, shadows, started, lastModified } = endpoint;
  const summaryOf = ([VariantName, { desired, current }]: [string, Counts]) => {
    const at = started.get(VariantName);
    return {
      VariantName,
      DesiredInstanceCount: desired,
      CurrentInstanceCount: current,
      ...(at === undefined
        ? {}
        : { VariantStatus: [{ Status: "Updating" as const, StartTime: dateOf(at) }] }),
    };
  };
  return {
    EndpointName: name,
    EndpointArn: arnOf("endpoint", name),
    EndpointStatus: status,
    ProductionVariants: [...variants].map(summaryOf),
    ...(shadows.size === 0 ? {} : { ShadowProductionVariants: [...shadows].map(summaryOf) }),
    ...(failureReason === null ? {} : { FailureReason: failureReason }),
    CreationTime: dateOf(0),
    LastModifiedTime: dateOf(lastModified),
  };
}

export function componentAnswer(name: string, component: FakeComponent): DescribeInferenceComponentOutput {
  const { status, failureReason, desired, current, lastModified } = component;
  return {
    InferenceComponentName: name,
    InferenceComponentArn: arnOf("inference-component", name),
    EndpointName: "shared",
    EndpointArn: arnOf("endpoint", "shared"),
    InferenceComponentStatus: status,
    RuntimeConfig: { DesiredCopyCount: desired, CurrentCopyCount: current },
    ...(failureReason === null ? {} : { FailureReason: failureReason }),
    CreationTime: dateOf(0),
    LastModifiedTime: dateOf(lastModified),
  };
}

const dateOf = (at: EpochSeconds): Date => new Date(at * 1000);
