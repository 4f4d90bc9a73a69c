/** What a score consists of: for each case its bound and each of its policies, every one a task of its own. */
import type { TargetPolicy } from "../../core/policy.ts";
import type { CaseKey, ScorePlatform } from "../../core/scoreResult.ts";

/** Everything that a task's result depends on, beside the trace itself and the program. */
export interface ScoreSetup {
  readonly target: TargetPolicy;
  readonly platforms: readonly ScorePlatform[];
  readonly leadTimesSeconds: readonly number[];
  readonly units: readonly number[];
  /** Names; in the order of the tables. */
  readonly policies: readonly string[];
  readonly seeds: readonly number[];
  readonly trials: number;
  readonly knobValues: number;
  readonly quick: boolean;
  /** Null scores all that a trace leaves. */
  readonly mostScoredDays: number | null;
}

export interface TraceFile {
  readonly path: string;
  readonly name: string;
}

export type ScoreTask =
  | { readonly kind: "bound"; readonly key: CaseKey; readonly file: TraceFile }
  | { readonly kind: "policy"; readonly key: CaseKey; readonly file: TraceFile; readonly policy: string };

/** In the order of traces, platforms, lead times and units, the tasks of a case together. */
export function casesOf(traces: readonly string[], setup: ScoreSetup): readonly CaseKey[] {
  return traces.flatMap((trace) =>
    setup.platforms.flatMap((platform) =>
      setup.leadTimesSeconds.flatMap((leadTimeSeconds) =>
        setup.units.map((units) => ({ trace, platform, leadTimeSeconds, units })),
      ),
    ),
  );
}

export function tasksOf(files: readonly TraceFile[], setup: ScoreSetup): readonly ScoreTask[] {
  return files.flatMap((file) =>
    casesOf([file.name], setup).flatMap((key): ScoreTask[] => [
      { kind: "bound", key, file },
      ...setup.policies.map((policy) => ({ kind: "policy" as const, key, file, policy })),
    ]),
  );
}

export function sayCase({ trace, platform, leadTimeSeconds, units }: CaseKey): string {
  return `${trace}, ${platform}, ${leadTimeSeconds} s, ${units} units`;
}

/** Tells tasks of one score apart. */
export const taskId = (task: ScoreTask): string =>
  `${sayCase(task.key)}, ${task.kind === "bound" ? "bound" : `policy ${task.policy}`}`;

export const sayTask = (task: ScoreTask): string =>
  `${task.key.trace} · ${task.kind === "bound" ? "bound" : task.policy}`;
