/** Which column of a trace holds what, by its header, or by its first row where it has none. */
import { parseTime } from "./parseTime.ts";
import { ALLOWED_FORM, quoted, TraceProblem } from "./traceProblem.ts";

/** Index of each column; -1 where there is none. */
export interface Columns {
  readonly hasHeader: boolean;
  /** How many columns the header names, or the first row has. */
  readonly width: number;
  readonly time: number;
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The first name is ours and wins over the others, which are what people and other tools call it. */
const TIME_NAMES = ["timestamp", "time", "datetime", "date", "ts", "start"];
const COUNT_NAMES = ["requests", "request_count", "count", "value", "invocations", "load"];

/** Throws a TraceProblem when the first record is neither a row of data nor a header that names both columns once. */
export function columnsOf(record: readonly string[], line: number): Columns {
  const width = record.length;
  if (width >= 2 && parseTime(record[0] ?? "") !== null) {
    return { hasHeader: false, width, time: 0, requests: 1, inputTokens: -1, outputTokens: -1 };
  }
  const header: Header = {
    names: record.map((each) => each.toLowerCase().replace(/[\s-]+/g, "_")),
    where: `line ${line}: got the columns ${quoted(record.join(","))}`,
  };
  return {
    hasHeader: true,
    width,
    time: columnNamed(header, TIME_NAMES, "times"),
    requests: columnNamed(header, COUNT_NAMES, "counts"),
    inputTokens: header.names.indexOf("input_tokens"),
    outputTokens: header.names.indexOf("output_tokens"),
  };
}

interface Header {
  readonly names: readonly string[];
  readonly where: string;
}

function columnNamed({ names, where }: Header, allowed: readonly string[], what: string): number {
  const [own, ...others] = allowed;
  const indexes = names.flatMap((name, i) => (allowed.includes(name) ? [i] : []));
  const preferred = indexes.filter((i) => names[i] === own);
  const [index, ...further] = preferred.length > 0 ? preferred : indexes;
  if (index === undefined) {
    throw new TraceProblem(
      `${where}, none of which is a column of ${what}; allowed is ${ALLOWED_FORM}; ` +
        `name the column of ${what} ${own} (also read: ${others.join(", ")})`,
    );
  }
  if (further.length > 0) {
    const found = indexes.map((i) => names[i]).join(", ");
    throw new TraceProblem(
      `${where}, of which several could be the column of ${what} (${found}); allowed is one; ` +
        `name the right one ${own} and rename or remove the others`,
    );
  }
  return index;
}
