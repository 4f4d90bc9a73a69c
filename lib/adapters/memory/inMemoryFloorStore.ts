/** The in-memory twin of the floor store, for tests. */
import type { FloorRecord, FloorStore } from "../../ports/floorStore.ts";
import { frozen } from "./frozen.ts";

export class InMemoryFloorStore implements FloorStore {
  private readonly records = new Map<string, FloorRecord>();

  async get(target: string): Promise<FloorRecord | null> {
    return this.records.get(target) ?? null;
  }

  async put(record: FloorRecord): Promise<void> {
    this.records.set(record.target, frozen(record));
  }

  async list(): Promise<readonly FloorRecord[]> {
    return [...this.records.values()].sort((a, b) => (a.target < b.target ? -1 : 1));
  }

  async remove(target: string): Promise<void> {
    this.records.delete(target);
  }
}
