/** `forewarm forecast compare`: how well each forecaster's quantiles fit what came, by rolling origin over traces. */
import { Command, Option } from "commander";
import type { ForecastComparison } from "../../core/forecast/compare/result.ts";
import { DAY_SECONDS } from "../../core/time.ts";
import { writeInto } from "../files.ts";
import { FORECASTER_NAMES, type ForecasterName, USUAL_FORECASTERS } from "../forecast/names.ts";
import type { ComparisonInput } from "../forecast/runComparison.ts";
import { showProgress } from "../progress.ts";
import { duration, list, oneOf, wholeNumber } from "../words.ts";

interface CompareWords {
  readonly models?: readonly ForecasterName[];
  readonly rows?: readonly string[];
  readonly filled?: string;
  readonly horizon?: number;
  readonly every?: number;
  readonly history?: number;
  readonly leastHistory?: number;
  readonly origins?: number;
  readonly workers?: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** As many as a week has days: Prophet takes seconds for each. */
const USUAL_ORIGINS = 7;

const HISTORY_DAYS = 28;

export function forecastCompareCommand(): Command {
  const timed = (flags: string, description: string, name: string): Option =>
    new Option(flags, description).argParser(duration(name));
  const counted = (flags: string, description: string, name: string): Option =>
    new Option(flags, description).argParser(wholeNumber(name));
  return new Command("compare")
    .description(
      "Score forecasters over traces by rolling origin: ours, Prophet, MSTL+ETS and the naive ones",
    )
    .argument("<traces...>", "CSV files (timestamp,requests; also gzipped), or folders of them")
    .addOption(
      new Option("--models <names>", `of ${FORECASTER_NAMES.join(", ")} (the first five)`).argParser(
        list(oneOf<ForecasterName>("--models", FORECASTER_NAMES)),
      ),
    )
    .option("--rows <files...>", "forecasts of other models, in rows (docs/external-forecasts.md)")
    .option(
      "--filled <file>",
      "JSON of steps that were invented to fill gaps: neither learnt from nor scored",
    )
    .addOption(timed("--horizon <time>", "how far ahead is forecast and scored (24h)", "--horizon"))
    .addOption(timed("--every <time>", "from one origin to the next (24h)", "--every"))
    .addOption(timed("--history <time>", "history before each origin, at most (28d)", "--history"))
    .addOption(
      timed(
        "--least-history <time>",
        "before the first origin (7d; half of a shorter trace)",
        "--least-history",
      ),
    )
    .addOption(
      counted("--origins <n>", `at most, for each trace; 0 takes all (${USUAL_ORIGINS})`, "--origins"),
    )
    .addOption(counted("--workers <n>", "processes (one for each core)", "--workers"))
    .option("--out <folder>", "where comparison.html and comparison.json go")
    .option("--json", "print comparison.json to standard output and nothing else")
    .action(run);
}

async function run(paths: readonly string[], words: CompareWords): Promise<void> {
  const { findCompared } = await import("../forecast/comparedFiles.ts");
  const { runComparison } = await import("../forecast/runComparison.ts");
  const { rows = [], filled = null } = words;
  const models = FORECASTER_NAMES.filter((name) => (words.models ?? USUAL_FORECASTERS).includes(name));
  const found = await findCompared(paths, { models, rows, filled });
  const progress = showProgress();
  const input = { ...found, options: optionsOf(words), workers: words.workers || null };
  const result = await runComparison(input, progress.update).finally(() => progress.stop());
  for (const { trace, why } of result.setAside) process.stderr.write(`set aside: ${trace}: ${why}\n`);
  await show(result, words);
  if (result.traces.length === 0) throw new Error("no trace could be compared");
}

function optionsOf(words: CompareWords): ComparisonInput["options"] {
  const { origins = USUAL_ORIGINS, leastHistory, history } = words;
  return {
    horizonSeconds: words.horizon ?? DAY_SECONDS,
    everySeconds: words.every ?? DAY_SECONDS,
    historyDays: history === undefined ? HISTORY_DAYS : history / DAY_SECONDS,
    leastHistoryDays: leastHistory === undefined ? null : leastHistory / DAY_SECONDS,
    mostOrigins: origins === 0 ? null : origins,
  };
}

async function show(result: ForecastComparison, words: CompareWords): Promise<void> {
  const json = JSON.stringify(result);
  const written: string[] = [];
  if (words.out !== undefined) {
    const { comparisonText } = await import("../../report/comparison/renderComparison.ts");
    written.push(
      await writeInto(words.out, "comparison.html", comparisonText(result)),
      await writeInto(words.out, "comparison.json", json),
    );
  }
  if (words.json === true) {
    process.stdout.write(`${json}\n`);
    return;
  }
  const { sayComparison } = await import("../forecast/standingsTable.ts");
  process.stdout.write(`${sayComparison(result)}\n${written.map((path) => `  ${path}\n`).join("")}`);
}
