/** The in-memory twin of the uplift store, for tests and the simulator. */
import type { Occurrence } from "../../core/forecast/uplift.ts";
import type { UpliftStore } from "../../ports/upliftStore.ts";
import { byId, InMemoryTable } from "./inMemoryTable.ts";

export class InMemoryUpliftStore implements UpliftStore {
  private readonly occurrences = new InMemoryTable<Occurrence>();

  async put(occurrence: Occurrence): Promise<void> {
    this.occurrences.put(occurrence.target, occurrence.id, occurrence);
  }

  async list(target: string): Promise<readonly Occurrence[]> {
    return this.occurrences.select(target, () => true).sort((a, b) => a.start - b.start || byId(a, b));
  }

  async remove(target: string, id: string): Promise<boolean> {
    return this.occurrences.remove(target, id);
  }
}
