/**
 * `npm run bench:replays -- FILE[@POLICY] …`: replays traces with the documented defaults and prints the table of
 * docs/benchmarks.md. A measurement, not a test. The first target of a policy is used; without one, ten units on average.
 */

import { defaultPolicy } from "../../lib/cli/commands/replay.ts";
import { readPolicy, readTrace } from "../../lib/cli/files.ts";
import type { ReplayResult, Run } from "../../lib/core/replayResult.ts";
import { replay } from "../../lib/sim/replay.ts";
import { DEFAULT_UNITS } from "../../lib/sim/replayPolicy.ts";

const LEAD_TIME_SECONDS = 300;

async function replayOne(word: string): Promise<ReplayResult> {
  const [path = "", policyPath] = word.split("@");
  const policy = policyPath === undefined ? defaultPolicy() : await readPolicy(policyPath);
  const [target] = policy.targets;
  if (target === undefined) throw new Error(`${policyPath} has no target`);
  return replay({
    trace: await readTrace(path),
    target,
    promotions: [],
    units: policyPath === undefined ? DEFAULT_UNITS : null,
    leadTimeSeconds: LEAD_TIME_SECONDS,
    historySeconds: null,
    platform: "sagemaker",
    seed: 1,
    faults: [],
  });
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function rowOf({ summary, label }: Run, { minutes }: ReplayResult, ours: number): string {
  const days = minutes / 1440;
  const { ramps, rampsReady } = summary;
  return row([
    label,
    Math.round(summary.unitHours).toLocaleString("en-US"),
    summary.unitHours === ours ? "" : `${(100 * (summary.unitHours / ours - 1)).toFixed(0)} %`,
    `${(100 * (1 - summary.insideObjective)).toFixed(2)} %`,
    String(summary.violationMinutes),
    ((summary.scaleOuts + summary.scaleIns) / days).toFixed(1),
    (summary.flaps / days).toFixed(1),
    ramps === 0 ? "none" : `${rampsReady} of ${ramps}`,
  ]);
}

for (const word of process.argv.slice(2)) {
  const began = performance.now();
  const result = await replayOne(word);
  const seconds = (performance.now() - began) / 1000;
  const { trace, minutes, policy, runs } = result;
  const ours = runs[0]?.summary.unitHours ?? 0;
  process.stdout.write(
    [
      `### ${trace.name}`,
      "",
      `${(minutes / 1440).toFixed(1)} days replayed after ${((trace.history.to - trace.history.from) / 86_400).toFixed(1)} days of history, ` +
        `steps of ${trace.stepSeconds} s, unit load ${policy.load?.perUnit} requests a minute, lead time ${LEAD_TIME_SECONDS} s.`,
      "",
      row([
        "simulated run",
        "unit-hours",
        "vs Forewarm",
        "outside objective",
        "violation minutes",
        "actions a day",
        "flaps a day",
        "ramps ready",
      ]),
      row(["---", "--:", "--:", "--:", "--:", "--:", "--:", "--:"]),
      ...runs.map((run) => rowOf(run, result, ours)),
      "",
      "",
    ].join("\n"),
  );
  process.stderr.write(
    `${trace.name}: ${seconds.toFixed(1)} s for ${runs.length} runs, ${Math.round(process.resourceUsage().maxRSS / 1000)} MB at most so far\n`,
  );
}
