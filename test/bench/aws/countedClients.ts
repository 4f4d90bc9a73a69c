/**
 * Real AWS clients whose calls are counted and answered in this process: by small fakes with a stated latency, and for
 * DynamoDB by dynalite in a process of its own, which also says what each call would be billed.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EKSClient } from "@aws-sdk/client-eks";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SNSClient } from "@aws-sdk/client-sns";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Clients } from "../../../functions/lambda/clients.ts";
import { makeTable } from "../../adapters/aws/makeTable.ts";

export interface Calls {
  /** By command name. */
  readonly count: Map<string, number>;
  readonly metricsRequested: () => number;
  readonly readUnits: () => number;
  readonly writeUnits: () => number;
  /** Of those, what whole items took: a unit is a kilobyte of them. */
  readonly itemUnits: () => number;
}

/** Answers a command by its name and input; undefined input fields are the command's own matter. */
export type Answer = (command: string, input: Readonly<Record<string, unknown>>) => object;

const CONFIG = { region: "eu-west-1", credentials: { accessKeyId: "fake", secretAccessKey: "fake" } };

interface Stack {
  add(
    middleware: (
      next: (args: { input: object }) => Promise<{ output: object }>,
      context: { commandName?: string },
    ) => (args: { input: object }) => Promise<{ output: object; response: object }>,
    options: { step: "initialize"; priority?: "high" },
  ): void;
}

export const TABLE_NAME = "forewarm";

/** Starts dynalite; `stop` ends it. */
export async function countedClients(
  answer: Answer,
  latencyMilliseconds: number,
): Promise<{ readonly clients: Clients; readonly calls: Calls; readonly stop: () => void }> {
  const { process: engine, endpoint } = await startDynalite();
  const dynamo = new DynamoDBClient({ ...CONFIG, endpoint });
  await makeTable(dynamo, TABLE_NAME);
  const count = new Map<string, number>();
  let metrics = 0;
  let reads = 0;
  let writes = 0;
  let items = 0;
  const note = (command: string): void => void count.set(command, (count.get(command) ?? 0) + 1);
  const answered = <C extends { middlewareStack: unknown }>(client: C): C => {
    (client.middlewareStack as Stack).add(
      (_next, { commandName = "" }) =>
        async ({ input }) => {
          note(commandName);
          const fields = input as Readonly<Record<string, unknown>>;
          if (commandName === "GetMetricDataCommand") metrics += stats(fields);
          await sleep(latencyMilliseconds);
          return { output: answer(commandName, fields), response: {} };
        },
      { step: "initialize", priority: "high" },
    );
    return client;
  };
  (dynamo.middlewareStack as unknown as Stack).add(
    (next, { commandName = "" }) =>
      async (args) => {
        note(commandName);
        await sleep(latencyMilliseconds);
        const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: "TOTAL" } });
        const units = Math.max(consumed(result.output), leastUnits(commandName, args.input));
        if (commandName === "PutItemCommand") items += units;
        if (/Put|Update|Delete/.test(commandName)) writes += units;
        else reads += units;
        return { ...result, response: {} };
      },
    { step: "initialize", priority: "high" },
  );
  const clients: Clients = {
    cloudWatch: answered(new CloudWatchClient(CONFIG)),
    sageMaker: answered(new SageMakerClient(CONFIG)),
    autoScaling: answered(new ApplicationAutoScalingClient(CONFIG)),
    eks: answered(new EKSClient(CONFIG)),
    scheduler: answered(new SchedulerClient(CONFIG)),
    sns: answered(new SNSClient(CONFIG)),
    eventBridge: answered(new EventBridgeClient(CONFIG)),
    documents: DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } }),
    stopWith: () => undefined,
  };
  const calls: Calls = {
    count,
    metricsRequested: () => metrics,
    readUnits: () => reads,
    writeUnits: () => writes,
    itemUnits: () => items,
  };
  return { clients, calls, stop: () => engine.kill() };
}

/** GetMetricData is billed by the metrics asked for; expressions are not metrics. */
function stats(input: Readonly<Record<string, unknown>>): number {
  const queries = input["MetricDataQueries"] as readonly { readonly MetricStat?: object }[];
  return queries.filter(({ MetricStat }) => MetricStat !== undefined).length;
}

/** DynamoDB bills a read that finds nothing too: one unit for a consistent query, half a unit for each key of a batch. */
function leastUnits(command: string, input: object): number {
  if (command === "QueryCommand") return 1;
  if (command !== "BatchGetItemCommand") return 0;
  const tables = Object.values(Reflect.get(input, "RequestItems") as Record<string, { Keys: unknown[] }>);
  return tables.reduce((sum, { Keys }) => sum + Keys.length / 2, 0);
}

/** One figure, or one for each table of a batch. */
function consumed(output: object): number {
  const capacity: unknown = Reflect.get(output, "ConsumedCapacity");
  const each = Array.isArray(capacity) ? capacity : [capacity];
  return each.reduce((sum: number, one) => sum + Number(one?.CapacityUnits ?? 0), 0);
}

async function startDynalite(): Promise<{ readonly process: ChildProcess; readonly endpoint: string }> {
  const script = fileURLToPath(new URL("./dynalite.mjs", import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`dynalite ended with ${code}`)));
    child.stdout?.once("data", (line: Buffer) => resolve(line.toString().trim()));
  });
  return { process: child, endpoint };
}
