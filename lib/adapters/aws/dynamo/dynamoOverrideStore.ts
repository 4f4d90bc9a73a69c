/** Orders for now, as plain attributes: in an emergency a person may write one by hand. */
import { z } from "zod";
import { partitionOf, SORT, TABLE } from "../../../contract/table.ts";
import { type OrderEntry, type Override, overridesInForce } from "../../../core/promotion.ts";
import { DAY_SECONDS, type EpochSeconds } from "../../../core/time.ts";
import type { OverrideStore } from "../../../ports/overrideStore.ts";
import type { DynamoTable } from "./dynamoTable.ts";
import { readItem } from "./readItem.ts";

const common = { id: z.string(), target: z.string(), until: z.number().nullable(), reason: z.string() };
const override: z.ZodType<Override> = z.discriminatedUnion("kind", [
  z.object({ ...common, kind: z.literal("pin"), units: z.int().nonnegative() }),
  z.object({ ...common, kind: z.enum(["pause", "freeze-scale-in"]) }),
]);

const entry: z.ZodType<OrderEntry> = z.object({
  target: z.string(),
  kind: z.enum(["pause", "pin", "freeze-scale-in"]),
  at: z.number(),
  until: z.number().nullable(),
});

/** The history that forecasts learn from is shorter. */
const NOTED_SECONDS = 70 * DAY_SECONDS;

export class DynamoOverrideStore implements OverrideStore {
  private readonly table: DynamoTable;

  constructor(table: DynamoTable) {
    this.table = table;
  }

  async put({ id, target, kind, units, until, reason }: Override): Promise<void> {
    const key = { partition: partitionOf(target), sort: SORT.override(id) };
    const pinned = units === undefined ? {} : { units };
    const ends = until === null ? {} : { [TABLE.timeToLive]: Math.ceil(until) };
    await this.table.put(key, { id, target, kind, until, reason, ...pinned, ...ends });
  }

  /**
   * Deletion comes up to two days late, so that time is what ends one. Throws for an item that cannot be read: left
   * out, it would be an order that nobody follows.
   */
  async list(target: string, now: EpochSeconds): Promise<readonly Override[]> {
    const items = await this.table.query(partitionOf(target), { prefix: SORT.override("") });
    return overridesInForce(
      items.map((item) => readItem(override, item)),
      now,
    );
  }

  remove(target: string, id: string): Promise<boolean> {
    return this.table.remove({ partition: partitionOf(target), sort: SORT.override(id) });
  }

  async note({ target, kind, at, until }: OrderEntry): Promise<void> {
    const key = { partition: partitionOf(target), sort: SORT.order(at, kind) };
    const ends = { [TABLE.timeToLive]: Math.ceil(at + NOTED_SECONDS) };
    await this.table.put(key, { target, kind, at, until, ...ends });
  }

  async noted(target: string, since: EpochSeconds): Promise<readonly OrderEntry[]> {
    const range = { from: SORT.order(Math.ceil(since), ""), to: SORT.order(9_999_999_999, "~") };
    const items = await this.table.query(partitionOf(target), range);
    return items.map((item) => readItem(entry, item));
  }
}
