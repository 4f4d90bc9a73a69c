/** Reads a trace from CSV text: strict where a guess would mislead, forgiving where nothing is lost, and it says which. */
import { type BadRow, type Row, type Rows, readRows, TraceProblem } from "./readRows.ts";
import type { SetAside, Trace } from "./trace.ts";

export type TraceResult =
  | { readonly kind: "trace"; readonly trace: Trace }
  | { readonly kind: "problem"; readonly message: string };

/** A file of which more than this is unusable is not what its reader thinks it is. */
const LARGEST_SHARE_SET_ASIDE = 0.2;

/** Five million steps are nine years of minutes. */
const MOST_STEPS = 5_000_000;

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
  refuseMixedZones(rows.good);
  const sorted = rows.good.every((row, i) => i === 0 || row.at >= (rows.good[i - 1] as Row).at);
  const ordered = sorted ? rows.good : [...rows.good].sort((a, b) => a.at - b.at || a.line - b.line);
  const bad: BadRow[] = [...rows.bad];
  const unique = withoutDuplicates(ordered, bad);
  const stepSeconds = stepOf(unique, bad);
  const grid = gridOf(unique, stepSeconds, bad);
  refuseTooManyBad(rows.good.length + rows.bad.length, bad);
  const notes = [
    ...rows.notes,
    ...(rows.good[0]?.zone === "none" ? ["The times have no zone; they were read as UTC."] : []),
    ...(sorted ? [] : ["The rows were out of order and were sorted by time."]),
  ];
  const column = (pick: (row: Row) => number): Float64Array => fill(grid, pick);
  const requests = column((row) => row.requests);
  return {
    name,
    synthetic: false,
    start: grid.start,
    stepSeconds,
    requests,
    inputTokens: rows.hasTokens ? column((row) => row.inputTokens) : null,
    outputTokens: rows.hasTokens ? column((row) => row.outputTokens) : null,
    setAside: account(bad),
    missingSteps: requests.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0),
    notes,
  };
}

/** A time without a zone beside one with a zone may mean hours of difference; guessing would move the load. */
function refuseMixedZones(rows: readonly Row[]): void {
  const zoned = rows.find((row) => row.zone === "given");
  const zoneless = rows.find((row) => row.zone === "none");
  if (zoned === undefined || zoneless === undefined) return;
  throw new TraceProblem(
    `line ${zoned.line} has a time with a zone and line ${zoneless.line} one without; ` +
      "give every time a zone (such as 2025-11-11T08:00Z) or none",
  );
}

/** The first row of an instant stays: later ones are repeats of an export more often than further requests. */
function withoutDuplicates(rows: readonly Row[], bad: BadRow[]): Row[] {
  const kept: Row[] = [];
  for (const row of rows) {
    const last = kept.at(-1);
    if (last?.at !== row.at) kept.push(row);
    else {
      const same = last.requests === row.requests;
      bad.push({
        line: row.line,
        why: same ? "repeats a row" : "has the time of another row and another count",
      });
    }
  }
  return kept;
}

/** The most common distance of neighbours; of equally common ones the shorter. */
function stepOf(rows: readonly Row[], bad: readonly BadRow[]): number {
  const counts = new Map<number, number>();
  for (let i = 1; i < rows.length; i++) {
    const distance = (rows[i] as Row).at - (rows[i - 1] as Row).at;
    counts.set(distance, (counts.get(distance) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([a, m], [b, n]) => n - m || a - b);
  if (most !== undefined) return most[0];
  const first = bad[0] === undefined ? "" : ` (line ${bad[0].line}: ${bad[0].why})`;
  throw new TraceProblem(
    `got ${rows.length} usable row(s)${first}; at least two with different times are needed to know the step`,
  );
}

interface Grid {
  readonly start: number;
  readonly steps: number;
  /** Index in the grid and row. */
  readonly rows: readonly (readonly [number, Row])[];
}

function gridOf(rows: readonly Row[], stepSeconds: number, bad: BadRow[]): Grid {
  const start = (rows[0] as Row).at;
  const steps = Math.floor(((rows.at(-1) as Row).at - start) / stepSeconds) + 1;
  if (steps > MOST_STEPS) {
    throw new TraceProblem(
      `the rows span ${steps} steps of ${stepSeconds} s, at most ${MOST_STEPS} are read; is a time wrong? (first line ${(rows[0] as Row).line}, last line ${(rows.at(-1) as Row).line})`,
    );
  }
  const placed: [number, Row][] = [];
  for (const row of rows) {
    const index = (row.at - start) / stepSeconds;
    if (Number.isInteger(index)) placed.push([index, row]);
    else bad.push({ line: row.line, why: `is off the grid of ${stepSeconds} s` });
  }
  return { start, steps, rows: placed };
}

function fill({ steps, rows }: Grid, pick: (row: Row) => number): Float64Array {
  const values = new Float64Array(steps).fill(Number.NaN);
  for (const [index, row] of rows) values[index] = pick(row);
  return values;
}

function refuseTooManyBad(total: number, bad: readonly BadRow[]): void {
  if (bad.length <= LARGEST_SHARE_SET_ASIDE * total) return;
  const examples = account(bad).map((each) => `line ${each.firstLine} ${each.why} (${each.rows} rows)`);
  throw new TraceProblem(
    `${bad.length} of ${total} rows cannot be used: ${examples.join("; ")}; mend the file, or check that it is the right one`,
  );
}

/** By reason, in the order of the file. */
function account(bad: readonly BadRow[]): SetAside[] {
  const byReason = new Map<string, SetAside>();
  for (const { line, why } of bad) {
    const known = byReason.get(why);
    byReason.set(why, {
      why,
      rows: (known?.rows ?? 0) + 1,
      firstLine: Math.min(known?.firstLine ?? line, line),
    });
  }
  return [...byReason.values()].sort((a, b) => a.firstLine - b.firstLine);
}
