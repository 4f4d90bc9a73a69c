/** What past promotions brought, one plain item each: a person may look at them, and delete one that went wrong. */
import { z } from "zod";
import { partitionOf, SORT, TABLE } from "../../../contract/table.ts";
import type { Occurrence } from "../../../core/forecast/uplift.ts";
import { DAY_SECONDS } from "../../../core/time.ts";
import type { UpliftStore } from "../../../ports/upliftStore.ts";
import type { DynamoTable } from "./dynamoTable.ts";
import { readItem } from "./readItem.ts";

/** A yearly promotion is remembered four times. */
const KEPT_SECONDS = 4.5 * 365 * DAY_SECONDS;

const occurrence: z.ZodType<Occurrence> = z.object({
  id: z.string(),
  target: z.string(),
  name: z.string(),
  start: z.number(),
  end: z.number(),
  multiplier: z.number().positive(),
  unevenness: z.number().nonnegative(),
  days: z.int().nonnegative(),
});

export class DynamoUpliftStore implements UpliftStore {
  private readonly table: DynamoTable;

  constructor(table: DynamoTable) {
    this.table = table;
  }

  async put({ id, target, name, start, end, multiplier, unevenness, days }: Occurrence): Promise<void> {
    const key = { partition: partitionOf(target), sort: SORT.uplift(id) };
    const attributes = { id, target, name, start, end, multiplier, unevenness, days };
    await this.table.put(key, { ...attributes, [TABLE.timeToLive]: Math.ceil(end + KEPT_SECONDS) });
  }

  /** Throws for an item that cannot be read: left out, the others would speak for it. */
  async list(target: string): Promise<readonly Occurrence[]> {
    const items = await this.table.query(partitionOf(target), { prefix: SORT.uplift("") });
    return items
      .map((item) => readItem(occurrence, item))
      .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  }

  remove(target: string, id: string): Promise<boolean> {
    return this.table.remove({ partition: partitionOf(target), sort: SORT.uplift(id) });
  }
}
