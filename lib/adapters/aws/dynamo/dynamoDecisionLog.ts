/** Every decision, packed, with its outcome beside it: what the platform answered comes after the record is written. */
import { z } from "zod";
import { DECISION_DAYS, partitionOf, SORT, TABLE } from "../../../contract/table.ts";
import type { Outcome } from "../../../core/capacity.ts";
import type { DecisionRecord } from "../../../core/decision.ts";
import { DAY_SECONDS, type EpochSeconds } from "../../../core/time.ts";
import type { DecisionLog } from "../../../ports/decisionLog.ts";
import { outcomeSchema, recordSchema } from "./decisionSchema.ts";
import type { DynamoTable, Item, Key } from "./dynamoTable.ts";
import { packJson, unpackJson } from "./packJson.ts";
import { bytes, readItem, reading } from "./readItem.ts";

const stored = z.object({ record: bytes, outcome: outcomeSchema });

export class DynamoDecisionLog implements DecisionLog {
  private readonly table: DynamoTable;

  constructor(table: DynamoTable) {
    this.table = table;
  }

  async append({ outcome, ...rest }: DecisionRecord): Promise<void> {
    const { id, decision } = rest;
    const { target, at } = decision;
    const expiresAt = at + DECISION_DAYS * DAY_SECONDS;
    const key = keyOf(target, at, fenceOf(id));
    await this.table.put(key, { id, record: packJson(rest), outcome, [TABLE.timeToLive]: expiresAt });
  }

  async complete(target: string, id: string, outcome: Outcome): Promise<void> {
    const at = instantOf(id);
    if (at === null) return;
    await this.table.update(keyOf(target, at, fenceOf(id)), {
      update: "SET outcome = :outcome",
      condition: "id = :id",
      values: { ":outcome": outcome, ":id": id },
    });
  }

  async list(target: string, from: EpochSeconds, to: EpochSeconds): Promise<readonly DecisionRecord[]> {
    if (to <= from) return [];
    const first = SORT.decision(Math.ceil(from), 0);
    // A fence of zero is never granted, so that the key of `to` itself is before all that was decided then.
    const last = SORT.decision(Math.ceil(to), 0);
    const items = await this.table.query(partitionOf(target), first, last);
    return items.map(recordOf);
  }
}

function recordOf(item: Item): DecisionRecord {
  const { record, outcome } = readItem(stored, item);
  return { ...reading(item, () => recordSchema.parse(unpackJson(record))), outcome };
}

function keyOf(target: string, at: EpochSeconds, fence: number): Key {
  return { partition: partitionOf(target), sort: SORT.decision(at, fence) };
}

/** A record's id is `target@seconds#fence`, or with an ISO time. */
function fenceOf(id: string): number {
  return Number(/#(\d+)$/.exec(id)?.[1] ?? 0);
}

function instantOf(id: string): EpochSeconds | null {
  const text = /@([^@#]+)#\d+$/.exec(id)?.[1];
  if (text === undefined) return null;
  const at = /^\d+$/.test(text) ? Number(text) : Date.parse(text) / 1000;
  return Number.isFinite(at) ? at : null;
}
