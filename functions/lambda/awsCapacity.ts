/** Each target's capacity through the adapter of its kind, and of its mode. */
import { FloorTarget } from "../../lib/adapters/aws/autoscaling/floorTarget.ts";
import { EksNodegroupTarget } from "../../lib/adapters/aws/eks/eksNodegroupTarget.ts";
import { SageMakerComponentTarget } from "../../lib/adapters/aws/sagemaker/sageMakerComponentTarget.ts";
import { SageMakerVariantTarget } from "../../lib/adapters/aws/sagemaker/sageMakerVariantTarget.ts";
import { scalableTargetOf } from "../../lib/contract/resourceIds.ts";
import type { TargetKind, TargetPolicy } from "../../lib/core/policy.ts";
import type { CapacityTarget } from "../../lib/ports/capacityTarget.ts";
import type { Clock } from "../../lib/ports/clock.ts";
import type { FloorStore } from "../../lib/ports/floorStore.ts";
import type { Clients } from "./clients.ts";

/** Floor mode goes through Application Auto Scaling where that knows the kind; a node group has a minimum of its own. */
export function awsCapacity(
  clients: Clients,
  targets: readonly TargetPolicy[],
  floors: FloorStore,
  clock: Clock,
): CapacityTarget {
  const byKind = adaptersOf(clients, targets);
  const floored = targets.filter((each) => each.mode === "floor" && scalableTargetOf(each) !== null);
  const adapters = new Map<string, CapacityTarget>(
    targets.map(({ id, kind }) => [id, byKind[kind]] as const),
  );
  const route = routeOver(adapters);
  const floor = new FloorTarget(route, clients.autoScaling, floored, floors, clock);
  const routes = new Map(adapters);
  for (const { id } of floored) routes.set(id, floor);
  return routeOver(routes);
}

function adaptersOf(
  { sageMaker, eks }: Clients,
  targets: readonly TargetPolicy[],
): Readonly<Record<TargetKind, CapacityTarget>> {
  const variants = new SageMakerVariantTarget(sageMaker, targets);
  return {
    "sagemaker-variant": variants,
    "sagemaker-async-variant": variants,
    "sagemaker-inference-component": new SageMakerComponentTarget(sageMaker, targets),
    "eks-nodegroup": new EksNodegroupTarget(eks, targets),
    "kubernetes-workload": NOT_YET,
  };
}

function routeOver(routes: ReadonlyMap<string, CapacityTarget>): CapacityTarget {
  const of = (target: string): CapacityTarget => {
    const route = routes.get(target);
    if (route === undefined) throw new Error(`there is no target "${target}" in the policy`);
    return route;
  };
  return {
    describe: async (target) => of(target).describe(target),
    setUnits: async (target, units, token) => of(target).setUnits(target, units, token),
    setMinimum: async (target, units, token) => of(target).setMinimum(target, units, token),
  };
}

/** The stack refuses such targets when it is synthesised; this is for a policy that came another way. */
const NOT_YET: CapacityTarget = {
  describe: notYet,
  setUnits: notYet,
  setMinimum: notYet,
};

async function notYet(target: string): Promise<never> {
  throw new Error(
    `${target} is a kubernetes-workload, which this version cannot scale; scale its node group`,
  );
}
