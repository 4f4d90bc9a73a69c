/**
 * The capacity of EKS managed node groups, through UpdateNodegroupConfig.
 *
 * Lowering the desired size is abrupt: the Auto Scaling group picks nodes and terminates them at once, without draining
 * and without regard to PodDisruptionBudgets. Full mode is for node groups that nothing else scales and whose pods bear
 * this; beside Cluster Autoscaler, floor mode moves the minimum and leaves it to remove nodes.
 *
 * A warm pool (`warmPoolConfig`) is left as it is, since an update that does not name it keeps it. Its stopped nodes
 * count neither as desired nor as ready: they only shorten the lead time, which is for the policy to state.
 */
import {
  DescribeNodegroupCommand,
  DescribeUpdateCommand,
  type EKSClient,
  type Nodegroup,
  type NodegroupScalingConfig,
  type Update,
  UpdateNodegroupConfigCommand,
} from "@aws-sdk/client-eks";
import type { CapacityState, Outcome } from "../../../core/capacity.ts";
import type { TargetPolicy } from "../../../core/policy.ts";
import type { CapacityTarget } from "../../../ports/capacityTarget.ts";
import { isSettled, lockOf, type NodegroupSizes, problemOf, sizesOf } from "./nodegroup.ts";
import { explained, named, outcomeOf, type Place, placeOf, requestToken } from "./place.ts";

interface Seen {
  readonly nodegroup: Nodegroup;
  readonly sizes: NodegroupSizes;
  /** The update that was asked for last, by this instance; null when there is none that still matters. */
  readonly update: Update | null;
}

/** Targets of the kind `eks-nodegroup`. What it remembers (updates it asked for, nodes it saw) lasts as long as it does. */
export class EksNodegroupTarget implements CapacityTarget {
  private readonly client: EKSClient;
  private readonly places: ReadonlyMap<string, Place>;
  private readonly updates = new Map<string, string>();
  private readonly settledUnits = new Map<string, number>();

  constructor(client: EKSClient, targets: readonly TargetPolicy[]) {
    this.client = client;
    const ours = targets.filter(({ kind }) => kind === "eks-nodegroup");
    this.places = new Map(ours.map((policy) => [policy.id, placeOf(policy)]));
  }

  /**
   * EKS does not count ready nodes. At rest all desired ones are taken to be ready, though a node that was just launched
   * may still be joining. While a change is under way or starts fail, `ready` is the number last seen at rest; where
   * none was seen, it is one less than desired: not all are there, and how many is not known. When the capacity last
   * changed is not known either: `modifiedAt` moves with every label.
   */
  async describe(target: string): Promise<CapacityState> {
    const { nodegroup, sizes, update } = await this.look(this.place(target));
    const { desired, minimum } = sizes;
    const before = this.settledUnits.get(target) ?? Math.max(0, desired - 1);
    return {
      desired,
      ready: isSettled(nodegroup, update) ? desired : Math.min(desired, before),
      locked: lockOf(nodegroup, update),
      changedAt: null,
      problem: problemOf(nodegroup, update),
      minimum,
    };
  }

  /** Moves the desired size only. The limits are somebody's decision: beyond them it is refused, and they stay. */
  async setUnits(target: string, units: number, token: string): Promise<Outcome> {
    return this.ask(target, units, token, ({ minimum, maximum, desired }) => {
      if (units === desired) return { kind: "accepted", units };
      if (units < minimum) {
        const todo = "lower the minimum of the node group, or raise capacity.min in the policy";
        return { kind: "refused", why: `${units} nodes are below the minSize of ${minimum}; ${todo}` };
      }
      return aboveMaximum(units, maximum) ?? { desiredSize: units };
    });
  }

  /**
   * Moves the minimum, and the desired size only up to it where it is below, because EKS refuses a minimum above it.
   * Otherwise the desired size is not named at all: EKS learns only after a moment what Cluster Autoscaler has set, and
   * naming the old one would undo it.
   */
  async setMinimum(target: string, units: number, token: string): Promise<Outcome> {
    return this.ask(target, units, token, ({ minimum, maximum, desired }) => {
      if (units === minimum) return { kind: "accepted", units };
      const raised = units > desired ? { desiredSize: units } : {};
      return aboveMaximum(units, maximum) ?? { minSize: units, ...raised };
    });
  }

  private async ask(
    target: string,
    units: number,
    token: string,
    changeOf: (sizes: NodegroupSizes) => Outcome | NodegroupScalingConfig,
  ): Promise<Outcome> {
    const place = this.place(target);
    if (!Number.isInteger(units) || units < 0) {
      return { kind: "refused", why: `units must be a whole number of at least 0, got ${units}` };
    }
    const { nodegroup, sizes, update } = await this.look(place);
    const change = changeOf(sizes);
    if ("kind" in change) return change;
    const locked = lockOf(nodegroup, update);
    if (locked !== null) return { kind: "deferred", why: locked.why };
    return this.change(place, change, units, token);
  }

  private async change(
    place: Place,
    scalingConfig: NodegroupScalingConfig,
    units: number,
    token: string,
  ): Promise<Outcome> {
    const { target, cluster, nodegroup } = place;
    const clientRequestToken = requestToken(place, scalingConfig, token);
    try {
      const { update } = await this.client.send(
        new UpdateNodegroupConfigCommand({
          clusterName: cluster,
          nodegroupName: nodegroup,
          scalingConfig,
          clientRequestToken,
        }),
      );
      if (update?.id !== undefined) this.updates.set(target, update.id);
      return { kind: "accepted", units };
    } catch (error) {
      return outcomeOf(error, place);
    }
  }

  private async look(place: Place): Promise<Seen> {
    const { target, cluster, nodegroup: nodegroupName } = place;
    try {
      const update = await this.followUpdate(place);
      const { nodegroup } = await this.client.send(
        new DescribeNodegroupCommand({ clusterName: cluster, nodegroupName }),
      );
      if (nodegroup === undefined) throw new Error(`EKS describes nothing for ${named(place)}`);
      const sizes = sizesOf(nodegroup);
      if (isSettled(nodegroup, update)) this.settledUnits.set(target, sizes.desired);
      return { nodegroup, sizes, update };
    } catch (error) {
      throw explained(error, place);
    }
  }

  /** An update that succeeded says only that the sizes were taken: from then on the node group speaks for itself. */
  private async followUpdate({ target, cluster, nodegroup }: Place): Promise<Update | null> {
    const updateId = this.updates.get(target);
    if (updateId === undefined) return null;
    const { update } = await this.client.send(
      new DescribeUpdateCommand({ name: cluster, nodegroupName: nodegroup, updateId }),
    );
    if (update?.status === "InProgress" || update?.status === "Failed") return update;
    this.updates.delete(target);
    return null;
  }

  private place(target: string): Place {
    const place = this.places.get(target);
    if (place !== undefined) return place;
    const known = [...this.places.keys()].join(", ") || "none";
    throw new Error(
      `there is no target "${target}" of the kind eks-nodegroup in the policy; there are: ${known}`,
    );
  }
}

function aboveMaximum(units: number, maximum: number): Outcome | null {
  if (units <= maximum) return null;
  const todo = "raise the maximum of the node group, or lower capacity.max in the policy";
  return { kind: "refused", why: `${units} nodes are above the maxSize of ${maximum}; ${todo}` };
}
