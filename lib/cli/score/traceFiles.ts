/** Finds the traces of a score: files as they are named, or all CSV files of a folder. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ScoreResult } from "../../core/scoreResult.ts";
import { whyUnfit } from "../../sim/score/scoreCase.ts";
import type { Trace } from "../../sim/traces/trace.ts";
import { UsageError } from "../exit.ts";
import { readTrace } from "../files.ts";
import type { TraceFile } from "./tasks.ts";

export interface FoundTraces {
  readonly traces: readonly { readonly file: TraceFile; readonly trace: Trace }[];
  readonly setAside: ScoreResult["setAside"];
}

/**
 * Reads the traces. One that is `unfit` (by default: too short for a score, or empty) or (in a folder) cannot be read is set aside with the reason. Throws a
 * UsageError for a named file that cannot be read, for two traces of one name, and when none is left.
 */
export async function findTraces(
  paths: readonly string[],
  unfit: (trace: Trace) => string | null = whyUnfit,
): Promise<FoundTraces> {
  const traces: { file: TraceFile; trace: Trace }[] = [];
  const setAside: { trace: string; why: string }[] = [];
  for (const { path, named } of await filesOf(paths)) {
    const read = await readOr(path, named);
    const why = read.kind === "trace" ? unfit(read.trace) : read.why;
    if (read.kind === "trace" && why === null) {
      traces.push({ file: { path, name: read.trace.name }, trace: read.trace });
    } else {
      setAside.push({ trace: path, why: why ?? "" });
    }
  }
  const names = traces.map(({ file }) => file.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new UsageError(`two traces are named ${twice}; rename one of the files`);
  }
  if (traces.length === 0) {
    const reasons = setAside.map(({ trace, why }) => `\n  ${trace}: ${why}`).join("");
    throw new UsageError(`no trace can be scored${reasons}`);
  }
  return { traces, setAside };
}

interface Found {
  readonly path: string;
  /** By the user, and not found in a folder. */
  readonly named: boolean;
}

async function filesOf(paths: readonly string[]): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const path of paths) {
    const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
    if (!isFolder) found.push({ path, named: true });
    else {
      const names = (await readdir(path)).filter((name) => /\.csv(\.gz)?$/.test(name)).sort();
      if (names.length === 0) throw new UsageError(`the folder ${path} has no .csv or .csv.gz file`);
      found.push(...names.map((name) => ({ path: join(path, name), named: false })));
    }
  }
  return found;
}

type Read =
  | { readonly kind: "trace"; readonly trace: Trace }
  | { readonly kind: "problem"; readonly why: string };

async function readOr(path: string, named: boolean): Promise<Read> {
  try {
    return { kind: "trace", trace: await readTrace(path) };
  } catch (error) {
    if (named || !(error instanceof UsageError)) throw error;
    return { kind: "problem", why: error.message };
  }
}
