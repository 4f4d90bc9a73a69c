/** Variants of SageMaker endpoints, real-time and asynchronous, through UpdateEndpointWeightsAndCapacities. */
import {
  type DescribeEndpointOutput,
  type SageMakerClient,
  UpdateEndpointWeightsAndCapacitiesCommand,
} from "@aws-sdk/client-sagemaker";
import type { CapacityState, Outcome } from "../../../core/capacity.ts";
import type { TargetPolicy } from "../../../core/policy.ts";
import type { CapacityTarget } from "../../../ports/capacityTarget.ts";
import { EndpointSnapshots } from "./endpointSnapshots.ts";
import { impossibleUnits } from "./fewestUnits.ts";
import { placeIn, type VariantPlace, variantPlaces } from "./places.ts";
import { outcomeOfError, withPlace } from "./serviceAnswers.ts";
import { variantStateOf } from "./variantState.ts";

/** Targets of other kinds are left out. An instance lives for one wake-up: targets of one endpoint share a first look. */
export class SageMakerVariantTarget implements CapacityTarget {
  private readonly client: SageMakerClient;
  private readonly places: ReadonlyMap<string, VariantPlace>;
  private readonly snapshots: EndpointSnapshots;

  constructor(client: SageMakerClient, targets: readonly TargetPolicy[]) {
    this.client = client;
    this.places = variantPlaces(targets);
    this.snapshots = new EndpointSnapshots(client);
  }

  /** Throws when the endpoint or its variant does not exist, naming target and endpoint; service errors are thrown on. */
  async describe(target: string): Promise<CapacityState> {
    const place = this.placeOf(target);
    return stateAt(place, () => this.snapshots.look(place.endpoint, target));
  }

  /**
   * The API has no token; a repeated call is harmless because the units are then desired already. Throws what is
   * neither a lock nor a quota: throttling after the client's retries, a network failure, a missing endpoint.
   */
  async setUnits(target: string, units: number, _token: string): Promise<Outcome> {
    const place = this.placeOf(target);
    const refusal = impossibleUnits(place.kind, units);
    if (refusal !== null) return refusal;
    const state = await this.beforeChange(place);
    if (state.desired === units) return { kind: "accepted", units };
    if (state.locked !== null) return { kind: "deferred", why: state.locked.why };
    return this.change(place, units);
  }

  /** Refused: SageMaker keeps no minimum for a variant. */
  async setMinimum(target: string, _units: number, _token: string): Promise<Outcome> {
    this.placeOf(target);
    return {
      kind: "refused",
      why: "a SageMaker variant has no minimum of its own; floor mode moves that of Application Auto Scaling",
    };
  }

  /** What was seen last will do, unless it was a lock: that may have ended since. */
  private async beforeChange(place: VariantPlace): Promise<CapacityState> {
    const { endpoint } = place;
    const seen = await stateAt(place, () => this.snapshots.newest(endpoint));
    return seen.locked === null ? seen : stateAt(place, () => this.snapshots.anew(endpoint));
  }

  /** One variant, because a call takes the capacity of one only, and no weight, so that weights stay as they are. */
  private async change({ target, endpoint, variant }: VariantPlace, units: number): Promise<Outcome> {
    const command = new UpdateEndpointWeightsAndCapacitiesCommand({
      EndpointName: endpoint,
      DesiredWeightsAndCapacities: [{ VariantName: variant, DesiredInstanceCount: units }],
    });
    try {
      await this.client.send(command);
      return { kind: "accepted", units };
    } catch (error) {
      const outcome = outcomeOfError(error);
      if (outcome === null) throw withPlace(error, target, `endpoint ${endpoint}`);
      return outcome;
    } finally {
      this.snapshots.drop(endpoint);
    }
  }

  private placeOf(target: string): VariantPlace {
    return placeIn(this.places, target, "SageMaker variant");
  }
}

async function stateAt(
  { target, endpoint, variant }: VariantPlace,
  look: () => Promise<DescribeEndpointOutput>,
): Promise<CapacityState> {
  try {
    return variantStateOf(await look(), variant);
  } catch (error) {
    throw withPlace(error, target, `endpoint ${endpoint}`);
  }
}
