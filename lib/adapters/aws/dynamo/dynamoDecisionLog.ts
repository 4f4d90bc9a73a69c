/** Every decision, packed, with its outcome beside it: what the platform answered comes after the record is written. */
import { z } from "zod";
import { DECISION_DAYS, partitionOf, SORT, TABLE } from "../../../contract/table.ts";
import type { Outcome } from "../../../core/capacity.ts";
import type { DecisionRecord } from "../../../core/decision.ts";
import { DAY_SECONDS, type EpochSeconds } from "../../../core/time.ts";
import type { DecisionLog } from "../../../ports/decisionLog.ts";
import { outcomeSchema, recordSchema } from "./decisionSchema.ts";
import type { DynamoTable, Item, Key } from "./dynamoTable.ts";
import { packJson } from "./packJson.ts";
import { packed, readItem } from "./readItem.ts";

const stored = z.object({ record: packed(recordSchema), outcome: outcomeSchema });

/** What the key has room for. */
const LAST_INSTANT = 9_999_999_999;
const LAST_FENCE = 999_999_999_999;

export class DynamoDecisionLog implements DecisionLog {
  private readonly table: DynamoTable;

  constructor(table: DynamoTable) {
    this.table = table;
  }

  /** Throws a RangeError for an id under which the record would not be found again. */
  async append({ outcome, ...rest }: DecisionRecord): Promise<void> {
    const { id, decision } = rest;
    const { target, at } = decision;
    const wakeUp = wakeUpOf(id);
    if (wakeUp === null || wakeUp.at !== at) {
      throw new RangeError(`"${id}" is no id of this decision; it must be ${target}@${at}#fence`);
    }
    const expiresAt = at + DECISION_DAYS * DAY_SECONDS;
    const key = keyOf(target, wakeUp);
    await this.table.put(key, { id, record: packJson(rest), outcome, [TABLE.timeToLive]: expiresAt });
  }

  async complete(target: string, id: string, outcome: Outcome): Promise<void> {
    const wakeUp = wakeUpOf(id);
    if (wakeUp === null) return;
    await this.table.update(keyOf(target, wakeUp), {
      update: "SET outcome = :outcome",
      condition: "id = :id",
      values: { ":outcome": outcome, ":id": id },
    });
  }

  async list(target: string, from: EpochSeconds, to: EpochSeconds): Promise<readonly DecisionRecord[]> {
    const first = Math.max(0, Math.ceil(from));
    const last = Math.min(Math.ceil(to) - 1, LAST_INSTANT);
    if (!(first <= last)) return [];
    const range = { from: SORT.decision(first, 0), to: SORT.decision(last, LAST_FENCE) };
    const items = await this.table.query(partitionOf(target), range);
    return items.map(recordOf);
  }
}

function recordOf(item: Item): DecisionRecord {
  const { record, outcome } = readItem(stored, item);
  return { ...record, outcome };
}

interface WakeUp {
  readonly at: EpochSeconds;
  readonly fence: number;
}

/** A record's id is `target@seconds#fence`, or with an ISO time; null for any other. */
function wakeUpOf(id: string): WakeUp | null {
  const [, instant = "", fence = ""] = /@([^@#]+)#(\d{1,12})$/.exec(id) ?? [];
  const at = /^\d+$/.test(instant) ? Number(instant) : Date.parse(instant) / 1000;
  return Number.isInteger(at) && at >= 0 && at <= LAST_INSTANT ? { at, fence: Number(fence) } : null;
}

function keyOf(target: string, { at, fence }: WakeUp): Key {
  return { partition: partitionOf(target), sort: SORT.decision(at, fence) };
}
