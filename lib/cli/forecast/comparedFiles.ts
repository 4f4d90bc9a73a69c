/** Finds what a comparison is about: traces, which of their steps were invented, and the rows of other models. */
import { basename } from "node:path";
import { REFERENCE } from "../../core/forecast/compare/evaluate.ts";
import { slotSecondsOf } from "../../core/forecast/compare/origins.ts";
import { sayDuration } from "../../core/time.ts";
import type { Trace } from "../../sim/traces/trace.ts";
import { findTraces } from "../score/traceFiles.ts";
import type { Contestant } from "./compareWorker.ts";
import { readFilledSteps } from "./filledSteps.ts";
import type { ForecasterName } from "./names.ts";
import { readRows, rowsOf } from "./rowFiles.ts";
import type { ComparedFile, ComparisonInput } from "./runComparison.ts";

export interface Wanted {
  readonly models: readonly ForecasterName[];
  /** Files of rows. */
  readonly rows: readonly string[];
  readonly filled: string | null;
}

/** Throws a UsageError for files that cannot be read or do not fit together. */
export async function findCompared(
  paths: readonly string[],
  wanted: Wanted,
): Promise<Pick<ComparisonInput, "files" | "setAside">> {
  const { traces, setAside } = await findTraces(paths, whyNotCompared);
  const rows = await readRows(wanted.rows);
  const filled = wanted.filled === null ? null : await readFilledSteps(wanted.filled);
  const named = wanted.models.map((name): Contestant => ({ kind: "forecaster", name }));
  const taken = [...wanted.models, REFERENCE.name];
  const names = traces.map(({ file }) => file.name);
  const files = traces.map(({ file, trace }): ComparedFile => {
    const external = rowsOf(file.name, rows, names, taken);
    return {
      file,
      trace,
      filled: filled?.get(basename(file.path)) ?? [],
      contestants: [...named, ...external.contestants],
      origins: external.origins,
    };
  });
  return { files, setAside };
}

/** Null for a trace that can be compared; how long it must be depends on more than the trace, and is seen later. */
function whyNotCompared({ stepSeconds, requests }: Trace): string | null {
  if (slotSecondsOf(stepSeconds) === null) {
    return `got a step of ${sayDuration(stepSeconds)}, allowed is one hour at most that divides a day`;
  }
  return requests.some((count) => count > 0) ? null : "the trace has no request";
}
