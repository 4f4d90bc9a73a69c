/** Runs a score over all cores, or goes on with one that was interrupted, and puts its result together. */
import { availableParallelism } from "node:os";
import { SCORE_SCHEMA, type ScoreCase, type ScoreResult, type Settings } from "../../core/scoreResult.ts";
import { assumptionsOf, policyAccountOf, scoredTraceOf } from "../../sim/score/account.ts";
import { caseOf } from "../../sim/score/assemble.ts";
import { CANDIDATES } from "../../sim/score/candidates.ts";
import type { BoundRuns } from "../../sim/score/scoreBounds.ts";
import type { PolicyRuns } from "../../sim/score/scorePolicy.ts";
import type { Trace } from "../../sim/traces/trace.ts";
import { withWorkers } from "../workers.ts";
import { effortOf, referenceDayMs } from "./effort.ts";
import type { Parts } from "./parts.ts";
import type { TaskResult } from "./scoreWorker.ts";
import {
  casesOf,
  type ScoreSetup,
  type ScoreTask,
  sayCase,
  sayTask,
  type TraceFile,
  taskId,
  tasksOf,
} from "./tasks.ts";

const WORKER = new URL("./scoreWorker", import.meta.url);

export interface ScoreInput {
  readonly setup: ScoreSetup;
  readonly traces: readonly { readonly file: TraceFile; readonly trace: Trace }[];
  readonly setAside: ScoreResult["setAside"];
  readonly parts: Parts;
}

export interface ScoreWatch {
  /** Before anything runs: how many tasks there are, how many of them are there already, and how long the rest takes. */
  begins(tasks: number, finished: number, milliseconds: number): void;
  update(label: string, share: number): void;
}

/** Runs what is not there yet: first what is tuned itself, then what takes the settings that were found. */
export async function runScore(input: ScoreInput, watch: ScoreWatch): Promise<ScoreResult> {
  const { setup, traces, parts } = input;
  const tasks = tasksOf(
    traces.map(({ file }) => file),
    setup,
  );
  const results: Results = new Map();
  for (const task of tasks) {
    const known = await parts.read(task);
    if (known !== null) results.set(taskId(task), known);
  }
  const open = tasks.filter((task) => !results.has(taskId(task)));
  const effort = new Map(open.map((task) => [task, effortOf(task, traceOf(task, input), setup)]));
  const total = [...effort.values()].reduce((sum, each) => sum + each, 0);
  const workers = Math.max(1, Math.min(availableParallelism(), open.length));
  const dayMs = open.length === 0 ? 0 : await referenceDayMs(setup.target);
  watch.begins(tasks.length, results.size, (total * dayMs) / workers);
  let done = 0;
  const keep = async (task: ScoreTask, result: TaskResult): Promise<void> => {
    await parts.write(task, result);
    results.set(taskId(task), result);
    done += effort.get(task) ?? 0;
    watch.update(sayTask(task), total === 0 ? 1 : done / total);
  };
  const ids = new Set(tasks.map(taskId));
  const follows = (task: ScoreTask): boolean => ids.has(leaderIdOf(task) ?? "");
  await withWorkers(WORKER, workers, async (pool) => {
    const run = async (task: ScoreTask): Promise<void> =>
      keep(task, await pool.run({ task, setup, taken: settingsFor(task, results) }));
    await Promise.all(open.filter((task) => !follows(task)).map(run));
    await Promise.all(open.filter(follows).map(run));
  });
  return resultOf(input, tasks, results);
}

/** By the id of the task. */
type Results = Map<string, TaskResult>;

/** The task whose settings this one takes; it may not be part of the score. */
function leaderIdOf(task: ScoreTask): string | null {
  if (task.kind !== "policy") return null;
  const leader = CANDIDATES.find(({ name }) => name === task.policy)?.settingsOf;
  return leader === undefined ? null : taskId({ ...task, policy: leader });
}

function settingsFor(task: ScoreTask, results: Results): Settings | null {
  const versions = results.get(leaderIdOf(task) ?? "")?.runs?.versions;
  return versions?.find(({ version }) => version === "tuned")?.settings ?? null;
}

function traceOf({ file }: ScoreTask, { traces }: ScoreInput): Trace {
  const found = traces.find((each) => each.file.path === file.path);
  if (found === undefined) throw new Error(`score: the trace ${file.path} is not among those that were read`);
  return found.trace;
}

function resultOf(
  { setup, traces, setAside }: ScoreInput,
  tasks: readonly ScoreTask[],
  results: Results,
): ScoreResult {
  const candidates = CANDIDATES.filter(({ name }) => setup.policies.includes(name));
  const names = traces.map(({ file }) => file.name);
  const byCase = Map.groupBy(tasks, ({ key }) => sayCase(key));
  const cases = casesOf(names, setup).map((key): ScoreCase => {
    const ofCase = byCase.get(sayCase(key)) ?? [];
    const found = ofCase.map((task) => results.get(taskId(task))).filter((each) => each !== undefined);
    const { factor, maxUnits } = found[0] as TaskResult;
    const bounds = found.find((each) => each.bounds !== undefined)?.bounds as BoundRuns;
    const policies = found.map(({ runs }) => runs).filter((runs): runs is PolicyRuns => runs !== undefined);
    return caseOf({ key, factor, maxUnits, bounds, policies }, candidates);
  });
  return {
    schema: SCORE_SCHEMA,
    simulation: true,
    assumptions: assumptionsOf(setup),
    policies: candidates.map(policyAccountOf),
    traces: traces.map(({ file, trace }) =>
      scoredTraceOf({ ...trace, name: file.name }, setup.mostScoredDays),
    ),
    setAside,
    cases,
  };
}
