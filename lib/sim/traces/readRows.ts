/** From text to rows: the delimiter, the records, and the rows that cannot be used, each with its line. */
import { parse } from "csv-parse/sync";
import { type Columns, columnsOf } from "./columns.ts";
import { type ParsedTime, parseTime } from "./parseTime.ts";
import { SYNTHETIC_COMMENT } from "./trace.ts";
import { ALLOWED_FORM, TraceProblem } from "./traceProblem.ts";

export interface Row extends ParsedTime {
  readonly line: number;
  readonly requests: number;
  /** NaN where there is no usable number: the count of the row is worth keeping without it. */
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface BadRow {
  readonly line: number;
  readonly why: string;
  /** What stood there. */
  readonly got: string;
}

export interface Rows {
  readonly good: readonly Row[];
  readonly bad: readonly BadRow[];
  readonly columns: Columns;
  /** The file says itself that a generator made it. */
  readonly synthetic: boolean;
}

/** More requests in a step than this is not a count of requests. */
const LARGEST_COUNT = 1e12;

/** Plain decimal numbers: `Number` alone would also take 0x10 and an empty field. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const BYTE_ORDER_MARK = "\uFEFF";

/** Throws a TraceProblem when the text is not a table of times and counts. */
export function readRows(text: string): Rows {
  refuseBinary(text);
  const plain = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const table: { columns: Columns | null; good: Row[]; bad: BadRow[] } = { columns: null, good: [], bad: [] };
  forEachRecord(plain, (record, line) => {
    if (table.columns === null) {
      table.columns = columnsOf(record, line);
      if (table.columns.hasHeader) return;
    }
    const row = rowOf(record, line, table.columns);
    if ("why" in row) table.bad.push(row);
    else table.good.push(row);
  });
  const { columns, good, bad } = table;
  if (columns === null) refuse("the file is empty", "give a header and at least two rows");
  if (good.length + bad.length === 0) refuse("the file has a header and no rows", "give at least two rows");
  return { good, bad, columns, synthetic: isLabelledSynthetic(plain) };
}

function refuse(got: string, next: string): never {
  throw new TraceProblem(`${got}; allowed is ${ALLOWED_FORM}; ${next}`);
}

/** Bytes of other formats that somebody decoded as text: better named than reported as a strange header. */
function refuseBinary(text: string): void {
  if (text.startsWith("\u001f")) refuse("the file is gzip bytes, not text", "unpack it and give the text");
  if (text.startsWith("PK\u0003\u0004"))
    refuse("the file is a zip archive or a spreadsheet, not text", "export it as CSV");
  if (text.includes("\u0000")) refuse("the file is binary or UTF-16, not text", "export it as CSV in UTF-8");
}

/** Records are handed on one by one and not kept: a long trace would be held twice. */
function forEachRecord(text: string, take: (record: readonly string[], line: number) => void): void {
  try {
    parse(text, {
      comment: "#",
      comment_no_infix: true,
      delimiter: delimiterOf(text),
      on_record: (record: string[], { lines }) => {
        take(record, lines);
        return null;
      },
      // Given, not detected: in a file of mixed line ends the detected one would glue rows together.
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    });
  } catch (error) {
    if (error instanceof TraceProblem) throw error;
    refuse(`the file cannot be read as CSV: ${(error as Error).message}`, "mend that line");
  }
}

/** The delimiter of the first line that is neither blank nor a comment, which is the header where there is one. */
function delimiterOf(text: string): string {
  const line = /^[^\S\r\n]*[^\s#].*$/m.exec(text)?.[0] ?? "";
  return [",", ";", "\t"].find((each) => line.includes(each)) ?? ",";
}

function isLabelledSynthetic(text: string): boolean {
  return text.slice(0, SYNTHETIC_COMMENT.length).toLowerCase() === SYNTHETIC_COMMENT;
}

function rowOf(record: readonly string[], line: number, columns: Columns): Row | BadRow {
  const further = record.slice(columns.width).filter((each) => each !== "");
  // A thousands separator makes 1,234 two fields; the first alone would be a wrong count.
  if (further.length > 0) return { line, why: "there are more fields than columns", got: record.join(",") };
  const time = record[columns.time] ?? "";
  const parsed = parseTime(time);
  if (parsed === null) return { line, why: "the time cannot be read", got: time };
  const count = record[columns.requests] ?? "";
  const fault = countFault(count);
  if (fault !== null) return { line, why: `the number of requests is ${fault}`, got: count };
  const tokens = (column: number): number => {
    const field = column < 0 ? "" : (record[column] ?? "");
    return countFault(field) === null ? Number(field) : Number.NaN;
  };
  return {
    at: parsed.at,
    zone: parsed.zone,
    line,
    requests: Number(count),
    inputTokens: tokens(columns.inputTokens),
    outputTokens: tokens(columns.outputTokens),
  };
}

/** Why a field is no count, or null for one that is. */
function countFault(field: string): string | null {
  if (field === "") return "empty";
  if (!NUMBER.test(field)) return "not a number";
  const value = Number(field);
  if (value < 0) return "negative";
  return value > LARGEST_COUNT ? "absurdly large" : null;
}
