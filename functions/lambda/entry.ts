/** The one middy stack of all entries: logs, metrics, parsing, and an early end that lets leases be released. */
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import type { Context } from "aws-lambda";
import type { EpochSeconds } from "../../lib/core/time.ts";
import type { Parsed } from "./parsed.ts";
import type { Runtime } from "./runtime.ts";

/** The time that is kept at the end of an invocation for releasing leases and writing logs. */
const RESERVED_MILLISECONDS = 2_500;

/** How much of that releasing may take. */
const SETTLE_MILLISECONDS = 1_500;

export interface Invocation {
  readonly now: EpochSeconds;
  /** Unique to the invocation: the owner of its leases. */
  readonly owner: string;
  readonly account: string;
}

export interface Entry<E, R> {
  /** Told of the event as it came; must not throw. */
  readonly parse: (event: unknown, invocation: Invocation) => Parsed<E>;
  /** Throws when the invocation should be tried again. */
  readonly run: (event: E, invocation: Invocation) => Promise<R>;
}

export type Handled<R> = R | { readonly setAside: string };

/**
 * A Lambda handler. An event that is set aside is logged, counted and answered; an error of `run` fails the invocation,
 * so that Lambda tries again and then keeps the event as a dead letter. Shortly before the time-out all AWS calls but
 * those to the table are aborted, the work is left to release its leases, and the invocation fails.
 */
export function entry<E, R>(runtime: Runtime, { parse, run }: Entry<E, R>) {
  const { logger, count, flush } = runtime.telemetry;
  let running: Promise<unknown> = Promise.resolve();
  return middy({ timeoutEarlyInMillis: RESERVED_MILLISECONDS })
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .after(flush)
    .onError(async ({ error }) => {
      if (error?.name === "TimeoutError") await settled(running);
      logger.error("the invocation failed", { error });
      flush();
    })
    .handler(async (event: unknown, context: Context, { signal }): Promise<Handled<R>> => {
      runtime.stopWith(signal);
      const invocation = {
        now: runtime.clock.now(),
        owner: `${context.functionName}#${context.awsRequestId}`,
        account: context.invokedFunctionArn.split(":")[4] ?? "",
      };
      const parsed = parse(event, invocation);
      if (parsed.kind === "set aside") {
        count("setAside", 1);
        logger.warn("an event was set aside", { why: parsed.why, event: excerpt(event) });
        return { setAside: parsed.why };
      }
      const result = run(parsed.event, invocation);
      running = result;
      return result;
    });
}

async function settled(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, SETTLE_MILLISECONDS);
  });
  await Promise.race([work.then(noted, noted), patience]);
  clearTimeout(timer);
}

const noted = (): void => {};

const EXCERPT_CHARACTERS = 2_000;

/** What came, short enough for a log line. */
function excerpt(event: unknown): string {
  try {
    return (JSON.stringify(event) ?? String(event)).slice(0, EXCERPT_CHARACTERS);
  } catch {
    return "it cannot be written as JSON";
  }
}
