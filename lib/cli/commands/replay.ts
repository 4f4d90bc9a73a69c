/** `forewarm replay`: what Forewarm and its rivals would have done with a trace, as a table and a page. */
import { Command, Option } from "commander";
import type { Policy, TargetPolicy } from "../../core/policy.ts";
import type { Promotion } from "../../core/promotion.ts";
import type { ReplayResult } from "../../core/replayResult.ts";
import { parsePolicyObject } from "../../policy/parsePolicy.ts";
import { reportText } from "../../report/replay/renderReport.ts";
import { PLATFORMS, type SimPlatform } from "../../sim/physics/platform.ts";
import { replay } from "../../sim/replay.ts";
import { DEFAULT_UNITS } from "../../sim/replayPolicy.ts";
import type { Trace } from "../../sim/traces/trace.ts";
import { UsageError } from "../exit.ts";
import { readPolicy, readTrace, writeInto } from "../files.ts";
import { showProgress } from "../progress.ts";
import { parsePromotionWords } from "../promotionWords.ts";
import { resultText } from "../resultText.ts";
import { summaryTable } from "../summaryTable.ts";
import { collect, duration, positiveNumber, wholeNumber } from "../words.ts";

interface ReplayWords {
  readonly policy?: string;
  readonly target?: string;
  readonly units?: number;
  readonly lead?: number;
  readonly history?: number;
  readonly promotion: readonly string[];
  readonly platform: SimPlatform;
  readonly seed: number;
  readonly out: string;
  readonly json?: boolean;
}

export function replayCommand(): Command {
  return new Command("replay")
    .description("Simulate Forewarm and its rivals on a trace of requests (CSV: timestamp,requests)")
    .argument("<trace>", "CSV file, also gzipped")
    .option("--policy <file>", "forewarm.yaml; without it the defaults and --units")
    .option("--target <id>", "which target of the policy, when it has several")
    .addOption(
      new Option(
        "--units <n>",
        `size the unit load so that the mean load needs n units (default without a policy: ${DEFAULT_UNITS})`,
      ).argParser(positiveNumber("--units")),
    )
    .addOption(
      new Option("--lead <time>", "median lead time of a start, such as 300s").argParser(duration("--lead")),
    )
    .addOption(
      new Option(
        "--history <time>",
        "part of the trace that is past when the replay begins, such as 14d or 0d",
      ).argParser(duration("--history", true)),
    )
    .addOption(
      new Option(
        "--promotion <words>",
        'such as "name=11.11,start=2026-11-11T00:00Z,for=2h,expect=x3"; repeatable',
      )
        .default([], "none")
        .argParser(collect),
    )
    .addOption(
      new Option("--platform <name>", "what is simulated")
        .choices(Object.keys(PLATFORMS))
        .default("sagemaker"),
    )
    .addOption(new Option("--seed <n>", "of every random draw").default(1).argParser(wholeNumber("--seed")))
    .option("--out <folder>", "where result.json and report.html go", "out")
    .option("--json", "print result.json to standard output and nothing else")
    .action(run);
}

async function run(path: string, words: ReplayWords): Promise<void> {
  const trace = await readTrace(path);
  const policy = words.policy === undefined ? defaultPolicy() : await readPolicy(words.policy, trace.start);
  const target = chooseTarget(policy, words.target);
  const promotions = [
    ...policy.promotions.filter((each) => each.target === target.id),
    ...words.promotion.map((each) => parsePromotionWords(each, target)),
  ];
  const units = words.units ?? (words.policy === undefined ? DEFAULT_UNITS : null);
  await replayAndShow({ trace, target, promotions, units, words });
}

export interface ShowOptions {
  readonly trace: Trace;
  readonly target: TargetPolicy;
  readonly promotions: readonly Promotion[];
  readonly units: number | null;
  readonly words: Pick<ReplayWords, "lead" | "history" | "platform" | "seed" | "out" | "json">;
}

/** Replays, writes result.json and report.html, and prints the table; returns the result. */
export async function replayAndShow({
  trace,
  target,
  promotions,
  units,
  words,
}: ShowOptions): Promise<ReplayResult> {
  const progress = showProgress();
  const result = await replay({
    trace,
    target,
    promotions,
    units,
    leadTimeSeconds: words.lead ?? null,
    historySeconds: words.history ?? null,
    platform: words.platform,
    seed: words.seed,
    faults: [],
    onProgress: (label, share) => progress.update(label, share),
  }).finally(() => progress.stop());
  const paths = [
    await writeInto(words.out, "result.json", resultText(result)),
    await writeInto(words.out, "report.html", reportText(result)),
  ];
  if (words.json === true) for (const piece of resultText(result)) process.stdout.write(piece);
  else process.stdout.write(`${sayResult(result)}\n${paths.map((each) => `  ${each}`).join("\n")}\n`);
  return result;
}

function sayResult(result: ReplayResult): string {
  const { trace, minutes, assumptions } = result;
  const kind = trace.synthetic ? "synthetic trace" : "trace";
  const days = (minutes / 1440).toFixed(1);
  return [
    `Simulation of ${days} days of the ${kind} ${trace.name}, lead time ${assumptions.leadTimeSeconds} s, unit load ${assumptions.unitLoad} requests/min`,
    summaryTable(result),
    "Every number above is simulated; the page says what was assumed:",
  ].join("\n");
}

/** The documented defaults, for people who have a trace and no policy yet. */
export function defaultPolicy(): Policy {
  const result = parsePolicyObject({
    targets: {
      endpoint: {
        kind: "sagemaker-variant",
        endpoint: "endpoint",
        variant: "AllTraffic",
        capacity: { min: 1, max: 10 },
        load: { metric: "invocations", perUnit: 1 },
        objective: { latencyP95: "1s" },
      },
    },
  });
  if (result.kind === "problems") throw new Error(result.problems.map((each) => each.message).join("\n"));
  return result.policy;
}

function chooseTarget({ targets }: Policy, id: string | undefined): TargetPolicy {
  const ids = targets.map((each) => each.id).join(", ");
  const found = id === undefined ? targets[0] : targets.find((each) => each.id === id);
  if (found === undefined) throw new UsageError(`--target: got ${id}, the policy has ${ids}`);
  if (id === undefined && targets.length > 1) {
    throw new UsageError(`the policy has several targets; choose one with --target: ${ids}`);
  }
  return found;
}
