/** Something with an integer capacity that can be looked at and asked to change. */
import type { CapacityState, Outcome } from "../core/capacity.ts";

export interface CapacityTarget {
  /** What the platform says now. Throws when the target cannot be read (it does not exist, no permission, throttled out). */
  describe(target: string): Promise<CapacityState>;

  /**
   * Full mode: asks for exactly `units`. A locked target answers `deferred`, a quota or a wrong number `refused`;
   * asking for what was already asked is `accepted` and changes nothing. `token` makes a repeated call harmless.
   */
  setUnits(target: string, units: number, token: string): Promise<Outcome>;

  /** Floor mode: moves the platform's own minimum and nothing else; capacity below it is raised at once. */
  setMinimum(target: string, units: number, token: string): Promise<Outcome>;
}
