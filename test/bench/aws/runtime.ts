/** The deployed runtime over counted clients, and invocations of its entries as Lambda would make them. */
import { runtimeOf } from "../../../functions/lambda/deployed.ts";
import type { Runtime } from "../../../functions/lambda/runtime.ts";
import { makeTelemetry } from "../../../functions/lambda/telemetry.ts";
import { ManualClock } from "../../../lib/adapters/memory/manualClock.ts";
import type { Policy } from "../../../lib/core/policy.ts";
import { type Calls, countedClients, TABLE_NAME } from "./countedClients.ts";
import { awsOf, PREFIX } from "./fleet.ts";

export interface Deployed {
  readonly runtime: Runtime;
  readonly clock: ManualClock;
  readonly calls: Calls;
  readonly stop: () => void;
}

export const START = 1_790_000_040;

export async function deploy(policy: Policy, latencyMilliseconds: number): Promise<Deployed> {
  const { clients, calls, stop } = await countedClients(awsOf(policy), latencyMilliseconds);
  const clock = new ManualClock(START);
  const environment = {
    service: "Forewarm",
    table: TABLE_NAME,
    alarmPrefix: PREFIX,
    topicArn: "arn:aws:sns:eu-west-1:111122223333:notices",
    eventBusName: "default",
    timerGroup: "timers",
    timerRoleArn: "arn:aws:iam::111122223333:role/timers",
    timerFunctionArn: "arn:aws:lambda:eu-west-1:111122223333:function:on-promotion",
    timerDeadLettersArn: "arn:aws:sqs:eu-west-1:111122223333:dead-letters",
  };
  const telemetry = makeTelemetry(environment.service);
  return { runtime: runtimeOf({ environment, policy, clients, clock, telemetry }), clock, calls, stop };
}

let requests = 0;

/** Invokes a handler with the event that the Scheduler would send at the clock's time. */
export async function invoke(
  handler: unknown,
  kind: "tick" | "refresh",
  clock: ManualClock,
): Promise<unknown> {
  const event = { kind, scheduledTime: new Date(clock.now() * 1000).toISOString() };
  const context = {
    functionName: "bench",
    functionVersion: "1",
    memoryLimitInMB: "1024",
    awsRequestId: `request-${requests++}`,
    invokedFunctionArn: "arn:aws:lambda:eu-west-1:111122223333:function:bench",
  };
  return (handler as (event: object, context: object) => Promise<unknown>)(event, context);
}

export interface Printed {
  readonly bytes: number;
  /** Names of the metrics that were published in the embedded metric format. */
  readonly metrics: ReadonlySet<string>;
}

/** Runs `work` while what it prints is counted instead of shown. */
export async function quietly(work: () => Promise<void>): Promise<Printed> {
  const { write } = process.stdout;
  let bytes = 0;
  const metrics = new Set<string>();
  process.stdout.write = ((chunk: string | Uint8Array) => {
    const text = String(chunk);
    bytes += Buffer.byteLength(text);
    for (const [, name] of text.matchAll(/\{"Name":"(\w+)"/g)) if (name !== undefined) metrics.add(name);
    return true;
  }) as typeof write;
  try {
    await work();
  } finally {
    process.stdout.write = write;
  }
  return { bytes, metrics };
}
