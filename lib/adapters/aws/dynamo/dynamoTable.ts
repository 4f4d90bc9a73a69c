/** What the stores have in common: one table, its keys, and single-item calls. Transactions are never needed. */
import { setTimeout as sleep } from "node:timers/promises";
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { TABLE } from "../../../contract/table.ts";

/** An item as it was read: nothing is known of its attributes until they are parsed. */
export type Item = Readonly<Record<string, unknown>>;

export interface Key {
  readonly partition: string;
  readonly sort: string;
}

export interface Update {
  /** `SET …`, `REMOVE …`; names as `#name`, values as `:value`. */
  readonly update: string;
  readonly condition: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Sort keys that begin alike, or all from one to another, both included. */
export type SortRange = { readonly prefix: string } | { readonly from: string; readonly to: string };

/** So many rounds of a batch that is answered in parts, with waits of 20, 40, 80 and 160 ms between them. */
const BATCH_ROUNDS = 5;
const FIRST_WAIT_MILLISECONDS = 20;
/** DynamoDB's limit of a batch. */
const BATCH_KEYS = 100;

export class DynamoTable {
  private readonly documents: DynamoDBDocumentClient;
  private readonly name: string;

  constructor(documents: DynamoDBDocumentClient, name: string) {
    this.documents = documents;
    this.name = name;
  }

  /** The newest item, or null. */
  async get(key: Key): Promise<Item | null> {
    const command = new GetCommand({ TableName: this.name, Key: keyOf(key), ConsistentRead: true });
    return (await this.documents.send(command)).Item ?? null;
  }

  /** Writes the item whole. */
  async put(key: Key, attributes: Item): Promise<void> {
    const item = { ...keyOf(key), ...attributes };
    await this.documents.send(new PutCommand({ TableName: this.name, Item: item }));
  }

  /** The item after the update, or null when the condition did not hold. */
  async update(key: Key, { update, condition, names, values }: Update): Promise<Item | null> {
    const input: UpdateCommandInput = {
      TableName: this.name,
      Key: keyOf(key),
      UpdateExpression: update,
      ConditionExpression: condition,
      ReturnValues: "ALL_NEW",
      ...(names === undefined ? {} : { ExpressionAttributeNames: { ...names } }),
      ...(values === undefined ? {} : { ExpressionAttributeValues: { ...values } }),
    };
    try {
      return (await this.documents.send(new UpdateCommand(input))).Attributes ?? {};
    } catch (error) {
      if (error instanceof Error && error.name === "ConditionalCheckFailedException") return null;
      throw error;
    }
  }

  /** `false` when there was none. */
  async remove(key: Key): Promise<boolean> {
    const command = new DeleteCommand({ TableName: this.name, Key: keyOf(key), ReturnValues: "ALL_OLD" });
    return (await this.documents.send(command)).Attributes !== undefined;
  }

  /** All items of a range, in the order of the keys; what was written before is in it. */
  async query(partition: string, range: SortRange): Promise<readonly Item[]> {
    const [condition, bounds] =
      "prefix" in range
        ? ["begins_with(#sk, :prefix)", { ":prefix": range.prefix }]
        : ["#sk BETWEEN :from AND :to", { ":from": range.from, ":to": range.to }];
    const items: Item[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const page = await this.documents.send(
        new QueryCommand({
          TableName: this.name,
          KeyConditionExpression: `#pk = :pk AND ${condition}`,
          ExpressionAttributeNames: { "#pk": TABLE.partitionKey, "#sk": TABLE.sortKey },
          ExpressionAttributeValues: { ":pk": partition, ...bounds },
          ConsistentRead: true,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      );
      items.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return items;
  }

  /**
   * Those of the items that exist, in no order, each once; eventually consistent, at half the price. Throws a
   * ThrottledReadError when DynamoDB keeps answering in parts.
   */
  async batchGet(partition: string, sorts: readonly string[]): Promise<readonly Item[]> {
    const keys = [...new Set(sorts)].map((sort) => keyOf({ partition, sort }));
    const items: Item[] = [];
    for (let at = 0; at < keys.length; at += BATCH_KEYS) {
      let left: Record<string, unknown>[] = keys.slice(at, at + BATCH_KEYS);
      for (let round = 0; left.length > 0; round++) {
        if (round === BATCH_ROUNDS) throw new ThrottledReadError(this.name, left.length);
        if (round > 0) await sleep(FIRST_WAIT_MILLISECONDS * 2 ** (round - 1));
        const command = new BatchGetCommand({ RequestItems: { [this.name]: { Keys: left } } });
        const answer = await this.documents.send(command);
        items.push(...(answer.Responses?.[this.name] ?? []));
        left = [...(answer.UnprocessedKeys?.[this.name]?.Keys ?? [])];
      }
    }
    return items;
  }
}

/** Named so that it is counted as the throttling that it is. */
class ThrottledReadError extends Error {
  override readonly name = "ThrottledReadError";

  constructor(table: string, left: number) {
    super(
      `${table} left ${left} items unread in ${BATCH_ROUNDS} requests for them; the next wake-up reads again`,
    );
  }
}

function keyOf({ partition, sort }: Key): Record<string, string> {
  return { [TABLE.partitionKey]: partition, [TABLE.sortKey]: sort };
}
