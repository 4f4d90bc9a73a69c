/** Inference components of SageMaker, through UpdateInferenceComponentRuntimeConfig: their units are copies. */
import {
  DescribeInferenceComponentCommand,
  type SageMakerClient,
  UpdateInferenceComponentRuntimeConfigCommand,
} from "@aws-sdk/client-sagemaker";
import type { CapacityState, Outcome } from "../../../core/capacity.ts";
import type { TargetPolicy } from "../../../core/policy.ts";
import type { CapacityTarget } from "../../../ports/capacityTarget.ts";
import { componentStateOf } from "./componentState.ts";
import { impossibleUnits } from "./fewestUnits.ts";
import { type ComponentPlace, componentPlaces, placeIn } from "./places.ts";
import { outcomeOfError, withPlace } from "./serviceAnswers.ts";

/** Targets of other kinds are left out. Each component is described by a call of its own: SageMaker has none for many. */
export class SageMakerComponentTarget implements CapacityTarget {
  private readonly client: SageMakerClient;
  private readonly places: ReadonlyMap<string, ComponentPlace>;

  constructor(client: SageMakerClient, targets: readonly TargetPolicy[]) {
    this.client = client;
    this.places = componentPlaces(targets);
  }

  /** Throws when the component does not exist, naming it and the target; service errors are thrown on. */
  async describe(target: string): Promise<CapacityState> {
    const { component } = this.placeOf(target);
    return this.asking(target, component, async () =>
      componentStateOf(
        await this.client.send(new DescribeInferenceComponentCommand({ InferenceComponentName: component })),
      ),
    );
  }

  /**
   * The API has no token; a repeated call is harmless because the copies are then desired already. Throws what is
   * neither a lock nor a quota.
   */
  async setUnits(target: string, units: number, _token: string): Promise<Outcome> {
    const { kind, component } = this.placeOf(target);
    const refusal = impossibleUnits(kind, units);
    if (refusal !== null) return refusal;
    const state = await this.describe(target);
    if (state.desired === units) return { kind: "accepted", units };
    if (state.locked !== null) return { kind: "deferred", why: state.locked.why };
    return this.asking(target, component, () => this.change(component, units));
  }

  /** Refused: SageMaker keeps no minimum for a component. */
  async setMinimum(target: string, _units: number, _token: string): Promise<Outcome> {
    this.placeOf(target);
    return {
      kind: "refused",
      why: "an inference component has no minimum of its own; floor mode moves that of Application Auto Scaling",
    };
  }

  private async change(component: string, units: number): Promise<Outcome> {
    const command = new UpdateInferenceComponentRuntimeConfigCommand({
      InferenceComponentName: component,
      DesiredRuntimeConfig: { CopyCount: units },
    });
    try {
      await this.client.send(command);
      return { kind: "accepted", units };
    } catch (error) {
      const outcome = outcomeOfError(error);
      if (outcome === null) throw error;
      return outcome;
    }
  }

  private async asking<T>(target: string, component: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw withPlace(error, target, `inference component ${component}`);
    }
  }

  private placeOf(target: string): ComponentPlace {
    return placeIn(this.places, target, "SageMaker inference component");
  }
}
