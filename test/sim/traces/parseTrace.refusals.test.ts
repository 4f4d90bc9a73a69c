/** Files that are not read, and what their owner is told. */
import { describe, expect, it } from "@jest/globals";
import { problemOf, START, TEN_ROWS, timeAt } from "./arrange.ts";

const FORM =
  "a CSV with the header timestamp,requests[,input_tokens,output_tokens] and one row for each step";
const TIMES = "ISO times such as 2025-11-11T08:00:00Z, or seconds or milliseconds since 1970";

describe("a file that is not read", () => {
  it.each<[string, string, string]>([
    ["empty", "", `the file is empty; allowed is ${FORM}; give a header and at least two rows`],
    [
      "comments only",
      "# nothing\n\n# here\n",
      `the file is empty; allowed is ${FORM}; give a header and at least two rows`,
    ],
    [
      "header only",
      "timestamp,requests\n",
      `the file has a header and no rows; allowed is ${FORM}; give at least two rows`,
    ],
    [
      "one row",
      `timestamp,requests\n${timeAt(0)},5\n`,
      "got one usable row (line 2); at least two with different times are needed to know the step",
    ],
    [
      "gzip bytes",
      "\u001f\u008b\u0008\u0000\u0000",
      `the file is gzip bytes, not text; allowed is ${FORM}; unpack it and give the text`,
    ],
    [
      "a spreadsheet",
      "PK\u0003\u0004\u0014\u0000",
      `the file is a zip archive or a spreadsheet, not text; allowed is ${FORM}; export it as CSV`,
    ],
    [
      "binary",
      "\u007fELF\u0002\u0000",
      `the file is binary or UTF-16, not text; allowed is ${FORM}; export it as CSV in UTF-8`,
    ],
    [
      "a quote that is never closed",
      TEN_ROWS.with(3, `"${timeAt(2)},3`).join("\n"),
      "the file cannot be read as CSV: Quote Not Closed: the parsing is finished with an opening quote at line 11; " +
        `allowed is ${FORM}; mend that line`,
    ],
    [
      "no column of times",
      "hour,requests\n1,5\n2,6\n",
      `line 1: got the columns "hour,requests", none of which is a column of times; allowed is ${FORM}; ` +
        "name the column of times timestamp (also read: time, datetime, date, ts, start)",
    ],
    [
      "no column of counts",
      `# made by hand\ntimestamp;latency\n${timeAt(0)};5\n`,
      `line 2: got the columns "timestamp,latency", none of which is a column of counts; allowed is ${FORM}; ` +
        "name the column of counts requests (also read: request_count, count, value, invocations, load)",
    ],
    [
      "two columns that could be the counts",
      `time,count,value\n${timeAt(0)},5,6\n`,
      'line 1: got the columns "time,count,value", of which several could be the column of counts (count, value); ' +
        "allowed is one; name the right one requests and rename or remove the others",
    ],
    [
      "the date and the time of day apart",
      "date,time,requests\n2025-11-11,08:00,5\n",
      'line 1: got the columns "date,time,requests", of which several could be the column of times (date, time); ' +
        "allowed is one; name the right one timestamp and rename or remove the others",
    ],
    [
      "our own column twice",
      `timestamp,requests,requests\n${timeAt(0)},5,6\n`,
      'line 1: got the columns "timestamp,requests,requests", of which several could be the column of counts ' +
        "(requests, requests); allowed is one; name the right one requests and rename or remove the others",
    ],
    [
      "times with a zone and without",
      TEN_ROWS.with(7, "2025-11-11T00:06:00,7").join("\n"),
      "line 2 has a time with a zone and line 8 one without; " +
        "give every time a zone (such as 2025-11-11T08:00:00Z) or none",
    ],
    [
      "steps of a week",
      `timestamp,requests\n${[0, 7, 14].map((day) => `${START + day * 86_400},5`).join("\n")}`,
      "got a step of 7 d (from line 2 on); allowed is one second to one day; give a finer export",
    ],
    [
      "a time that is wrong by decades",
      [...TEN_ROWS, "2055-11-11T00:00:00Z,5"].join("\n"),
      "got 15778081 steps of 60 s from 2025-11-11T00:00Z (line 2) to 2055-11-11T00:00Z (line 12); " +
        "allowed are at most 5000000; mend the time that is wrong, or cut the file",
    ],
    [
      "times in another shape",
      "timestamp,requests\n11/10/2025 10:00,5\n11/10/2025 10:05,6\n",
      '2 of 2 rows cannot be used, allowed is one in five: line 2: the time cannot be read, got "11/10/2025 10:00" ' +
        `(2 such); give ${FORM}, with ${TIMES}, or check that it is the right file`,
    ],
    [
      "one row for each request",
      `timestamp,requests\n${[0, 0, 1, 1, 1, 3].map((second) => `${START + second},1`).join("\n")}`,
      '3 of 6 rows cannot be used, allowed is one in five: line 3: the row repeats another, got "1 after 1 in line 2" ' +
        `(3 such); give ${FORM}, with ${TIMES}, or check that it is the right file`,
    ],
    [
      "several things wrong",
      [...TEN_ROWS, `${timeAt(10)},-1`, "later,4", `${timeAt(3)},9`, `${timeAt(12)},"-2"`].join("\n"),
      "4 of 14 rows cannot be used, allowed is one in five: " +
        'line 12: the number of requests is negative, got "-1" (2 such); ' +
        'line 13: the time cannot be read, got "later" (1 such); ' +
        'line 14: the time is that of another row, with other values, got "9 after 4 in line 5" (1 such); ' +
        `give ${FORM}, with ${TIMES}, or check that it is the right file`,
    ],
  ])("%s", (_, text, message) => {
    expect(problemOf(text)).toBe(message);
  });

  it("is refused for irregular times, with what the grid would have been", () => {
    const times = [0, 60, 120, 190, 260, 333, 401];
    expect(problemOf(`timestamp,requests\n${times.map((each) => `${START + each},1`).join("\n")}`)).toBe(
      "4 of 7 rows cannot be used, allowed is one in five: " +
        'line 5: the time is off the grid of 60 s, got "2025-11-11T00:03:10Z" (4 such); ' +
        `give ${FORM}, with ${TIMES}, or check that it is the right file`,
    );
  });

  it("is not refused for exactly one row in five", () => {
    const rows = TEN_ROWS.with(4, `${timeAt(3)},x`).with(5, `${timeAt(4)},x`);
    expect(() => problemOf(rows.join("\n"))).toThrow("expected a problem, got a trace");
    expect(problemOf(rows.with(6, `${timeAt(5)},x`).join("\n"))).toMatch(/^3 of 10 rows cannot be used/);
  });

  it("quotes no more than a line of what it got", () => {
    const message = problemOf(`${"x".repeat(5000)},${"y\t".repeat(5000)}\n1,2\n`);
    expect(message).toContain(`got the columns "${"x".repeat(80)}…", none of which`);
    expect(message.length).toBeLessThan(400);
  });
});
