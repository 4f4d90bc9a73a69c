/** Announced promotions, as plain attributes that a person can read in the console. */
import { z } from "zod";
import { partitionOf, SORT, TABLE } from "../../../contract/table.ts";
import type { Promotion } from "../../../core/promotion.ts";
import { DAY_SECONDS, type EpochSeconds } from "../../../core/time.ts";
import type { PromotionStore } from "../../../ports/promotionStore.ts";
import type { DynamoTable } from "./dynamoTable.ts";
import { readItem } from "./readItem.ts";

/** Past promotions are left out of the history that forecasts learn from, for as long as it reaches back. */
const KEPT_SECONDS = 70 * DAY_SECONDS;

const amount = z.number().nonnegative();
const promotion: z.ZodType<Promotion> = z.object({
  id: z.string(),
  name: z.string(),
  target: z.string(),
  start: z.number(),
  end: z.number(),
  expect: z.union(
    [
      z.strictObject({ multiplier: amount }),
      z.strictObject({ load: amount }),
      z.strictObject({ units: amount }),
      z.strictObject({ learned: z.null() }),
    ],
    "one of multiplier, load and units is needed, with a number of at least 0; or learned, with null",
  ),
  priority: z.number(),
});

export class DynamoPromotionStore implements PromotionStore {
  private readonly table: DynamoTable;

  constructor(table: DynamoTable) {
    this.table = table;
  }

  async put({ id, name, target, start, end, expect, priority }: Promotion): Promise<void> {
    const key = { partition: partitionOf(target), sort: SORT.promotion(id) };
    const expiresAt = Math.ceil(end + KEPT_SECONDS);
    const attributes = { id, name, target, start, end, expect, priority };
    await this.table.put(key, { ...attributes, [TABLE.timeToLive]: expiresAt });
  }

  /** Throws for an item that cannot be read: left out, it would be capacity that nobody asks for. */
  async list(target: string, endsAfter: EpochSeconds): Promise<readonly Promotion[]> {
    const items = await this.table.query(partitionOf(target), { prefix: SORT.promotion("") });
    return items
      .map((item) => readItem(promotion, item))
      .filter(({ end }) => end > endsAfter)
      .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  }

  remove(target: string, id: string): Promise<boolean> {
    return this.table.remove({ partition: partitionOf(target), sort: SORT.promotion(id) });
  }
}
