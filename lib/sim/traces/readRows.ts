/** From text to rows: the delimiter, the header, the columns, and rows that cannot be used, each with its line. */
import { parse } from "csv-parse/sync";
import { type ParsedTime, parseTime } from "./parseTime.ts";

export interface Row extends ParsedTime {
  readonly line: number;
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface BadRow {
  readonly line: number;
  readonly why: string;
}

export interface Rows {
  readonly good: readonly Row[];
  readonly bad: readonly BadRow[];
  readonly hasTokens: boolean;
  readonly notes: readonly string[];
}

/** A message for the reader in place of a result. */
export class TraceProblem extends Error {
  override readonly name = "TraceProblem";
}

/** More requests in a step than this is not a count of requests. */
const LARGEST_COUNT = 1e12;

const TIME_NAMES = ["timestamp", "time", "datetime", "date", "ts", "start"];
const COUNT_NAMES = ["requests", "request_count", "count", "value", "invocations", "load"];

const ALLOWED = "a CSV with the header timestamp,requests[,input_tokens,output_tokens]";

/** Throws a TraceProblem when the text is not a table of times and counts. */
export function readRows(text: string): Rows {
  const good: Row[] = [];
  const bad: BadRow[] = [];
  let columns: Columns | null = null;
  forEachRecord(text, (record, line) => {
    if (columns === null) {
      columns = columnsOf(record, line);
      if (columns.hasHeader) return;
    }
    const row = rowOf(record, line, columns);
    if ("why" in row) bad.push(row);
    else good.push(row);
  });
  const { hasHeader, inputTokens } = columns ?? refuseEmpty();
  if (good.length + bad.length === 0) {
    throw new TraceProblem("the file has a header and no rows; give at least two rows of timestamp,requests");
  }
  const notes = hasHeader ? [] : ["The file has no header; the columns were taken to be timestamp,requests."];
  return { good, bad, hasTokens: inputTokens >= 0, notes };
}

function refuseEmpty(): never {
  throw new TraceProblem(`the file is empty; allowed is ${ALLOWED}`);
}

/** Records are handed on one by one and not kept: a long trace would be held twice. */
function forEachRecord(text: string, take: (record: readonly string[], line: number) => void): void {
  if (text.startsWith("\u001f") || text.includes("\u0000")) {
    throw new TraceProblem(`the file is not text; allowed is ${ALLOWED}, gzipped or not`);
  }
  try {
    parse(text, {
      bom: true,
      comment: "#",
      comment_no_infix: true,
      delimiter: delimiterOf(text),
      on_record: (record: string[], { lines }) => {
        take(record, lines);
        return null;
      },
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    if (error instanceof TraceProblem) throw error;
    throw new TraceProblem(`the file cannot be read as CSV: ${(error as Error).message}`);
  }
}

/** The delimiter that stands in the first line that is not a comment. */
function delimiterOf(text: string): string {
  const line = text.split(/\r?\n/, 50).find((each) => each.trim() !== "" && !each.startsWith("#")) ?? "";
  return [",", ";", "\t"].find((each) => line.includes(each)) ?? ",";
}

interface Columns {
  readonly hasHeader: boolean;
  readonly time: number;
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

function columnsOf(record: readonly string[], line: number): Columns {
  const names = record.map((each) => each.toLowerCase());
  if (record.length >= 2 && parseTime(record[0] as string) !== null) {
    return { hasHeader: false, time: 0, requests: 1, inputTokens: -1, outputTokens: -1 };
  }
  const find = (allowed: readonly string[]): number => names.findIndex((name) => allowed.includes(name));
  const time = find(TIME_NAMES);
  const requests = find(COUNT_NAMES);
  if (time < 0 || requests < 0) {
    const missing =
      time < 0
        ? `no column of times (${TIME_NAMES.join(", ")})`
        : `no column of counts (${COUNT_NAMES.join(", ")})`;
    throw new TraceProblem(
      `line ${line}: got the columns "${record.join(",").slice(0, 120)}", ${missing}; allowed is ${ALLOWED}`,
    );
  }
  const inputTokens = names.indexOf("input_tokens");
  const outputTokens = names.indexOf("output_tokens");
  return { hasHeader: true, time, requests, inputTokens, outputTokens };
}

function rowOf(record: readonly string[], line: number, columns: Columns): Row | BadRow {
  const time = parseTime(record[columns.time] ?? "");
  if (time === null) return { line, why: "the time cannot be read" };
  const requests = countOf(record[columns.requests]);
  if (typeof requests === "string") return { line, why: requests };
  const tokens = (column: number): number => {
    const count = column < 0 ? Number.NaN : countOf(record[column]);
    return typeof count === "string" ? Number.NaN : count;
  };
  return {
    ...time,
    line,
    requests,
    inputTokens: tokens(columns.inputTokens),
    outputTokens: tokens(columns.outputTokens),
  };
}

/** A count, or why it is none. */
function countOf(text: string | undefined): number | string {
  if (text === undefined || text === "") return "the number of requests is empty";
  const value = Number(text);
  if (Number.isNaN(value)) return "the number of requests is not a number";
  if (value < 0) return "the number of requests is negative";
  return value > LARGEST_COUNT ? "the number of requests is absurdly large" : value;
}
