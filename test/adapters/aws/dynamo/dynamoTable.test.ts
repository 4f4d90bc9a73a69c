/** Batches that DynamoDB answers in part, which dynalite never does. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "@jest/globals";
import { DynamoTable } from "../../../../lib/adapters/aws/dynamo/dynamoTable.ts";

const TABLE_NAME = "forewarm";
const keysOf = (sorts: readonly string[]) => sorts.map((sk) => ({ pk: "TARGET#chat", sk }));

/** Answers each request for keys with the next of the numbers of keys, and leaves the others unprocessed. */
function answering(counts: readonly number[]) {
  const asked: string[][] = [];
  const client = new DynamoDBClient({ region: "eu-west-1" });
  client.middlewareStack.add(
    () =>
      async ({ input }) => {
        const items = "RequestItems" in input ? input.RequestItems : undefined;
        const entry = items?.[TABLE_NAME];
        const keys: readonly object[] = entry !== undefined && "Keys" in entry ? (entry.Keys ?? []) : [];
        const sorts = keys.map((key) => String(Reflect.get(key, "sk")));
        const count = counts[asked.length] ?? 0;
        asked.push(sorts);
        const rest = sorts.slice(count);
        const UnprocessedKeys = rest.length === 0 ? {} : { [TABLE_NAME]: { Keys: keysOf(rest) } };
        const Responses = { [TABLE_NAME]: keysOf(sorts.slice(0, count)) };
        return { output: { $metadata: {}, Responses, UnprocessedKeys }, response: {} };
      },
    { step: "initialize" },
  );
  return { asked, table: new DynamoTable(DynamoDBDocumentClient.from(client), TABLE_NAME) };
}

describe("many items of the table", () => {
  it("are asked for again until all are there", async () => {
    const { asked, table } = answering([1, 0, 2]);
    const items = await table.batchGet("TARGET#chat", ["a", "b", "c"]);
    expect(items.map(({ sk }) => sk)).toEqual(["a", "b", "c"]);
    expect(asked).toEqual([
      ["a", "b", "c"],
      ["b", "c"],
      ["b", "c"],
    ]);
  });

  it("are given up in the end, as throttling, with what is missing", async () => {
    const { asked, table } = answering([1]);
    await expect(table.batchGet("TARGET#chat", ["a", "b", "c"])).rejects.toMatchObject({
      name: expect.stringMatching(/Throttl/),
      message: expect.stringMatching(/forewarm left 2 items unread in 5 requests/),
    });
    expect(asked).toHaveLength(5);
  });

  it("take no request at all when there is nothing to ask for", async () => {
    const { asked, table } = answering([]);
    expect(await table.batchGet("TARGET#chat", [])).toEqual([]);
    expect(asked).toEqual([]);
  });
});
