/** Orders for now, as plain attributes: in an emergency a person may write one by hand. */
import { z } from "zod";
import { partitionOf, SORT, TABLE } from "../../../contract/table.ts";
import type { Override } from "../../../core/promotion.ts";
import type { EpochSeconds } from "../../../core/time.ts";
import type { OverrideStore } from "../../../ports/overrideStore.ts";
import { type DynamoTable, lastWith } from "./dynamoTable.ts";
import { readItem } from "./readItem.ts";

const override = z.object({
  id: z.string(),
  target: z.string(),
  kind: z.enum(["pause", "pin", "freeze-scale-in"]),
  units: z.int().nonnegative().optional(),
  until: z.number().nullable(),
  reason: z.string(),
});

export class DynamoOverrideStore implements OverrideStore {
  private readonly table: DynamoTable;

  constructor(table: DynamoTable) {
    this.table = table;
  }

  async put(override: Override): Promise<void> {
    const key = { partition: partitionOf(override.target), sort: SORT.override(override.id) };
    const ends = override.until === null ? {} : { [TABLE.timeToLive]: Math.ceil(override.until) };
    await this.table.put(key, { ...override, ...ends });
  }

  async list(target: string, now: EpochSeconds): Promise<readonly Override[]> {
    const first = SORT.override("");
    const items = await this.table.query(partitionOf(target), first, lastWith(first));
    return items.map((item) => asOverride(readItem(override, item))).filter(isInForce(now));
  }

  remove(target: string, id: string): Promise<boolean> {
    return this.table.remove({ partition: partitionOf(target), sort: SORT.override(id) });
  }
}

/** Deletion comes up to two days late, so that time is what ends one. */
const isInForce =
  (now: EpochSeconds) =>
  ({ until }: Override): boolean =>
    until === null || now < until;

function asOverride({ units, ...rest }: z.output<typeof override>): Override {
  return units === undefined ? rest : { ...rest, units };
}
