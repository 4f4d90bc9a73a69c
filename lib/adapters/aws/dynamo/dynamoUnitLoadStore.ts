/** What was learned of a target's unit load, one plain item: a person may look at it, and delete it to begin anew. */
import { partitionOf, SORT } from "../../../contract/table.ts";
import type { StoredUnitLoad } from "../../../core/unitLoad/unitLoad.ts";
import type { UnitLoadStore } from "../../../ports/unitLoadStore.ts";
import type { DynamoTable } from "./dynamoTable.ts";
import { readItem } from "./readItem.ts";
import { storedUnitLoadSchema } from "./unitLoadSchema.ts";

export class DynamoUnitLoadStore implements UnitLoadStore {
  private readonly table: DynamoTable;

  constructor(table: DynamoTable) {
    this.table = table;
  }

  async put({ target, basis, learned }: StoredUnitLoad): Promise<void> {
    await this.table.put(keyOf(target), { target, basis: { ...basis }, learned: { ...learned } });
  }

  /** A query, as the forecast's builder may do no other reading. */
  async get(target: string): Promise<StoredUnitLoad | null> {
    const { partition, sort } = keyOf(target);
    const [item] = await this.table.query(partition, { from: sort, to: sort });
    return item === undefined ? null : readItem(storedUnitLoadSchema, item);
  }
}

const keyOf = (target: string) => ({ partition: partitionOf(target), sort: SORT.unitLoad });
