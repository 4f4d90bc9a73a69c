/** Reads a trace from CSV text: strict where a guess would mislead, forgiving where nothing is lost, and it says which. */
import { fillGrid, gridOf } from "./grid.ts";
import { type BadRow, type Row, type Rows, readRows } from "./readRows.ts";
import type { SetAside, Trace } from "./trace.ts";
import { traceNotes } from "./traceNotes.ts";
import { ALLOWED_FORM, ALLOWED_TIMES, quoted, TraceProblem } from "./traceProblem.ts";

export type TraceResult =
  | { readonly kind: "trace"; readonly trace: Trace }
  | { readonly kind: "problem"; readonly message: string };

/** A file of which more than this is unusable is not what its reader thinks it is. */
const LARGEST_SHARE_SET_ASIDE = 0.2;

/** Never throws: what is wrong with the text is a `problem` that says what, got, allowed and what to do. */
export function parseTrace(text: string, name: string): TraceResult {
  try {
    return { kind: "trace", trace: traceOf(readRows(text), name) };
  } catch (error) {
    if (error instanceof TraceProblem) return { kind: "problem", message: error.message };
    throw error;
  }
}

function traceOf(rows: Rows, name: string): Trace {
  const { good, bad, columns } = rows;
  const total = good.length + bad.length;
  refuseMixedZones(good);
  const { unique, repeated } = withoutRepeats(inOrder(good));
  const beforeGrid = [...bad, ...repeated];
  refuseTooMany(beforeGrid, total);
  const grid = gridOf(unique);
  const setAside = [...beforeGrid, ...grid.offGrid];
  refuseTooMany(setAside, total);
  return {
    name,
    synthetic: rows.synthetic,
    start: grid.start,
    stepSeconds: grid.stepSeconds,
    requests: fillGrid(grid, (row) => row.requests),
    inputTokens: columns.inputTokens < 0 ? null : fillGrid(grid, (row) => row.inputTokens),
    outputTokens: columns.outputTokens < 0 ? null : fillGrid(grid, (row) => row.outputTokens),
    setAside: byReason(setAside),
    missingSteps: grid.steps - grid.rows.length,
    notes: traceNotes(rows, grid),
  };
}

/** A time without a zone beside one with a zone may mean hours of difference; guessing would move the load. */
function refuseMixedZones(rows: readonly Row[]): void {
  const zoned = rows.find((row) => row.zone === "given");
  const zoneless = rows.find((row) => row.zone === "none");
  if (zoned === undefined || zoneless === undefined) return;
  throw new TraceProblem(
    `line ${zoned.line} has a time with a zone and line ${zoneless.line} one without; ` +
      "give every time a zone (such as 2025-11-11T08:00:00Z) or none",
  );
}

function inOrder(rows: readonly Row[]): readonly Row[] {
  const sorted = rows.every((row, i) => i === 0 || row.at >= (rows[i - 1] as Row).at);
  return sorted ? rows : [...rows].sort((a, b) => a.at - b.at);
}

/**
 * The first row of an instant stays. Later ones come from overlapping exports more often than from requests that were
 * counted elsewhere, and a sum of both would invent load.
 */
function withoutRepeats(rows: readonly Row[]): { unique: readonly Row[]; repeated: readonly BadRow[] } {
  const unique: Row[] = [];
  const repeated: BadRow[] = [];
  for (const row of rows) {
    const kept = unique.at(-1);
    if (kept?.at !== row.at) unique.push(row);
    else {
      const why = sameValues(kept, row)
        ? "the row repeats another"
        : "the time is that of another row, with other values";
      repeated.push({
        line: row.line,
        why,
        got: `${row.requests} after ${kept.requests} in line ${kept.line}`,
      });
    }
  }
  return { unique, repeated };
}

function sameValues(a: Row, b: Row): boolean {
  return (
    a.requests === b.requests &&
    Object.is(a.inputTokens, b.inputTokens) &&
    Object.is(a.outputTokens, b.outputTokens)
  );
}

function refuseTooMany(bad: readonly BadRow[], total: number): void {
  if (bad.length <= LARGEST_SHARE_SET_ASIDE * total) return;
  const reasons = byReason(bad).map(({ why, rows, firstLine }) => {
    const first = bad.find((each) => each.line === firstLine && each.why === why);
    return `line ${firstLine}: ${why}, got ${quoted(first?.got ?? "")} (${rows} such)`;
  });
  throw new TraceProblem(
    `${bad.length} of ${total} rows cannot be used, allowed is one in five: ${reasons.join("; ")}; ` +
      `give ${ALLOWED_FORM}, with ${ALLOWED_TIMES}, or check that it is the right file`,
  );
}

/** In the order of the file. */
function byReason(bad: readonly BadRow[]): SetAside[] {
  const reasons = new Map<string, SetAside>();
  for (const { line, why } of bad) {
    const known = reasons.get(why);
    const firstLine = Math.min(known?.firstLine ?? line, line);
    reasons.set(why, { why, rows: (known?.rows ?? 0) + 1, firstLine });
  }
  return [...reasons.values()].sort((a, b) => a.firstLine - b.firstLine);
}
