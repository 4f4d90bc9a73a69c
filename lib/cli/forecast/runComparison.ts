/** Runs a comparison over all cores, a process for each forecaster and trace, and puts its result together. */
import { availableParallelism } from "node:os";
import { comparisonOf, mergedTrace } from "../../core/forecast/compare/assemble.ts";
import { REFERENCE } from "../../core/forecast/compare/evaluate.ts";
import {
  type ForecastComparison,
  type ForecasterAccount,
  LEADS_SECONDS,
  LEVELS,
} from "../../core/forecast/compare/result.ts";
import type { MaskedWindow } from "../../core/forecast/history.ts";
import type { Trace } from "../../sim/traces/trace.ts";
import type { TraceFile } from "../score/tasks.ts";
import { withWorkers } from "../workers.ts";
import type { CompareOutcome, CompareTask, Contestant } from "./compareWorker.ts";

const WORKER = new URL("./compareWorker", import.meta.url);

export interface ComparedFile {
  readonly file: TraceFile;
  readonly trace: Trace;
  readonly filled: readonly MaskedWindow[];
  /** Whose scores are wanted, in the order of the tables. */
  readonly contestants: readonly Contestant[];
  readonly origins: CompareTask["options"]["origins"];
}

export interface ComparisonInput {
  readonly options: Omit<CompareTask["options"], "origins">;
  readonly files: readonly ComparedFile[];
  readonly setAside: ForecastComparison["setAside"];
  /** Null: one for each core. */
  readonly workers: number | null;
}

export type Watch = (label: string, share: number) => void;

/** Traces on which nothing can be forecast are set aside with the reason. */
export async function runComparison(input: ComparisonInput, watch: Watch): Promise<ForecastComparison> {
  const tasks = tasksOf(input);
  const total = tasks.reduce((sum, { effort }) => sum + effort, 0);
  let done = 0;
  const outcomes = new Map<string, CompareOutcome>();
  const workers = Math.max(1, Math.min(input.workers ?? availableParallelism(), tasks.length));
  await withWorkers(WORKER, workers, async (pool) => {
    // The longest first, so that no core is left alone with one at the end.
    const longestFirst = tasks.toSorted((a, b) => b.effort - a.effort);
    await Promise.all(
      longestFirst.map(async ({ task, effort }) => {
        outcomes.set(idOf(task.name, task.contestant), await pool.run(task));
        done += effort;
        watch(`${task.name} · ${task.contestant.name}`, done / total);
      }),
    );
  });
  return resultOf(input, outcomes);
}

interface Weighed {
  readonly task: CompareTask;
  /** Relative to a millisecond's fit. */
  readonly effort: number;
}

/** Milliseconds of one fit over four weeks of five-minute slots, where it was measured. */
const FIT_MS: Readonly<Record<string, number>> = {
  ours: 800,
  prophet: 2_500,
  "mstl-ets": 300,
  "ours-with-prophet": 30_000,
  "ours-with-mstl-ets": 4_000,
};

function tasksOf({ files, options }: ComparisonInput): readonly Weighed[] {
  return files.flatMap(({ file, trace, filled, contestants, origins }) => {
    const slots = (trace.requests.length * trace.stepSeconds) / Math.max(300, trace.stepSeconds);
    return contestants.map((contestant): Weighed => {
      const task = { ...file, filled, contestant, options: { ...options, origins } };
      return { task, effort: (FIT_MS[contestant.name] ?? 1) * slots };
    });
  });
}

const idOf = (trace: string, { kind, name }: Contestant): string => JSON.stringify([trace, kind, name]);

function resultOf(
  { files, options, setAside }: ComparisonInput,
  outcomes: ReadonlyMap<string, CompareOutcome>,
): ForecastComparison {
  const accounts = new Map<string, ForecasterAccount>();
  const aside = [...setAside];
  const traces = files.flatMap(({ file, contestants }) => {
    const names = [REFERENCE.name, ...contestants.map(({ name }) => name)];
    const parts = contestants.flatMap((contestant) => {
      const outcome = outcomes.get(idOf(file.name, contestant));
      if (outcome?.kind !== "scored") return [];
      accounts.set(contestant.name, outcome.account);
      return [outcome.trace];
    });
    const [first] = contestants;
    const failed = first === undefined ? undefined : outcomes.get(idOf(file.name, first));
    if (failed?.kind === "set-aside") aside.push({ trace: file.path, why: failed.why });
    return mergedTrace(parts, [...new Set(names)]) ?? [];
  });
  const { leastHistoryDays: _, ...settings } = options;
  return comparisonOf(
    { ...settings, levels: LEVELS, leadsSeconds: LEADS_SECONDS },
    withReference([...accounts.values()]),
    REFERENCE.name,
    traces,
    aside,
  );
}

/** The reference is in every table, whether it was named or not. */
function withReference(accounts: readonly ForecasterAccount[]): readonly ForecasterAccount[] {
  return accounts.some(({ name }) => name === REFERENCE.name) ? accounts : [...accounts, REFERENCE];
}
