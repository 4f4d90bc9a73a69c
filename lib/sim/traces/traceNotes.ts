/** What was mended or guessed while a trace was read and lost nothing, in sentences for the reader of a replay. */
import { sayDuration } from "../../core/time.ts";
import type { Grid } from "./grid.ts";
import type { Row, Rows } from "./readRows.ts";

/** Beyond this share of missing steps a time may be wrong by years, or steps without requests may have no row. */
const SHARE_MISSING_TO_NOTE = 0.5;

export function traceNotes({ good, columns }: Rows, grid: Grid): string[] {
  return [
    ...(columns.hasHeader
      ? []
      : ["The file has no header; its columns were taken to be timestamp,requests."]),
    ...zoneNote(good),
    ...orderNote(good),
    ...(columns.inputTokens < 0 ? [] : tokenNote(good, "input_tokens", (row) => row.inputTokens)),
    ...(columns.outputTokens < 0 ? [] : tokenNote(good, "output_tokens", (row) => row.outputTokens)),
    ...gapNote(grid),
  ];
}

function zoneNote([first]: readonly Row[]): string[] {
  return first?.zone === "none" ? ["The times have no zone; they were read as UTC."] : [];
}

function orderNote(rows: readonly Row[]): string[] {
  const late = rows.filter((row, i) => i > 0 && row.at < (rows[i - 1] as Row).at);
  if (late[0] === undefined) return [];
  return [
    `The rows were not in order of time (${times(late.length)} a row is older than the one before it, first in line ${late[0].line}); they were sorted.`,
  ];
}

function tokenNote(rows: readonly Row[], column: string, pick: (row: Row) => number): string[] {
  const without = rows.filter((row) => Number.isNaN(pick(row)));
  if (without[0] === undefined) return [];
  return [
    `${column} is not a usable number in ${without.length} of ${rows.length} rows (first in line ${without[0].line}); their requests were kept.`,
  ];
}

function gapNote({ steps, stepSeconds, rows }: Grid): string[] {
  const missing = steps - rows.length;
  if (missing <= SHARE_MISSING_TO_NOTE * steps) return [];
  let longest = { seconds: 0, line: 0 };
  for (const [i, row] of rows.entries()) {
    const seconds = i === 0 ? 0 : row.at - (rows[i - 1] as Row).at - stepSeconds;
    if (seconds > longest.seconds) longest = { seconds, line: row.line };
  }
  return [
    `${missing} of ${steps} steps have no row; the longest gap, ${sayDuration(longest.seconds)}, ends at line ${longest.line}. ` +
      "They count as unknown: if no row means no requests, write rows with 0.",
  ];
}

const times = (count: number): string => (count === 1 ? "once" : `${count} times`);
