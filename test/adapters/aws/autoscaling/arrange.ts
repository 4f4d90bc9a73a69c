/** Targets in floor mode over fakes of SageMaker and Application Auto Scaling. */
import { FloorTarget } from "../../../../lib/adapters/aws/autoscaling/floorTarget.ts";
import { SageMakerComponentTarget } from "../../../../lib/adapters/aws/sagemaker/sageMakerComponentTarget.ts";
import { SageMakerVariantTarget } from "../../../../lib/adapters/aws/sagemaker/sageMakerVariantTarget.ts";
import { ManualClock } from "../../../../lib/adapters/memory/manualClock.ts";
import type { TargetPolicy } from "../../../../lib/core/policy.ts";
import type { FloorRecord, FloorStore } from "../../../../lib/ports/floorStore.ts";
import { NOW } from "../../../core/arrange.ts";
import { FakeApplicationAutoScaling } from "../fakes/applicationAutoScaling.ts";
import { FakeSageMaker } from "../fakes/sageMaker.ts";

export const VARIANT_DIMENSION = "sagemaker:variant:DesiredInstanceCount";
export const COMPONENT_DIMENSION = "sagemaker:inference-component:DesiredCopyCount";

export const resourceOf = (endpoint: string, variant = "AllTraffic"): string =>
  `endpoint/${endpoint}/variant/${variant}`;

class MapFloorStore implements FloorStore {
  private readonly records = new Map<string, FloorRecord>();

  async get(target: string): Promise<FloorRecord | null> {
    return this.records.get(target) ?? null;
  }

  async put(record: FloorRecord): Promise<void> {
    this.records.set(record.target, record);
  }

  async list(): Promise<readonly FloorRecord[]> {
    return [...this.records.values()];
  }

  async remove(target: string): Promise<void> {
    this.records.delete(target);
  }
}

/** One account with its table of floors; `wakeUp` makes the adapter of one wake-up. */
export class Account {
  readonly sageMaker = new FakeSageMaker();
  readonly autoScaling = new FakeApplicationAutoScaling(this.sageMaker);
  readonly floors = new MapFloorStore();
  readonly clock = new ManualClock(NOW);

  wakeUp(targets: readonly TargetPolicy[]): FloorTarget {
    const isComponent = targets.some(({ kind }) => kind === "sagemaker-inference-component");
    const inner = isComponent
      ? new SageMakerComponentTarget(this.sageMaker.client, targets)
      : new SageMakerVariantTarget(this.sageMaker.client, targets);
    return new FloorTarget(inner, this.autoScaling.client, targets, this.floors, this.clock);
  }

  /** An endpoint of one variant at rest, registered with these limits. */
  addRegistered(endpoint: string, units: number, minimum = 1, maximum = 20): void {
    this.sageMaker.addEndpoint(endpoint, { AllTraffic: units });
    this.autoScaling.add({
      resourceId: resourceOf(endpoint),
      dimension: VARIANT_DIMENSION,
      minimum,
      maximum,
    });
  }

  /** The minimum that is registered now. */
  minimumOf(endpoint: string): number | undefined {
    return this.autoScaling.of(resourceOf(endpoint), VARIANT_DIMENSION)?.MinCapacity;
  }
}
