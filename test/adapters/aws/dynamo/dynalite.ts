/** DynamoDB for tests: dynalite in this process, a table of its own for each test, and what each call would be billed. */
import { type AddressInfo, isIPv4 } from "node:net";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll } from "@jest/globals";
import dynalite from "dynalite";
import { DynamoTable } from "../../../../lib/adapters/aws/dynamo/dynamoTable.ts";
import { makeTable } from "../makeTable.ts";

/** One request as it went out, and the units that DynamoDB would bill for it. */
export interface Billed {
  readonly command: string;
  readonly units: number;
}

export interface FreshTable {
  readonly table: DynamoTable;
  readonly tableName: string;
  readonly documents: DynamoDBDocumentClient;
  /** The requests since the table was made, oldest first. */
  readonly billed: readonly Billed[];
}

/** Starts dynalite for the tests of a file and ends it after them; the answer makes an empty table. */
export function withDynalite(): () => Promise<FreshTable> {
  const server = dynalite({ createTableMs: 0 });
  const clients: DynamoDBClient[] = [];
  let tables = 0;
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(async () => {
    for (const client of clients) client.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return async () => {
    const client = clientOf(endpointOf(server.address()));
    clients.push(client);
    const tableName = `forewarm-${tables++}`;
    await makeTable(client, tableName);
    const billed = billedBy(client);
    const documents = DynamoDBDocumentClient.from(client);
    return { table: new DynamoTable(documents, tableName), tableName, documents, billed };
  };
}

function endpointOf(address: string | AddressInfo | null): string {
  if (address === null || typeof address === "string" || !isIPv4(address.address)) {
    throw new Error(`dynalite does not listen on a port: ${JSON.stringify(address)}`);
  }
  return `http://${address.address}:${address.port}`;
}

function clientOf(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: "none", secretAccessKey: "none" };
  return new DynamoDBClient({ region: "eu-west-1", credentials, endpoint, maxAttempts: 1 });
}

/** Asks for the units of every request from now on and keeps them. Requests that fail are not billed here. */
function billedBy(client: DynamoDBClient): readonly Billed[] {
  const billed: Billed[] = [];
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const input = { ...args.input, ReturnConsumedCapacity: "TOTAL" as const };
      const result = await next({ ...args, input });
      const capacity = "ConsumedCapacity" in result.output ? result.output.ConsumedCapacity : undefined;
      const each: readonly object[] = [capacity ?? []].flat();
      const units = each.reduce((sum, one) => sum + Number(Reflect.get(one, "CapacityUnits")), 0);
      billed.push({ command: (context["commandName"] ?? "").replace("Command", ""), units });
      return result;
    },
    { step: "initialize" },
  );
  return billed;
}
