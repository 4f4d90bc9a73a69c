/**
 * The fluid queue beside the same queue request by request, over a week of each trace, at about one violation in a
 * hundred: `npm run -s bench:physics -- FILES`.
 */

import { defaultPolicy } from "../../lib/cli/commands/replay.ts";
import { readTrace } from "../../lib/cli/files.ts";
import { scoringCaseOf } from "../../lib/sim/score/scoreCase.ts";
import { agreementOn } from "../sim/physics/agreement.ts";

const POLICIES = ["target-tracking", "forewarm"];
const SHARE = 0.01;
const DAYS = 7;

const [target] = defaultPolicy().targets;
if (target === undefined) throw new Error("the default policy has a target");
const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

process.stdout.write(
  "| simulated | policy | violations, fluid | request by request | points | unit-hours, fluid | request by request | difference |\n| --- | --- | --: | --: | --: | --: | --: | --: |\n",
);
for (const path of process.argv.slice(2)) {
  const trace = await readTrace(path);
  const key = { trace: trace.name, platform: "sagemaker" as const, leadTimeSeconds: 300, units: 10 };
  const { scored } = scoringCaseOf(trace, key, 1, { target, mostScoredDays: DAYS });
  for (const policy of POLICIES) {
    const { fluid, requests } = await agreementOn(scored, policy, SHARE);
    const cells = [
      trace.name,
      policy,
      percent(fluid.violations),
      percent(requests.violations),
      `${(100 * (requests.violations - fluid.violations)).toFixed(2)}`,
      fluid.unitHours.toFixed(0),
      requests.unitHours.toFixed(0),
      `${(100 * (requests.unitHours / fluid.unitHours - 1)).toFixed(2)} %`,
    ];
    process.stdout.write(`| ${cells.join(" | ")} |\n`);
  }
}
