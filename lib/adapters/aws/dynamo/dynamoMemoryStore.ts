/**
 * Lease and memory of a target in one item, so that one conditional write covers both. The lease ends by time: it is
 * not the table's time to live, which would delete the memory with it.
 */
import { z } from "zod";
import { partitionOf, SORT } from "../../../contract/table.ts";
import type { Memory } from "../../../core/memory.ts";
import type { EpochSeconds } from "../../../core/time.ts";
import type { Lease, LeaseAnswer, MemoryStore } from "../../../ports/memoryStore.ts";
import type { DynamoTable, Item, Key } from "./dynamoTable.ts";
import { memorySchema } from "./memorySchema.ts";
import { packJson } from "./packJson.ts";
import { packed, readItem } from "./readItem.ts";

/** Apart, so that a damaged memory does not keep its lease from being taken and given back. */
const leaseOf = z.object({
  fence: z.int().positive(),
  owner: z.string().optional(),
  leaseExpiresAt: z.number().optional(),
});
const memoryOf = z.object({ memory: packed(memorySchema).optional() });

const FREE = "attribute_not_exists(#owner) OR leaseExpiresAt <= :now OR #owner = :me";
const NAMES = { "#owner": "owner" };

export class DynamoMemoryStore implements MemoryStore {
  private readonly table: DynamoTable;
  /** What came with a lease, until it is loaded: taking a lease answers the whole item. */
  private readonly came = new Map<string, Item>();

  constructor(table: DynamoTable) {
    this.table = table;
  }

  async acquire(target: string, owner: string, now: EpochSeconds, seconds: number): Promise<LeaseAnswer> {
    this.came.delete(target);
    const expiresAt = now + seconds;
    const item = await this.table.update(keyOf(target), {
      update: "SET #owner = :me, leaseExpiresAt = :until, fence = if_not_exists(fence, :zero) + :one",
      condition: FREE,
      names: NAMES,
      values: { ":me": owner, ":until": expiresAt, ":now": now, ":zero": 0, ":one": 1 },
    });
    if (item === null) return this.heldBy(target, now);
    this.came.set(target, item);
    const { fence } = readItem(leaseOf, item);
    return { kind: "granted", lease: { target, owner, fence, expiresAt } };
  }

  /** Whoever has it now; one that was released between the two calls is as good as held: the next wake-up gets it. */
  private async heldBy(target: string, now: EpochSeconds): Promise<LeaseAnswer> {
    const item = await this.table.get(keyOf(target));
    const { owner, leaseExpiresAt } = item === null ? {} : readItem(leaseOf, item);
    return { kind: "held", owner: owner ?? "another wake-up", expiresAt: leaseExpiresAt ?? now };
  }

  async release({ target, fence }: Lease): Promise<void> {
    this.came.delete(target);
    await this.table.update(keyOf(target), {
      update: "REMOVE #owner, leaseExpiresAt",
      condition: "fence = :fence",
      names: NAMES,
      values: { ":fence": fence },
    });
  }

  async load(target: string): Promise<Memory | null> {
    const item = this.came.get(target) ?? (await this.table.get(keyOf(target)));
    this.came.delete(target);
    return item === null ? null : (readItem(memoryOf, item).memory ?? null);
  }

  async save({ target, fence }: Lease, memory: Memory): Promise<boolean> {
    this.came.delete(target);
    const item = await this.table.update(keyOf(target), {
      update: "SET memory = :memory",
      condition: "fence = :fence",
      values: { ":memory": packJson(memory), ":fence": fence },
    });
    return item !== null;
  }
}

function keyOf(target: string): Key {
  return { partition: partitionOf(target), sort: SORT.state };
}
