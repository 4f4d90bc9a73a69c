/** The in-memory twin of the override store, for tests and the simulator. */
import { type OrderEntry, type Override, overridesInForce } from "../../core/promotion.ts";
import type { EpochSeconds } from "../../core/time.ts";
import type { OverrideStore } from "../../ports/overrideStore.ts";
import { byId, InMemoryTable } from "./inMemoryTable.ts";

export class InMemoryOverrideStore implements OverrideStore {
  private readonly overrides = new InMemoryTable<Override>();
  private readonly log = new InMemoryTable<OrderEntry>();

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

  async note(entry: OrderEntry): Promise<void> {
    this.log.put(entry.target, `${entry.at} ${entry.kind}`, entry);
  }

  async noted(target: string, since: EpochSeconds): Promise<readonly OrderEntry[]> {
    return this.log
      .select(target, ({ at }) => at >= since)
      .sort((a, b) => a.at - b.at || (a.kind < b.kind ? -1 : 1));
  }
}
