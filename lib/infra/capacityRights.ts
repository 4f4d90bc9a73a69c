/**
 * What the scaling functions may do to the targets, from the policy alone: everything is looked at, only targets in full
 * mode can be changed, and in floor mode only their minimum.
 */
import { scalableTargetOf } from "../contract/resourceIds.ts";
import type { Mode, Policy, TargetKind, TargetPolicy } from "../core/policy.ts";
import type { Right } from "./grants.ts";
import type { ResourcePath } from "./resourceArns.ts";

/** True for what a service does in the name of the caller, such as the checks and changes of Application Auto Scaling. */
export const THROUGH_A_SERVICE = { Bool: { "aws:ViaAWSService": "true" } } as const;

export const MOVE_MINIMUMS: readonly Right[] = [
  {
    actions: ["application-autoscaling:RegisterScalableTarget"],
    resources: [{ service: "application-autoscaling", path: "scalable-target/*" }],
    conditions: { StringEquals: { "application-autoscaling:service-namespace": "sagemaker" } },
    because:
      "Scalable targets have random ids that are not known beforehand; the condition leaves SageMaker's",
  },
  {
    actions: ["sagemaker:DescribeEndpointConfig"],
    resources: [{ service: "sagemaker", path: "endpoint-config/*" }],
    conditions: THROUGH_A_SERVICE,
    because:
      "Application Auto Scaling looks at it in the caller's name; each redeploy of an endpoint names it anew",
  },
];

/** It knows no resources. */
export const DESCRIBE_MINIMUMS = "application-autoscaling:DescribeScalableTargets";

interface Service {
  readonly describe: readonly string[];
  readonly change: readonly string[];
  readonly resourcesOf: (target: TargetPolicy) => readonly ResourcePath[];
  readonly because?: string;
}

const ENDPOINTS: Service = {
  describe: ["sagemaker:DescribeEndpoint"],
  change: ["sagemaker:UpdateEndpointWeightsAndCapacities"],
  resourcesOf: ({ resource }) => sageMaker("endpoint", resource["endpoint"]),
};

const COMPONENTS: Service = {
  describe: ["sagemaker:DescribeInferenceComponent"],
  change: ["sagemaker:UpdateInferenceComponentRuntimeConfig"],
  resourcesOf: ({ resource }) => sageMaker("inference-component", resource["component"]),
};

const NODEGROUPS: Service = {
  describe: ["eks:DescribeNodegroup", "eks:DescribeUpdate"],
  change: ["eks:UpdateNodegroupConfig"],
  resourcesOf: ({ resource: { cluster, nodegroup } }) => [
    { service: "eks", path: `nodegroup/${cluster}/${nodegroup}/*` },
  ],
  because: "The ARN of a node group ends in a random id; its cluster and its own name are given",
};

const SERVICES: Readonly<Record<TargetKind, Service | null>> = {
  "sagemaker-variant": ENDPOINTS,
  "sagemaker-async-variant": ENDPOINTS,
  "sagemaker-inference-component": COMPONENTS,
  "eks-nodegroup": NODEGROUPS,
  "kubernetes-workload": null,
};

/** SageMaker writes names in ARNs in small letters in some places and as they were given in others. */
function sageMaker(type: string, name = ""): readonly ResourcePath[] {
  return [...new Set([name, name.toLowerCase()])].map((each) => ({
    service: "sagemaker",
    path: `${type}/${each}`,
  }));
}

/** Whether minimums in Application Auto Scaling are moved for any target. */
export function hasFloors({ targets }: Policy): boolean {
  return targets.some((target) => target.mode === "floor" && scalableTargetOf(target) !== null);
}

/** The rights over the targets' own resources, without any that holds nothing. */
export function capacityRights(policy: Policy): readonly Right[] {
  const rights = [ENDPOINTS, COMPONENTS, NODEGROUPS].flatMap((service) => rightsOver(service, policy));
  const floors = hasFloors(policy) ? MOVE_MINIMUMS : [];
  return [...rights, ...clusterRights(policy), ...floors].filter(({ resources }) => resources.length > 0);
}

function rightsOver(service: Service, { targets }: Policy): readonly Right[] {
  const { describe, change, resourcesOf, because } = service;
  const reason = because === undefined ? {} : { because };
  const ours = targets.filter(({ kind }) => SERVICES[kind] === service);
  const resourcesIn = (...modes: readonly Mode[]): readonly ResourcePath[] =>
    distinct(ours.filter(({ mode }) => modes.includes(mode)).flatMap(resourcesOf));
  // A node group's minimum is its own, and moved directly.
  const direct: readonly Mode[] = service === NODEGROUPS ? ["full", "floor"] : ["full"];
  const changed = resourcesIn(...direct);
  const paths = new Set(changed.map(({ path }) => path));
  const watched = resourcesIn("shadow", "floor", "full").filter(({ path }) => !paths.has(path));
  const floored = resourcesIn("floor").filter(({ path }) => !paths.has(path));
  return [
    { actions: [...describe, ...change], resources: changed, ...reason },
    { actions: describe, resources: watched, ...reason },
    { actions: change, resources: floored, conditions: THROUGH_A_SERVICE, ...reason },
  ];
}

/** What became of an update is asked of the cluster too. */
function clusterRights({ targets }: Policy): readonly Right[] {
  const clusters = targets
    .filter(({ kind }) => kind === "eks-nodegroup")
    .map(({ resource }) => ({ service: "eks", path: `cluster/${resource["cluster"]}` }));
  return [{ actions: ["eks:DescribeUpdate"], resources: distinct(clusters) }];
}

function distinct(resources: readonly ResourcePath[]): readonly ResourcePath[] {
  return [...new Map(resources.map((each) => [each.path, each])).values()];
}
