/**
 * Where CloudWatch has the metrics that a policy names, for each kind of target. The alarms of the stack and the reader
 * in the functions both go by this, so that a threshold means the same to both.
 */
import type { MetricStat, TargetKind, TargetPolicy } from "../core/policy.ts";
import type { Statistic } from "../core/reading.ts";

/** A series in CloudWatch. A value there times `scale` is the value in the policy's unit. */
export interface CloudWatchSeries {
  /** Several only where an expression joins them. */
  readonly parts: Readonly<Record<string, MetricStat>>;
  /** CloudWatch metric math over the ids of `parts`; null for one part that stands for itself. */
  readonly expression: string | null;
  readonly scale: number;
  /** Absent without requests, so that an alarm on it must not take absence for a breach. */
  readonly absentWhenIdle: boolean;
}

export type CloudWatchLookup = CloudWatchSeries | { readonly problem: string };

interface Entry {
  readonly namespace: string;
  readonly name: string;
  readonly scale?: number | ((policy: TargetPolicy) => number | null);
  readonly absentWhenIdle?: boolean;
  /** Instead of the one that the policy names; null where the policy does not say what is needed for it. */
  readonly statistic?: (policy: TargetPolicy) => Statistic | null;
  /** Async backlogs are counted for the endpoint, not the variant. */
  readonly dimensions?: (resource: TargetPolicy["resource"]) => Readonly<Record<string, string>>;
}

const MICROSECONDS_TO_MILLISECONDS = 0.001;
const SHARE_TO_PERCENT = 100;

/** Utilization runs to 100 for each device of an instance. One GPU is the rule in all sizes up to 8xlarge. */
const perGpu = ({ unit }: TargetPolicy): number => 1 / (unit.gpus ?? 1);
/** Instances always have several cores, so there is no number to assume. */
const perCpu = ({ unit }: TargetPolicy): number | null => (unit.vcpus === null ? null : 1 / unit.vcpus);

const INVOCATIONS = "AWS/SageMaker";
const INSTANCES = "/aws/sagemaker/Endpoints";
const COMPONENTS = "/aws/sagemaker/InferenceComponents";
const CONTAINERS = "ContainerInsights";

const ofRequests = (name: string, scale = 1): Entry => ({
  namespace: INVOCATIONS,
  name,
  scale,
  absentWhenIdle: true,
});

/** The percent rank of the objective among the latencies. */
const insideObjective: Entry = {
  ...ofRequests("ModelLatency"),
  statistic: ({ objective: { latencyP95Ms } }) =>
    latencyP95Ms === null ? null : `PR(:${Math.round(latencyP95Ms / MICROSECONDS_TO_MILLISECONDS)})`,
};

const INSTANCE_ENTRIES: Readonly<Record<string, Entry>> = {
  gpuUtilization: { namespace: INSTANCES, name: "GPUUtilization", scale: perGpu },
  gpuMemoryUtilization: { namespace: INSTANCES, name: "GPUMemoryUtilization", scale: perGpu },
  cpuUtilization: { namespace: INSTANCES, name: "CPUUtilization", scale: perCpu },
  memoryUtilization: { namespace: INSTANCES, name: "MemoryUtilization" },
};

const ofEndpoint = ({ endpoint }: TargetPolicy["resource"]): Record<string, string> => ({
  EndpointName: endpoint as string,
});

/** Names, namespaces and units as AWS documents them for SageMaker endpoints and Container Insights. */
const ENTRIES: Readonly<Record<TargetKind, Readonly<Record<string, Entry>>>> = {
  "sagemaker-variant": {
    invocations: ofRequests("Invocations"),
    invocationsPerUnit: ofRequests("InvocationsPerInstance"),
    concurrentRequests: ofRequests("ConcurrentRequestsPerModel"),
    latency: ofRequests("ModelLatency", MICROSECONDS_TO_MILLISECONDS),
    errorRate: ofRequests("Invocation5XXErrors", SHARE_TO_PERCENT),
    insideObjective,
    ...INSTANCE_ENTRIES,
  },
  "sagemaker-inference-component": {
    invocations: ofRequests("Invocations"),
    invocationsPerUnit: ofRequests("InvocationsPerCopy"),
    concurrentRequestsPerUnit: ofRequests("ConcurrentRequestsPerCopy"),
    latency: ofRequests("ModelLatency", MICROSECONDS_TO_MILLISECONDS),
    errorRate: ofRequests("Invocation5XXErrors", SHARE_TO_PERCENT),
    insideObjective,
    refusedRequests: ofRequests("NoCapacityInvocationFailures"),
    gpuUtilization: { namespace: COMPONENTS, name: "GPUUtilizationNormalized" },
    gpuMemoryUtilization: { namespace: COMPONENTS, name: "GPUMemoryUtilizationNormalized" },
    cpuUtilization: { namespace: COMPONENTS, name: "CPUUtilizationNormalized" },
  },
  "sagemaker-async-variant": {
    queueLength: { namespace: INVOCATIONS, name: "ApproximateBacklogSize", dimensions: ofEndpoint },
    queueLengthPerUnit: {
      namespace: INVOCATIONS,
      name: "ApproximateBacklogSizePerInstance",
      dimensions: ofEndpoint,
    },
    waitsWithoutUnits: {
      namespace: INVOCATIONS,
      name: "HasBacklogWithoutCapacity",
      dimensions: ofEndpoint,
    },
    latency: { namespace: INVOCATIONS, name: "TotalProcessingTime", absentWhenIdle: true },
    ...INSTANCE_ENTRIES,
  },
  "eks-nodegroup": {
    gpuUtilization: { namespace: CONTAINERS, name: "node_gpu_utilization" },
    gpuMemoryUtilization: { namespace: CONTAINERS, name: "node_gpu_memory_utilization" },
    cpuUtilization: { namespace: CONTAINERS, name: "node_cpu_utilization" },
    memoryUtilization: { namespace: CONTAINERS, name: "node_memory_utilization" },
  },
  "kubernetes-workload": {},
};

function dimensionsOf({ kind, resource }: TargetPolicy): Readonly<Record<string, string>> {
  switch (kind) {
    case "sagemaker-variant":
    case "sagemaker-async-variant":
      return { EndpointName: resource["endpoint"] as string, VariantName: resource["variant"] as string };
    case "sagemaker-inference-component":
      return { InferenceComponentName: resource["component"] as string };
    case "eks-nodegroup":
    case "kubernetes-workload":
      return { ClusterName: resource["cluster"] as string };
  }
}

/** Where the metric is, or why it is nowhere, with what could be done. */
export function cloudWatchSeriesOf(
  policy: TargetPolicy,
  metric: string,
  statistic: Statistic,
): CloudWatchLookup {
  const own = policy.metrics[metric];
  if (own !== undefined)
    return { ...own, scale: 1, absentWhenIdle: false, parts: withStatistic(own.parts, statistic) };
  const entry = ENTRIES[policy.kind][metric];
  if (entry === undefined) {
    const known = Object.keys(ENTRIES[policy.kind]).join(", ") || "none";
    return {
      problem: `CloudWatch has no ${metric} for a ${policy.kind}; it has: ${known}; declare others under metrics`,
    };
  }
  const scale = typeof entry.scale === "function" ? entry.scale(policy) : (entry.scale ?? 1);
  if (scale === null) {
    return {
      problem: `${metric} runs to 100 for each vCPU; say how many an instance has with unit: { vcpus: … }`,
    };
  }
  const asked = entry.statistic === undefined ? statistic : entry.statistic(policy);
  if (asked === null) {
    return { problem: `${metric} is counted against objective.latencyP95, which the policy does not state` };
  }
  const dimensions = entry.dimensions?.(policy.resource) ?? dimensionsOf(policy);
  return {
    parts: { m: { namespace: entry.namespace, name: entry.name, dimensions, statistic: asked } },
    expression: null,
    scale,
    absentWhenIdle: entry.absentWhenIdle === true,
  };
}

/** A declared metric with one part takes the statistic that is asked for; an expression's parts say their own. */
function withStatistic(
  parts: Readonly<Record<string, MetricStat>>,
  statistic: Statistic,
): Readonly<Record<string, MetricStat>> {
  const [only, ...others] = Object.entries(parts);
  if (only === undefined || others.length > 0) return parts;
  return { [only[0]]: { ...only[1], statistic } };
}

/**
 * A series that is there whenever a unit runs, whatever the traffic: where it is known and a metric of requests is
 * absent, there were no requests. Null where nothing of the kind is published.
 */
export function proofOfLifeOf(policy: TargetPolicy): MetricStat | null {
  const proof = PROOFS[policy.kind];
  return proof === undefined
    ? null
    : { ...proof, dimensions: dimensionsOf(policy), statistic: "sampleCount" };
}

/** A component's copies publish theirs; at no copies there is none, and nothing tells silence from missing data. */
const PROOFS: Readonly<Partial<Record<TargetKind, { readonly namespace: string; readonly name: string }>>> = {
  "sagemaker-variant": { namespace: INSTANCES, name: "CPUUtilization" },
  "sagemaker-inference-component": { namespace: COMPONENTS, name: "CPUUtilizationNormalized" },
};

/** CloudWatch's own word for a statistic; percentiles are the same. */
export function cloudWatchStatistic(statistic: Statistic): string {
  return statistic.startsWith("p") ? statistic : statistic.charAt(0).toUpperCase() + statistic.slice(1);
}
