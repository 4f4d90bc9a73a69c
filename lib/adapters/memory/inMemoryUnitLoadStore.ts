/** The in-memory twin of the unit-load store, for tests and the simulator. */
import type { StoredUnitLoad } from "../../core/unitLoad/unitLoad.ts";
import type { UnitLoadStore } from "../../ports/unitLoadStore.ts";
import { frozen } from "./frozen.ts";

export class InMemoryUnitLoadStore implements UnitLoadStore {
  private readonly byTarget = new Map<string, StoredUnitLoad>();

  async put(learned: StoredUnitLoad): Promise<void> {
    this.byTarget.set(learned.target, frozen(learned));
  }

  async get(target: string): Promise<StoredUnitLoad | null> {
    return this.byTarget.get(target) ?? null;
  }
}
