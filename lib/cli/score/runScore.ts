/** Runs a score over all cores, or goes on with one that was interrupted, and puts its result together. */
import { availableParallelism } from "node:os";
import { Tinypool } from "tinypool";
import { SCORE_SCHEMA, type ScoreCase, type ScoreResult } from "../../core/scoreResult.ts";
import { assumptionsOf, policyAccountOf, scoredTraceOf } from "../../sim/score/account.ts";
import { caseOf } from "../../sim/score/assemble.ts";
import { CANDIDATES } from "../../sim/score/candidates.ts";
import type { BoundRuns } from "../../sim/score/scoreBounds.ts";
import type { PolicyRuns } from "../../sim/score/scorePolicy.ts";
import type { Trace } from "../../sim/traces/trace.ts";
import { effortOf } from "./effort.ts";
import type { Parts } from "./parts.ts";
import type { TaskResult } from "./scoreWorker.ts";
import { casesOf, type ScoreSetup, type ScoreTask, sayTask, type TraceFile, tasksOf } from "./tasks.ts";

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

export async function runScore(input: ScoreInput, watch: ScoreWatch): Promise<ScoreResult> {
  const { setup, traces, parts } = input;
  const tasks = tasksOf(
    traces.map(({ file }) => file),
    setup,
  );
  const results = new Map<ScoreTask, TaskResult>();
  for (const task of tasks) {
    const known = await parts.read(task);
    if (known !== null) results.set(task, known);
  }
  const open = tasks.filter((task) => !results.has(task));
  const effort = new Map(open.map((task) => [task, effortOf(task, traceOf(task, input), setup)]));
  const total = [...effort.values()].reduce((sum, each) => sum + each, 0);
  const threads = Math.max(1, Math.min(availableParallelism(), open.length));
  watch.begins(tasks.length, results.size, total / threads);
  let done = 0;
  await runAll(open, threads, setup, async (task, result) => {
    await parts.write(task, result);
    results.set(task, result);
    done += effort.get(task) ?? 0;
    watch.update(sayTask(task), total === 0 ? 1 : done / total);
  });
  return resultOf(input, tasks, results);
}

async function runAll(
  tasks: readonly ScoreTask[],
  threads: number,
  setup: ScoreSetup,
  onResult: (task: ScoreTask, result: TaskResult) => Promise<void>,
): Promise<void> {
  if (tasks.length === 0) return;
  // Beside this file, under its name: TypeScript in a checkout, JavaScript in the package.
  const ending = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const pool = new Tinypool({
    filename: new URL(`./scoreWorker.${ending}`, import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    isolateWorkers: false,
  });
  try {
    await Promise.all(tasks.map(async (task) => onResult(task, await pool.run({ task, setup }))));
  } finally {
    await pool.destroy();
  }
}

function traceOf({ file }: ScoreTask, { traces }: ScoreInput): Trace {
  const found = traces.find((each) => each.file.path === file.path);
  if (found === undefined) throw new Error(`score: the trace ${file.path} is not among those that were read`);
  return found.trace;
}

function resultOf(
  { setup, traces, setAside }: ScoreInput,
  tasks: readonly ScoreTask[],
  results: ReadonlyMap<ScoreTask, TaskResult>,
): ScoreResult {
  const candidates = CANDIDATES.filter(({ name }) => setup.policies.includes(name));
  const names = traces.map(({ file }) => file.name);
  const cases = casesOf(names, setup).map((key): ScoreCase => {
    const ofCase = tasks.filter((task) => JSON.stringify(task.key) === JSON.stringify(key));
    const found = ofCase.map((task) => results.get(task)).filter((each) => each !== undefined);
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
