/** Invokes a bundle as Lambda does: a process of its own, an ES module, the environment of the stack, one event. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ENVIRONMENT, POLICY_FILE } from "../../lib/contract/environment.ts";
import type { Policy } from "../../lib/core/policy.ts";

/** Everything that the stack sets; nothing of it is reached unless an event is understood. */
export const STACK_ENVIRONMENT: Readonly<Record<keyof typeof ENVIRONMENT, string>> = {
  service: "Forewarm",
  table: "forewarm",
  alarmPrefix: "Forewarm/",
  topicArn: "arn:aws:sns:eu-west-1:123456789012:notices",
  eventBusName: "default",
  timerGroup: "timers",
  timerRoleArn: "arn:aws:iam::123456789012:role/timers",
  timerFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:on-promotion",
  timerDeadLettersArn: "arn:aws:sqs:eu-west-1:123456789012:dead-letters",
};

export interface Invoked {
  /** What the handler answered; absent when it threw. */
  readonly answer?: unknown;
  readonly error?: string;
  /** From importing the bundle to the end of the call, as the process itself measured it. */
  readonly milliseconds?: number;
  /** Everything that was printed: logs and metrics. */
  readonly printed: string;
}

/** What runs in the child: the handler's result goes out as the last line, behind a mark. */
const MARK = "=answer=";
const PROGRAM = `
const [, file, event] = process.argv;
const context = {
  functionName: "forewarm", functionVersion: "1", memoryLimitInMB: "1024", awsRequestId: "request-1",
  invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:forewarm",
  getRemainingTimeInMillis: () => 55000,
};
const start = performance.now();
try {
  const { handler } = await import(file);
  const answer = await handler(JSON.parse(event), context);
  console.log("${MARK}" + JSON.stringify({ answer, milliseconds: performance.now() - start }));
} catch (error) {
  console.log("${MARK}" + JSON.stringify({ error: String(error?.stack ?? error) }));
}
`;

/** Puts the policy beside the bundle in `folder`, as the stack does, and invokes it once. */
export async function invokeBundle(
  folder: string,
  policy: Policy,
  event: unknown,
  more: Readonly<Record<string, string>> = {},
): Promise<Invoked> {
  writeFileSync(join(folder, POLICY_FILE), JSON.stringify(policy));
  const named = Object.entries(ENVIRONMENT).map(([key, name]) => [
    name,
    STACK_ENVIRONMENT[key as keyof typeof ENVIRONMENT],
  ]);
  const env = {
    ...Object.fromEntries(named),
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "testing",
    AWS_SECRET_ACCESS_KEY: "testing",
    AWS_EC2_METADATA_DISABLED: "true",
    ...more,
  };
  const file = pathToFileURL(join(folder, "index.mjs")).href;
  const child = spawn(
    process.execPath,
    ["--input-type=module", "--eval", PROGRAM, file, JSON.stringify(event)],
    {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let printed = "";
  const listen = (chunk: Buffer): void => {
    printed += chunk.toString();
  };
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  await new Promise((resolve) => child.once("close", resolve));
  const line = printed.split("\n").find((each) => each.startsWith(MARK));
  if (line === undefined) return { error: "the process ended without an answer", printed };
  return { ...JSON.parse(line.slice(MARK.length)), printed };
}
