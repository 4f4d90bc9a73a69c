/** One task of a score, run in a process of its own. Processes keep the case they have at hand for the tasks that follow. */
import type { CaseKey, Settings } from "../../core/scoreResult.ts";
import { CANDIDATES } from "../../sim/score/candidates.ts";
import { type BoundRuns, scoreBounds } from "../../sim/score/scoreBounds.ts";
import { type ScoringCase, scoringCaseOf } from "../../sim/score/scoreCase.ts";
import { type PolicyRuns, scorePolicy } from "../../sim/score/scorePolicy.ts";
import { readTrace } from "../files.ts";
import type { ScoreSetup, ScoreTask, TraceFile } from "./tasks.ts";

export interface WorkerInput {
  readonly task: ScoreTask;
  readonly setup: ScoreSetup;
  /** Settings found for the policy whose settings this one takes; null where it is tuned itself. */
  readonly taken: Settings | null;
}

export interface TaskResult {
  readonly factor: number;
  readonly maxUnits: number;
  readonly bounds?: BoundRuns;
  readonly runs?: PolicyRuns;
}

/** Throws a RangeError for a policy that nobody knows. */
export default async function runTask({ task, setup, taken }: WorkerInput): Promise<TaskResult> {
  const cases = await casesFor(task.file, task.key, setup);
  const { factor, maxUnits } = cases[0] as ScoringCase;
  if (task.kind === "bound") return { factor, maxUnits, bounds: await scoreBounds(cases, setup) };
  const candidate = CANDIDATES.find(({ name }) => name === task.policy);
  if (candidate === undefined)
    throw new RangeError(`score: got the policy ${task.policy}, nobody has that name`);
  return { factor, maxUnits, runs: await scorePolicy(candidate, cases, setup, taken) };
}

let latest: { readonly name: string; readonly cases: readonly ScoringCase[] } | null = null;

async function casesFor(
  file: TraceFile,
  key: CaseKey,
  { target, seeds, mostScoredDays }: ScoreSetup,
): Promise<readonly ScoringCase[]> {
  const name = JSON.stringify([file, key]);
  if (latest?.name !== name) {
    const trace = { ...(await readTrace(file.path)), name: file.name };
    const cases = seeds.map((seed) => scoringCaseOf(trace, key, seed, { target, mostScoredDays }));
    latest = { name, cases };
  }
  return latest.cases;
}
