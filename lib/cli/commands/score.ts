/** `forewarm score`: what every policy costs at equal violations on one's own traces, beside a bound. */
import { Command, Option } from "commander";
import type { ScorePlatform, ScoreResult } from "../../core/scoreResult.ts";
import { scoreText } from "../../report/score/renderScore.ts";
import { CANDIDATES, QUICK_POLICIES } from "../../sim/score/candidates.ts";
import { readPolicy, readText, writeInto } from "../files.ts";
import { type Progress, showProgress } from "../progress.ts";
import { sayMinutes } from "../score/effort.ts";
import { Parts } from "../score/parts.ts";
import { runScore } from "../score/runScore.ts";
import type { ScoreSetup } from "../score/tasks.ts";
import { findTraces } from "../score/traceFiles.ts";
import { winsTable } from "../score/winsTable.ts";
import { duration, list, oneOf, positiveNumber, wholeNumber } from "../words.ts";
import { defaultPolicy } from "./replay.ts";

interface ScoreWords {
  readonly traces: readonly string[];
  readonly policy?: string;
  readonly platform?: readonly ScorePlatform[];
  readonly lead?: readonly number[];
  readonly units?: readonly number[];
  readonly policies?: readonly string[];
  readonly seeds?: number;
  readonly trials?: number;
  readonly days?: number;
  readonly quick?: boolean;
  readonly out: string;
  readonly json?: boolean;
}

const NAMES = CANDIDATES.map(({ name }) => name);

/** Stands for every name. */
const ALL = "all";

const FULL = {
  platforms: ["sagemaker", "kubernetes"],
  leadTimesSeconds: [60, 180, 300, 600],
  units: [2, 10, 50],
  policies: NAMES,
  trials: 40,
  knobValues: 9,
  mostScoredDays: null,
} as const;

/** One case a trace, the best known rivals, few trials, three days: an impression, not a verdict. */
const QUICK = {
  platforms: ["sagemaker"],
  leadTimesSeconds: [300],
  units: [10],
  policies: QUICK_POLICIES,
  trials: 6,
  knobValues: 5,
  mostScoredDays: 3,
} as const;

export function scoreCommand(): Command {
  return new Command("score")
    .description("Simulate all policies on traces and compare what they cost at equal violations")
    .requiredOption("--traces <paths...>", "CSV files (timestamp,requests; also gzipped), or folders of them")
    .option("--policy <file>", "forewarm.yaml whose first target's objective and settings are used")
    .addOption(
      new Option("--platform <names>", "sagemaker, kubernetes (both; --quick: sagemaker)").argParser(
        list(oneOf<ScorePlatform>("--platform", ["sagemaker", "kubernetes"])),
      ),
    )
    .addOption(
      new Option("--lead <times>", "median lead times (60s,180s,300s,600s; --quick: 300s)").argParser(
        list(duration("--lead")),
      ),
    )
    .addOption(
      new Option("--units <numbers>", "units that the mean load needs (2,10,50; --quick: 10)").argParser(
        list(positiveNumber("--units")),
      ),
    )
    .addOption(
      new Option("--policies <names>", "only these, or all (all; --quick: the best known)").argParser(
        list(oneOf("--policies", [ALL, ...NAMES])),
      ),
    )
    .addOption(new Option("--seeds <n>", "runs with so many seeds (1)").argParser(wholeNumber("--seeds")))
    .addOption(
      new Option("--trials <n>", "runs on the training part for each policy (40; --quick: 6)").argParser(
        wholeNumber("--trials"),
      ),
    )
    .addOption(
      new Option("--days <n>", "score at most so many days of each trace (all; --quick: 3)").argParser(
        wholeNumber("--days"),
      ),
    )
    .option("--quick", "one case for each trace, the best known rivals, few trials, three days")
    .option("--out <folder>", "where score.json, score.html and the parts of an interrupted run go", "score")
    .option("--json", "print score.json to standard output and nothing else")
    .action(run);
}

async function run(words: ScoreWords): Promise<void> {
  const setup = await setupOf(words);
  const { traces, setAside } = await findTraces(words.traces);
  const texts = new Map<string, string>();
  for (const { file } of traces) texts.set(file.path, await readText(file.path));
  const say = (text: string): void => void (words.json === true || process.stdout.write(`${text}\n`));
  for (const { trace, why } of setAside) process.stderr.write(`set aside: ${trace}: ${why}\n`);
  // Shown once it has been said how long it will take, so that the bar does not write over that.
  let progress: Progress | null = null;
  const result = await runScore(
    { setup, traces, setAside, parts: new Parts(words.out, setup, texts) },
    {
      begins: (tasks, finished, milliseconds) => {
        say(sayBeginning(tasks, finished, milliseconds));
        progress = showProgress();
      },
      update: (label, share) => progress?.update(label, share),
    },
  ).finally(() => progress?.stop());
  await show(result, words, say);
}

async function setupOf(words: ScoreWords): Promise<ScoreSetup> {
  const base = words.quick === true ? QUICK : FULL;
  const policy = words.policy === undefined ? defaultPolicy() : await readPolicy(words.policy);
  const [target] = policy.targets;
  if (target === undefined) throw new RangeError(`${words.policy} has no target`);
  return {
    target,
    platforms: words.platform ?? base.platforms,
    leadTimesSeconds: words.lead ?? base.leadTimesSeconds,
    units: words.units ?? base.units,
    policies: namesOf(words.policies ?? base.policies),
    seeds: Array.from({ length: Math.max(1, words.seeds ?? 1) }, (_, i) => i + 1),
    trials: Math.max(1, words.trials ?? base.trials),
    knobValues: base.knobValues,
    quick: words.quick === true,
    mostScoredDays: words.days === undefined ? base.mostScoredDays : Math.max(1, words.days),
  };
}

/** In the order of the tables. */
function namesOf(words: readonly string[]): readonly string[] {
  return words.includes(ALL) ? NAMES : NAMES.filter((name) => words.includes(name));
}

function sayBeginning(tasks: number, finished: number, milliseconds: number): string {
  if (finished === tasks) return `All ${tasks} parts are there from an earlier run.`;
  const resumed = finished === 0 ? "" : `, ${finished} of them are there from an earlier run`;
  return `${tasks} parts${resumed}; about ${sayMinutes(milliseconds)} to go. An interrupted run goes on where it stopped.`;
}

async function show(result: ScoreResult, words: ScoreWords, say: (text: string) => void): Promise<void> {
  const json = JSON.stringify(result);
  const paths = [
    await writeInto(words.out, "score.html", scoreText(result)),
    await writeInto(words.out, "score.json", json),
  ];
  if (words.json === true) process.stdout.write(`${json}\n`);
  say(winsTable(result));
  say(`Every number above is simulated:\n${paths.map((path) => `  ${path}`).join("\n")}`);
}
