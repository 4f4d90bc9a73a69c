/** A simulated fleet behind the port that the controller acts through. */
import type { CapacityState, Outcome } from "../core/capacity.ts";
import type { CapacityTarget } from "../ports/capacityTarget.ts";
import type { Endpoint } from "./physics/endpoint.ts";

export interface SimCapacityOptions {
  readonly endpoint: Endpoint;
  /** EKS node groups terminate nodes at once (EKS user guide, updating a managed node group); endpoints drain. */
  readonly killsAtOnce: boolean;
  readonly onChange: (from: number, to: number) => void;
}

/** There is one target in a replay, so its name does not matter. */
export class SimCapacityTarget implements CapacityTarget {
  private readonly options: SimCapacityOptions;

  constructor(options: SimCapacityOptions) {
    this.options = options;
  }

  async describe(): Promise<CapacityState> {
    const { endpoint } = this.options;
    return endpoint.fleet.state(endpoint.now);
  }

  async setUnits(_target: string, units: number): Promise<Outcome> {
    return this.change((fleet, now) => fleet.ask(units, now));
  }

  async setMinimum(_target: string, units: number): Promise<Outcome> {
    return this.change((fleet, now) => fleet.askMinimum(units, now));
  }

  /** The same for rivals, which do not come through the port. */
  change(ask: (fleet: Endpoint["fleet"], now: number) => Outcome): Outcome {
    const { endpoint, killsAtOnce, onChange } = this.options;
    const { fleet } = endpoint;
    const before = fleet.asked;
    const readyBefore = fleet.ready;
    const outcome = ask(fleet, endpoint.now);
    if (fleet.asked === before) return outcome;
    if (killsAtOnce) endpoint.kill(readyBefore - fleet.ready, readyBefore);
    onChange(before, fleet.asked);
    return outcome;
  }
}
