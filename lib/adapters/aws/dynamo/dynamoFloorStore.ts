/** What Application Auto Scaling had before floor mode, in one partition for all targets: one query finds those to put back. */
import { z } from "zod";
import { FLOORS_PARTITION, partitionOf } from "../../../contract/table.ts";
import type { FloorRecord, FloorStore } from "../../../ports/floorStore.ts";
import type { DynamoTable, Key } from "./dynamoTable.ts";
import { readItem } from "./readItem.ts";

const floor: z.ZodType<FloorRecord> = z.object({
  target: z.string(),
  resourceId: z.string(),
  dimension: z.string(),
  originalMinimum: z.int().nonnegative(),
  lastSet: z.int().nonnegative(),
  since: z.number(),
});

export class DynamoFloorStore implements FloorStore {
  private readonly table: DynamoTable;

  constructor(table: DynamoTable) {
    this.table = table;
  }

  async get(target: string): Promise<FloorRecord | null> {
    const item = await this.table.get(keyOf(target));
    return item === null ? null : readItem(floor, item);
  }

  put(record: FloorRecord): Promise<void> {
    return this.table.put(keyOf(record.target), { ...record });
  }

  async list(): Promise<readonly FloorRecord[]> {
    const items = await this.table.query(FLOORS_PARTITION, { prefix: partitionOf("") });
    return items.map((item) => readItem(floor, item));
  }

  async remove(target: string): Promise<void> {
    await this.table.remove(keyOf(target));
  }
}

const keyOf = (target: string): Key => ({ partition: FLOORS_PARTITION, sort: partitionOf(target) });
