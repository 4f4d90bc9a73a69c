/** `forewarm forecast show`: one forecast, of a trace or of a running target, beside its past and its scores. */
import { existsSync } from "node:fs";
import { Command, Option } from "commander";
import { DateTime, IANAZone } from "luxon";
import { ENVIRONMENT } from "../../contract/environment.ts";
import type { ShownForecast } from "../../core/forecast/show/result.ts";
import type { TargetPolicy } from "../../core/policy.ts";
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS } from "../../core/time.ts";
import { UsageError } from "../exit.ts";
import { readPolicy, readTrace, writeInto } from "../files.ts";
import { showProgress } from "../progress.ts";
import { parsePromotionWords } from "../promotionWords.ts";
import { collect, duration } from "../words.ts";

interface ShowWords {
  readonly policy?: string;
  readonly table?: string;
  readonly at?: EpochSeconds;
  readonly ahead: number;
  readonly slots?: number;
  readonly timeZone: string;
  readonly promotion: readonly string[];
  readonly out?: string;
  readonly json?: boolean;
}

const FURTHEST_SECONDS = 8 * DAY_SECONDS;
const USUAL_AHEAD_SECONDS = 2 * DAY_SECONDS;
const USUAL_COLUMNS = 100;

export function forecastShowCommand(): Command {
  return new Command("show")
    .description("Show a forecast: its past, its quantiles, its candidates and its scores by time ahead")
    .argument("<what>", "a CSV trace (timestamp,requests; also gzipped), or the id of a target with --policy")
    .option("--policy <file>", "forewarm.yaml that has the target")
    .option("--table <name>", `the controller's DynamoDB table (or ${ENVIRONMENT.table} in the environment)`)
    .addOption(
      new Option("--at <time>", "as it was at this ISO time (end of the trace, or now)").argParser(moment),
    )
    .addOption(
      new Option("--ahead <time>", "how far ahead, from 1h to 8d")
        .default(USUAL_AHEAD_SECONDS, "2d")
        .argParser(aheadOf),
    )
    .addOption(
      new Option("--slots <time>", "from 1m to 1h, for a trace (5m, or its own step)").argParser(
        duration("--slots"),
      ),
    )
    .addOption(
      new Option("--time-zone <zone>", "whose days a trace follows").default("UTC").argParser(zoneOf),
    )
    .addOption(
      new Option("--promotion <words>", "a window of a trace to leave out, as for replay; repeatable")
        .default([], "none")
        .argParser(collect),
    )
    .option("--out <folder>", "where forecast.html and forecast.json go")
    .option("--json", "print forecast.json to standard output and nothing else")
    .action(run);
}

async function run(what: string, words: ShowWords): Promise<void> {
  const shown = words.policy === undefined ? await ofTrace(what, words) : await ofTarget(what, words);
  const json = JSON.stringify(shown);
  const written: string[] = [];
  if (words.out !== undefined) {
    const { forecastText } = await import("../../report/forecast/renderForecast.ts");
    written.push(
      await writeInto(words.out, "forecast.html", forecastText(shown)),
      await writeInto(words.out, "forecast.json", json),
    );
  }
  if (words.json === true) {
    process.stdout.write(`${json}\n`);
    return;
  }
  const { sayShown } = await import("../forecast/sayShown.ts");
  const said = sayShown(shown, process.stdout.columns ?? USUAL_COLUMNS);
  process.stdout.write(`${said}\n${written.map((path) => `  ${path}\n`).join("")}`);
}

async function ofTrace(path: string, words: ShowWords): Promise<ShownForecast> {
  if (!existsSync(path)) {
    throw new UsageError(`${path} is no file; for a target of a policy add --policy forewarm.yaml`);
  }
  const trace = await readTrace(path);
  const { ensemble } = await import("../../core/forecast/ensemble.ts");
  const { shownTrace } = await import("../forecast/shownTrace.ts");
  const progress = showProgress();
  return shownTrace({
    trace,
    model: ensemble(),
    timeZone: words.timeZone,
    at: words.at ?? null,
    aheadSeconds: words.ahead,
    slotSeconds: words.slots ?? null,
    promotions: words.promotion.map((each) =>
      parsePromotionWords(each, { id: trace.name, timeZone: words.timeZone }),
    ),
    onProgress: (share) => progress.update("measuring", share),
  }).finally(() => progress.stop());
}

async function ofTarget(id: string, words: ShowWords): Promise<ShownForecast> {
  const { targets } = await readPolicy(words.policy as string);
  const policy = targets.find((each) => each.id === id);
  if (policy === undefined) {
    throw new UsageError(`got ${id}, the policy has ${targets.map((each) => each.id).join(", ")}`);
  }
  const table = words.table ?? process.env[ENVIRONMENT.table];
  if (table === undefined || table === "") {
    throw new UsageError(
      `--table: the name of the controller's table is needed; it is an output of the stack, or set ${ENVIRONMENT.table}`,
    );
  }
  const { shownTarget } = await import("../forecast/shownTarget.ts");
  const at = words.at ?? Math.floor(Date.now() / 1000);
  const { forecasts, metrics } = await readers(table, policy);
  return shownTarget({ policy, table, forecasts, metrics, at, aheadSeconds: words.ahead });
}

/** The AWS SDK is not among the packages that the command line brings: most of its commands need no account. */
async function readers(table: string, policy: TargetPolicy) {
  try {
    const { readingOf } = await import("../../adapters/aws/reading.ts");
    return readingOf(table, [policy]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new UsageError(
      "reading a target needs the AWS SDK: npm install @aws-sdk/client-dynamodb @aws-sdk/lib-dynamodb @aws-sdk/client-cloudwatch",
    );
  }
}

function moment(word: string): EpochSeconds {
  const at = DateTime.fromISO(word, { zone: "utc" });
  if (!at.isValid)
    throw new UsageError(`--at: got ${word}, allowed is an ISO time such as 2025-11-11T00:05Z`);
  return Math.floor(at.toSeconds());
}

function aheadOf(word: string): number {
  const seconds = duration("--ahead")(word);
  if (seconds >= HOUR_SECONDS && seconds <= FURTHEST_SECONDS) return seconds;
  throw new UsageError(`--ahead: got ${word}, allowed is 1h to 8d`);
}

function zoneOf(word: string): string {
  if (IANAZone.isValidZone(word)) return word;
  throw new UsageError(`--time-zone: got ${word}, allowed is an IANA time zone such as Asia/Shanghai or UTC`);
}
