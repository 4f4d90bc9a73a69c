/**
 * Milliseconds for a week of ten-second physics before each policy, at one value of its knob, as computed (whatever else
 * the machine does): `npm run -s bench:peers -- FILE [POLICIES]`; `rivals` are all that are not Forewarm's.
 */
import { defaultPolicy } from "../../lib/cli/commands/replay.ts";
import { readTrace } from "../../lib/cli/files.ts";
import { median } from "../../lib/core/quantile.ts";
import { defaultsOf } from "../../lib/sim/score/candidate.ts";
import { CANDIDATES } from "../../lib/sim/score/candidates.ts";
import { runOutcome } from "../../lib/sim/score/runOutcome.ts";
import { scoringCaseOf } from "../../lib/sim/score/scoreCase.ts";

const DAYS = 7;
const ROUNDS = 5;

const [path, ...names] = process.argv.slice(2);
const [target] = defaultPolicy().targets;
if (path === undefined || target === undefined)
  throw new Error("say which trace: a CSV file of three weeks or more");
const trace = await readTrace(path);
const key = { trace: trace.name, platform: "kubernetes" as const, leadTimeSeconds: 300, units: 10 };
const { scored } = scoringCaseOf(trace, key, 1, { target, mostScoredDays: DAYS });

process.stdout.write(
  "| simulated policy | median ms | first run, with what it learns |\n| --- | --: | --: |\n",
);
const chosen = CANDIDATES.filter(
  ({ name, kind }) =>
    names.length === 0 ||
    names.includes(name) ||
    (names.includes("rivals") && kind !== "forewarm" && kind !== "ablation"),
);
const computedMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
for (const candidate of chosen) {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = computedMs();
    await runOutcome(candidate, scored, candidate.shippedKnob ?? 1, defaultsOf(candidate));
    times.push(computedMs() - start);
  }
  const [first = Number.NaN, ...others] = times;
  process.stdout.write(`| ${candidate.name} | ${median(others).toFixed(0)} | ${first.toFixed(0)} |\n`);
}
