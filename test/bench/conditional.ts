/**
 * What the last hour is worth: the 0.95 quantile of the highest load of the next 5, 15 and 30 minutes, beside baselines, as
 * markdown: `npm run -s bench:conditional -- TRACES [--days 3] [--filled filled.json]`. A measurement, not a test.
 */
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { readFilledSteps } from "../../lib/cli/forecast/filledSteps.ts";
import { findTraces } from "../../lib/cli/score/traceFiles.ts";
import { wholeNumber } from "../../lib/cli/words.ts";
import { DAY_SECONDS } from "../../lib/core/time.ts";
import type { Trace } from "../../lib/sim/traces/trace.ts";
import { type Forecaster, HORIZONS_MINUTES, LEVEL, type Measured, measure } from "./conditional/measure.ts";
import { COARSEST_STEP_SECONDS, minutesOf } from "./conditional/minutes.ts";

const LEAST_TRACE_DAYS = 7;
const WITHIN = { least: 0.93, most: 0.97 };
const LABELS: Readonly<Record<Forecaster, string>> = {
  corrected: "the forecast corrected by the last hour, as decisions use it",
  storedBand: "the highest stored band (0.95) of the slots, uncorrected",
  scaledLast: "mean of the last five minutes × how the path goes on (last × profile), as it is",
  calibratedLast:
    "the same, plus the conformal quantile (0.95) of its own errors over the seven days before, square-root scale",
};

const { values: words, positionals: paths } = parseArgs({
  allowPositionals: true,
  options: { days: { type: "string", default: "3" }, filled: { type: "string" } },
});
if (paths.length === 0) throw new Error("name traces of at least a week, or folders of them");
const days = wholeNumber("--days")(words.days);
if (days < 1) throw new Error(`--days: got ${words.days}, allowed is a whole number from 1`);

function whyUnfit({ requests, stepSeconds }: Trace): string | null {
  if (stepSeconds > COARSEST_STEP_SECONDS) return `got steps of ${stepSeconds} s, allowed are under an hour`;
  const length = (requests.length * stepSeconds) / DAY_SECONDS;
  // A step may be missing at the end of a whole week.
  if (length < LEAST_TRACE_DAYS - 0.01) return `got ${length.toFixed(1)} days, at least 7 are needed`;
  return requests.some((count) => count > 0) ? null : "the trace has no request";
}

const write = (text: string): void => void process.stdout.write(text);
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
const say = (value: number, digits = 2): string => (Number.isFinite(value) ? value.toFixed(digits) : "–");
const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/** Of one horizon on one trace: our loss as a share of others', and the coverage. */
interface Outcome {
  readonly overBand: number;
  readonly overLast: number;
  /** Over the better of the two, as they are. */
  readonly overBest: number;
  /** NaN where the trace is too short to calibrate on. */
  readonly overCalibrated: number;
  readonly covered: number;
}

function outcomesOf({ byHorizon }: Measured): readonly Outcome[] {
  return byHorizon.map(({ loss, covered, moments }) => ({
    overBand: loss.corrected / loss.storedBand,
    overLast: loss.corrected / loss.scaledLast,
    overBest: loss.corrected / Math.min(loss.storedBand, loss.scaledLast),
    overCalibrated: loss.corrected / loss.calibratedLast,
    covered: covered / moments,
  }));
}

function traceRow(name: string, measured: Measured): string {
  const { fits, fitMilliseconds, answers, answerMilliseconds } = measured;
  const cells = outcomesOf(measured).flatMap((each) => [
    say(each.overBand),
    say(each.overLast),
    say(each.overCalibrated),
    say(each.covered, 3),
  ]);
  const times = [say(fitMilliseconds / fits, 0), say((1000 * answerMilliseconds) / answers, 1)];
  return row([name, ...cells, ...times]);
}

function heading(): string {
  const columns = HORIZONS_MINUTES.flatMap((minutes) => [
    `${minutes} min ÷ band`,
    "÷ last × profile",
    "÷ calibrated",
    `covers ${LEVEL}`,
  ]);
  const cells = ["trace", ...columns, "ms a fit", "µs an answer"];
  return row(cells) + row(cells.map((_, i) => (i === 0 ? "---" : "--:")));
}

function summary(all: readonly Measured[]): string {
  const cells = [
    "geometric means over traces",
    "÷ better of band and last × profile",
    "÷ calibrated",
    "covered",
  ];
  const rows = HORIZONS_MINUTES.map((minutes, h) => {
    const outcomes = all.map((measured) => outcomesOf(measured)[h] as Outcome);
    const calibrated = outcomes.map(({ overCalibrated }) => overCalibrated).filter(Number.isFinite);
    const inside = outcomes.filter(({ covered }) => covered >= WITHIN.least && covered <= WITHIN.most);
    return row([
      `highest load within ${minutes} minutes`,
      say(geometricMean(outcomes.map(({ overBest }) => overBest))),
      `${say(geometricMean(calibrated))} (${calibrated.length} traces)`,
      `${inside.length} of ${all.length} within ${WITHIN.least} to ${WITHIN.most}`,
    ]);
  });
  return row(cells) + row(cells.map((_, i) => (i === 0 ? "---" : "--:"))) + rows.join("");
}

const { traces, setAside } = await findTraces(paths, whyUnfit);
const filled = words.filled === undefined ? null : await readFilledSteps(words.filled);
write(`Pinball loss at ${LEVEL}, last ${days} days of each trace, ours ÷ theirs: below 1 is better.\n\n`);
for (const [name, label] of Object.entries(LABELS)) write(`- ${name}: ${label}\n`);
write(`\n${heading()}`);
const all = traces.map(({ file, trace }) => {
  const measured = measure(minutesOf(trace, filled?.get(basename(file.path)) ?? []), days);
  write(traceRow(trace.name, measured));
  return measured;
});
write(`\n${summary(all)}`);
for (const { trace, why } of setAside) write(`\nset aside: ${basename(trace)}: ${why}\n`);
