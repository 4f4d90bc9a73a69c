/** Floor mode: the minimum that Application Auto Scaling has for a target, beside the target's own capacity. */
import {
  type ApplicationAutoScalingClient,
  ApplicationAutoScalingServiceException,
} from "@aws-sdk/client-application-auto-scaling";
import { scalableTargetOf } from "../../../contract/resourceIds.ts";
import type { CapacityState, Outcome } from "../../../core/capacity.ts";
import type { TargetPolicy } from "../../../core/policy.ts";
import type { CapacityTarget } from "../../../ports/capacityTarget.ts";
import type { Clock } from "../../../ports/clock.ts";
import type { FloorRecord, FloorStore } from "../../../ports/floorStore.ts";
import { impossibleUnits } from "../sagemaker/fewestUnits.ts";
import { registerMinimum } from "./registerMinimum.ts";
import { restoreFloor } from "./restoreFloor.ts";
import { type Limits, type ScalableTargetId, ScalableTargets } from "./scalableTargets.ts";

interface Floor extends ScalableTargetId {
  readonly target: string;
  readonly kind: TargetPolicy["kind"];
}

/** Wraps the capacity of targets in floor mode, of kinds that Application Auto Scaling knows. Lives for one wake-up. */
export class FloorTarget implements CapacityTarget {
  private readonly inner: CapacityTarget;
  private readonly client: ApplicationAutoScalingClient;
  private readonly floors: ReadonlyMap<string, Floor>;
  private readonly store: FloorStore;
  private readonly clock: Clock;
  private readonly limits: ScalableTargets;

  constructor(
    inner: CapacityTarget,
    client: ApplicationAutoScalingClient,
    targets: readonly TargetPolicy[],
    store: FloorStore,
    clock: Clock,
  ) {
    this.inner = inner;
    this.client = client;
    this.store = store;
    this.clock = clock;
    this.floors = new Map(targets.map((policy) => [policy.id, floorOf(policy)]));
    this.limits = new ScalableTargets(client, [...this.floors.values()]);
  }

  /** What the wrapped target says, and the minimum: null when no scalable target is registered, which is a problem. */
  async describe(target: string): Promise<CapacityState> {
    const floor = this.floorOf(target);
    const [state, limits, record] = await Promise.all([
      this.inner.describe(target),
      this.limits.look(floor),
      this.store.get(target),
    ]);
    const own = limits === null ? notRegistered(floor) : competitor(floor, limits, record);
    const problems = [state.problem, own].filter((problem) => problem !== null);
    return {
      ...state,
      minimum: limits?.minimum ?? null,
      problem: problems.length === 0 ? null : problems.join("; "),
    };
  }

  /** Floor mode does not ask for units itself; whoever does gets what the wrapped target answers. */
  async setUnits(target: string, units: number, token: string): Promise<Outcome> {
    return this.inner.setUnits(target, units, token);
  }

  /**
   * Application Auto Scaling raises capacity that is below the new minimum at once, and lowers none. The API has no
   * token; a repeated call is harmless because the minimum is then there already. Throws what is neither a limit, a lock
   * nor an update that is pending.
   */
  async setMinimum(target: string, units: number, _token: string): Promise<Outcome> {
    const floor = this.floorOf(target);
    const impossible = impossibleUnits(floor.kind, units);
    if (impossible !== null) return impossible;
    const limits = await this.limits.anew(floor);
    if (limits === null) return { kind: "refused", why: notRegistered(floor) };
    if (units === limits.minimum) return { kind: "accepted", units };
    if (units > limits.maximum) return { kind: "refused", why: aboveMaximum(floor, units, limits) };
    const { locked } = units > limits.minimum ? await this.inner.describe(target) : UNLOCKED;
    if (locked !== null) return { kind: "deferred", why: locked.why };
    return this.move(floor, units, limits);
  }

  /**
   * Remembered before it is done: a crash in between leaves a record that the next change makes true, never a minimum
   * whose original nobody knows. When the service says no, the record is put back as it was.
   */
  private async move(floor: Floor, units: number, { minimum }: Limits): Promise<Outcome> {
    const { target, resourceId, dimension } = floor;
    const before = await this.recordOf(floor);
    const first = { target, resourceId, dimension, originalMinimum: minimum, since: this.clock.now() };
    await this.store.put({ ...(before ?? first), lastSet: units });
    try {
      await registerMinimum(this.client, floor, units);
      return { kind: "accepted", units };
    } catch (error) {
      if (!(error instanceof ApplicationAutoScalingServiceException)) throw error;
      await (before === null ? this.store.remove(target) : this.store.put(before));
      if (error.name === "ConcurrentUpdateException") return { kind: "deferred", why: error.message };
      throw error;
    }
  }

  /** The record of this scalable target. One of another, which the policy named before, is put back first. */
  private async recordOf({ target, resourceId }: Floor): Promise<FloorRecord | null> {
    const record = await this.store.get(target);
    if (record === null || record.resourceId === resourceId) return record;
    await restoreFloor(this.client, this.store, record);
    return null;
  }

  private floorOf(target: string): Floor {
    const floor = this.floors.get(target);
    if (floor !== undefined) return floor;
    const known = [...this.floors.keys()].join(", ") || "none";
    throw new Error(`the policy has no target "${target}" in floor mode; it has: ${known}`);
  }
}

/** Lowering a minimum moves no capacity, so that no lock stands against it. */
const UNLOCKED: Pick<CapacityState, "locked"> = { locked: null };

function floorOf({ id, kind, resource }: TargetPolicy): Floor {
  const scalable = scalableTargetOf({ kind, resource });
  if (scalable !== null) return { target: id, kind, ...scalable };
  throw new Error(
    `${id} has the kind ${kind}, which Application Auto Scaling does not know: only SageMaker targets can be here`,
  );
}

function notRegistered({ resourceId }: Floor): string {
  return (
    `floor mode works through Application Auto Scaling, where ${resourceId} is not registered: ` +
    "register it with a scaling policy of its own, or set mode: full"
  );
}

function aboveMaximum({ resourceId }: Floor, units: number, { maximum }: Limits): string {
  return (
    `a minimum of ${units} is above the maximum of ${maximum} that ${resourceId} has in Application Auto Scaling; ` +
    "raise that, or lower capacity.max in the policy"
  );
}

/** A minimum that is neither what was set here nor what was found at first: another program or person moves it too. */
function competitor({ resourceId }: Floor, { minimum }: Limits, record: FloorRecord | null): string | null {
  if (record === null || record.resourceId !== resourceId) return null;
  if (minimum === record.lastSet || minimum === record.originalMinimum) return null;
  return (
    `somebody else set the minimum of ${resourceId} in Application Auto Scaling from ${record.lastSet} to ${minimum}; ` +
    "only one program should move it"
  );
}
