/** The in-memory twin of the override store, for tests and the simulator. */
import { type Override, overridesInForce } from "../../core/promotion.ts";
import type { EpochSeconds } from "../../core/time.ts";
import type { OverrideStore } from "../../ports/overrideStore.ts";
import { byId, InMemoryTable } from "./inMemoryTable.ts";

export class InMemoryOverrideStore implements OverrideStore {
  private readonly overrides = new InMemoryTable<Override>();

  async put(override: Override): Promise<void> {
    this.overrides.put(override.target, override.id, override);
  }

  async list(target: string, now: EpochSeconds): Promise<readonly Override[]> {
    return this.overrides
      .select(target, (override) => overridesInForce([override], now).length > 0)
      .sort(byId);
  }

  async remove(target: string, id: string): Promise<boolean> {
    return this.overrides.remove(target, id);
  }
}
