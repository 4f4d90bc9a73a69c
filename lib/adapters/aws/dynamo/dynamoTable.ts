/** What the stores have in common: one table, its keys, and single-item calls. Transactions are never needed. */
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

/** So many rounds of a batch that is answered in parts. */
const BATCH_ROUNDS = 8;
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

  /** All items of a partition whose sort key is from `from` up to `to`, both included, in the order of the keys. */
  async query(partition: string, from: string, to: string): Promise<readonly Item[]> {
    const items: Item[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const page = await this.documents.send(
        new QueryCommand({
          TableName: this.name,
          KeyConditionExpression: "#pk = :pk AND #sk BETWEEN :from AND :to",
          ExpressionAttributeNames: { "#pk": TABLE.partitionKey, "#sk": TABLE.sortKey },
          ExpressionAttributeValues: { ":pk": partition, ":from": from, ":to": to },
          ConsistentRead: true,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      );
      items.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return items;
  }

  /** Those of the items that exist, in no order. Throws when DynamoDB keeps answering in parts. */
  async batchGet(keys: readonly Key[]): Promise<readonly Item[]> {
    const items: Item[] = [];
    for (let at = 0; at < keys.length; at += BATCH_KEYS) {
      let left: Record<string, unknown>[] = keys.slice(at, at + BATCH_KEYS).map(keyOf);
      for (let round = 0; left.length > 0; round++) {
        if (round === BATCH_ROUNDS)
          throw new Error(`${this.name} left ${left.length} items unread; try again`);
        const command = new BatchGetCommand({ RequestItems: { [this.name]: { Keys: left } } });
        const answer = await this.documents.send(command);
        items.push(...(answer.Responses?.[this.name] ?? []));
        left = [...(answer.UnprocessedKeys?.[this.name]?.Keys ?? [])];
      }
    }
    return items;
  }
}

function keyOf({ partition, sort }: Key): Record<string, string> {
  return { [TABLE.partitionKey]: partition, [TABLE.sortKey]: sort };
}

/** The last key that begins with `prefix`: sort keys are ASCII. */
export const lastWith = (prefix: string): string => `${prefix}\u{7f}`;
