/** Announced promotions, as plain attributes that a person can read in the console. */
import { z } from "zod";
import { partitionOf, SORT, TABLE } from "../../../contract/table.ts";
import type { Promotion } from "../../../core/promotion.ts";
import { DAY_SECONDS, type EpochSeconds } from "../../../core/time.ts";
import type { PromotionStore } from "../../../ports/promotionStore.ts";
import { type DynamoTable, lastWith } from "./dynamoTable.ts";
import { readItem } from "./readItem.ts";

/** Past promotions are left out of the history that forecasts learn from, for as long as it reaches back. */
const KEPT_SECONDS = 70 * DAY_SECONDS;

const promotion: z.ZodType<Promotion> = z.object({
  id: z.string(),
  name: z.string(),
  target: z.string(),
  start: z.number(),
  end: z.number(),
  expect: z.union([
    z.strictObject({ multiplier: z.number() }),
    z.strictObject({ load: z.number() }),
    z.strictObject({ units: z.number() }),
  ]),
  priority: z.number(),
});

export class DynamoPromotionStore implements PromotionStore {
  private readonly table: DynamoTable;

  constructor(table: DynamoTable) {
    this.table = table;
  }

  async put(promotion: Promotion): Promise<void> {
    const key = { partition: partitionOf(promotion.target), sort: SORT.promotion(promotion.id) };
    const expiresAt = Math.ceil(promotion.end + KEPT_SECONDS);
    await this.table.put(key, { ...promotion, [TABLE.timeToLive]: expiresAt });
  }

  async list(target: string, endsAfter: EpochSeconds): Promise<readonly Promotion[]> {
    const first = SORT.promotion("");
    const items = await this.table.query(partitionOf(target), first, lastWith(first));
    return items
      .map((item) => readItem(promotion, item))
      .filter(({ end }) => end > endsAfter)
      .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  }

  remove(target: string, id: string): Promise<boolean> {
    return this.table.remove({ partition: partitionOf(target), sort: SORT.promotion(id) });
  }
}
