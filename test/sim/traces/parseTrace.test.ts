/** What a CSV may look like and still be read, and what is said about it. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseTrace } from "../../../lib/sim/traces/parseTrace.ts";
import { parsed, START, TEN_ROWS, timeAt } from "./arrange.ts";

const ONE_TO_TEN = Float64Array.from({ length: 10 }, (_, i) => i + 1);

describe("a clean file", () => {
  it("becomes counts on a grid, with nothing set aside", () => {
    expect(parsed(TEN_ROWS.join("\n"))).toEqual({
      name: "test",
      synthetic: false,
      start: START,
      stepSeconds: 60,
      requests: ONE_TO_TEN,
      inputTokens: null,
      outputTokens: null,
      setAside: [],
      missingSteps: 0,
      notes: [],
    });
  });

  it("brings its token sums along", () => {
    const trace = parsed(
      `timestamp,requests,input_tokens,output_tokens\n${timeAt(0)},2,900,300\n${timeAt(1)},3,1200,450\n`,
    );
    expect(trace.inputTokens).toEqual(Float64Array.of(900, 1200));
    expect(trace.outputTokens).toEqual(Float64Array.of(300, 450));
  });

  it("may have one kind of token only", () => {
    const trace = parsed(`timestamp,requests,output_tokens\n${timeAt(0)},2,300\n${timeAt(1)},3,450\n`);
    expect(trace.inputTokens).toBeNull();
    expect(trace.outputTokens).toEqual(Float64Array.of(300, 450));
  });

  it.each([1, 10, 60, 300, 900, 3600, 86_400])("may have a step of %d s", (stepSeconds) => {
    const rows = [0, 1, 2, 3].map((i) => `${START + i * stepSeconds},${i}`);
    expect(parsed(["timestamp,requests", ...rows].join("\n"))).toMatchObject({
      stepSeconds,
      requests: Float64Array.of(0, 1, 2, 3),
    });
  });

  it("is labelled synthetic when its first line says so", () => {
    expect(parsed(["# synthetic: made up", ...TEN_ROWS].join("\n")).synthetic).toBe(true);
    expect(parsed(["\uFEFF# Synthetic", ...TEN_ROWS].join("\r\n")).synthetic).toBe(true);
    expect(parsed(["# not synthetic", ...TEN_ROWS].join("\n")).synthetic).toBe(false);
  });
});

describe("another way of writing the same", () => {
  const rows = TEN_ROWS.slice(1);
  const withHeader = (header: string): string => [header, ...rows].join("\n");
  const withDelimiter = (delimiter: string): string => TEN_ROWS.join("\n").replaceAll(",", delimiter);
  it.each<[string, string]>([
    ["CRLF line ends", TEN_ROWS.join("\r\n")],
    ["CR line ends", TEN_ROWS.join("\r")],
    ["mixed line ends", `${TEN_ROWS.slice(0, 4).join("\r\n")}\n${TEN_ROWS.slice(4).join("\n")}\r\n`],
    ["a byte order mark", `\uFEFF${TEN_ROWS.join("\n")}`],
    ["a byte order mark and a comment", `\uFEFF# a, b; c\n${TEN_ROWS.join("\n")}`],
    ["semicolons", withDelimiter(";")],
    ["semicolons under a comment with commas", `# exported, by hand\n${withDelimiter(";")}`],
    ["tabs", withDelimiter("\t")],
    ["spaces around fields", withDelimiter("  ,  ")],
    ["quoted fields", TEN_ROWS.map((row) => `"${row.replace(",", '","')}"`).join("\n")],
    ["comments and blank lines", TEN_ROWS.join('\n# it\'s a "comment"\n\n   \n')],
    ["empty records", TEN_ROWS.join("\n,\n")],
    ["a delimiter too many at the end", [TEN_ROWS[0], ...rows.map((row) => `${row},`)].join("\n")],
    ["names in capitals", withHeader("TIMESTAMP,Requests")],
    ["other names", withHeader("time,count")],
    ["other names with spaces", withHeader("DateTime, Request Count")],
    ["our name beside another that would do", withHeader("timestamp,requests,value")],
    [
      "other columns",
      ["host,requests,timestamp", ...rows.map((row) => `pod #1,${row.split(",").reverse()}`)].join("\n"),
    ],
    ["counts with a fraction of zero", TEN_ROWS.map((row) => row.replace(/(,\d+)$/, "$1.0")).join("\n")],
    ["offsets", TEN_ROWS.join("\n").replaceAll("Z", "+00:00")],
    [
      "seconds since 1970",
      ["ts,requests", ...rows.map((row, i) => `${START + 60 * i},${row.split(",")[1]}`)].join("\n"),
    ],
    [
      "milliseconds",
      ["ts,requests", ...rows.map((row, i) => `${START + 60 * i}000,${row.split(",")[1]}`)].join("\n"),
    ],
  ])("%s: read without a word", (_, text) => {
    expect(parsed(text)).toMatchObject({
      start: START,
      stepSeconds: 60,
      requests: ONE_TO_TEN,
      setAside: [],
      missingSteps: 0,
      notes: [],
    });
  });

  it.each<[string, string, string]>([
    [
      "no header",
      rows.join("\n"),
      "The file has no header; its columns were taken to be timestamp,requests.",
    ],
    ["no zone", TEN_ROWS.join("\n").replaceAll("Z", ""), "The times have no zone; they were read as UTC."],
    [
      "newest first",
      [TEN_ROWS[0], ...[...rows].reverse()].join("\n"),
      "The rows were not in order of time (9 times a row is older than the one before it, first in line 3); they were sorted.",
    ],
    [
      "two rows swapped",
      [...TEN_ROWS.slice(0, 4), TEN_ROWS[5], TEN_ROWS[4], ...TEN_ROWS.slice(6)].join("\n"),
      "The rows were not in order of time (once a row is older than the one before it, first in line 6); they were sorted.",
    ],
  ])("%s: read, and noted", (_, text, note) => {
    expect(parsed(text)).toMatchObject({
      requests: ONE_TO_TEN,
      setAside: [],
      missingSteps: 0,
      notes: [note],
    });
  });
});

describe("a row that cannot be used", () => {
  it.each([
    ["-4", "the number of requests is negative"],
    ["", "the number of requests is empty"],
    ["many", "the number of requests is not a number"],
    ["NaN", "the number of requests is not a number"],
    ["inf", "the number of requests is not a number"],
    ["Infinity", "the number of requests is not a number"],
    ["0x10", "the number of requests is not a number"],
    ['"1,234"', "the number of requests is not a number"],
    ["1,234", "there are more fields than columns"],
    ["1000000000001", "the number of requests is absurdly large"],
    ["1e999", "the number of requests is absurdly large"],
  ])("is set aside, its step missing: %s requests", (field, why) => {
    const text = TEN_ROWS.with(4, `${timeAt(3)},${field}`).join("\n");
    expect(parsed(text)).toMatchObject({
      requests: ONE_TO_TEN.map((value) => (value === 4 ? Number.NaN : value)),
      missingSteps: 1,
      setAside: [{ why, rows: 1, firstLine: 5 }],
    });
  });

  it.each(["2025-11-31T00:03:00Z", "yesterday", "timestamp"])("is set aside: the time %s", (time) => {
    const text = TEN_ROWS.with(4, `${time},4`).join("\n");
    expect(parsed(text)).toMatchObject({
      missingSteps: 1,
      setAside: [{ why: "the time cannot be read", rows: 1, firstLine: 5 }],
    });
  });

  it("is set aside when its time is between two steps, wherever it stands", () => {
    const why = "the time is off the grid of 60 s";
    const between = "2025-11-11T00:03:30Z,7";
    expect(parsed([...TEN_ROWS, between].join("\n"))).toMatchObject({
      requests: ONE_TO_TEN,
      missingSteps: 0,
      setAside: [{ why, rows: 1, firstLine: 12 }],
    });
    const first = `${new Date((START - 30) * 1000).toISOString()},7`;
    expect(parsed([TEN_ROWS[0], first, ...TEN_ROWS.slice(1)].join("\n"))).toMatchObject({
      start: START,
      requests: ONE_TO_TEN,
      setAside: [{ why, rows: 1, firstLine: 2 }],
    });
  });

  it("is set aside when it repeats another; of two that differ the first in the file stays", () => {
    const text = [...TEN_ROWS, `${timeAt(2)},3`, `${timeAt(5)},600`].join("\n");
    expect(parsed(text)).toMatchObject({
      requests: ONE_TO_TEN,
      missingSteps: 0,
      setAside: [
        { why: "the row repeats another", rows: 1, firstLine: 12 },
        { why: "the time is that of another row, with other values", rows: 1, firstLine: 13 },
      ],
    });
  });

  it("does not count as out of order when it repeats the one before it", () => {
    expect(parsed(TEN_ROWS.toSpliced(4, 0, `${timeAt(2)},3`).join("\n"))).toMatchObject({
      requests: ONE_TO_TEN,
      notes: [],
      setAside: [{ why: "the row repeats another", rows: 1, firstLine: 5 }],
    });
  });

  it("is named by the first line in the file, also where a later line comes first in time", () => {
    expect(parsed([...TEN_ROWS, `${timeAt(5)},6`, `${timeAt(2)},3`].join("\n")).setAside).toEqual([
      { why: "the row repeats another", rows: 2, firstLine: 12 },
    ]);
  });

  it("repeats another only if its tokens are the same too", () => {
    const rows = TEN_ROWS.map((row, i) => `${row},${i === 0 ? "input_tokens" : 100}`);
    expect(parsed([...rows, `${timeAt(9)},10,100`, `${timeAt(9)},10,101`].join("\n")).setAside).toEqual([
      { why: "the row repeats another", rows: 1, firstLine: 12 },
      { why: "the time is that of another row, with other values", rows: 1, firstLine: 13 },
    ]);
  });

  it("is counted by reason, with the line of the first, comments and blank lines included", () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${timeAt(i)},${i % 10 === 7 ? "oops" : i}`);
    expect(
      parsed(["# one", "", "timestamp,requests", ...rows, `${timeAt(30)},-1`].join("\n")).setAside,
    ).toEqual([
      { why: "the number of requests is not a number", rows: 3, firstLine: 11 },
      { why: "the number of requests is negative", rows: 1, firstLine: 34 },
    ]);
  });

  it("keeps its requests when only its tokens are unusable", () => {
    const rows = TEN_ROWS.map((row, i) => `${row},${i === 0 ? "input_tokens" : i === 3 ? "" : 100}`);
    const trace = parsed(rows.join("\n"));
    expect(trace.requests).toEqual(ONE_TO_TEN);
    expect(trace.inputTokens?.[2]).toBeNaN();
    expect(trace.notes).toEqual([
      "input_tokens is not a usable number in 1 of 10 rows (first in line 4); their requests were kept.",
    ]);
  });
});

describe("the step", () => {
  it("is the most common distance", () => {
    expect(parsed(TEN_ROWS.filter((_, i) => i !== 3 && i !== 4 && i !== 6).join("\n")).stepSeconds).toBe(60);
  });

  it("is the shorter of two that are equally common", () => {
    const rows = [0, 10, 15].map((minute) => `${timeAt(minute)},5`);
    expect(parsed(["timestamp,requests", ...rows].join("\n"))).toMatchObject({
      stepSeconds: 300,
      missingSteps: 1,
    });
  });
});

describe("gaps", () => {
  it("become missing steps, not zeros", () => {
    const trace = parsed(TEN_ROWS.filter((_, i) => i !== 5 && i !== 6).join("\n"));
    expect(trace).toMatchObject({ missingSteps: 2, setAside: [], notes: [] });
    expect(Array.from(trace.requests)).toEqual([1, 2, 3, 4, Number.NaN, Number.NaN, 7, 8, 9, 10]);
  });

  it("are noted when they are most of the file, since a time may be wrong", () => {
    const trace = parsed([...TEN_ROWS, "2025-11-12T00:00:00Z,5"].join("\n"));
    expect(trace.missingSteps).toBe(1430);
    expect(trace.notes).toEqual([
      "1430 of 1441 steps have no row; the longest gap, 23 h 50 min, ends at line 12. " +
        "They count as unknown: if no row means no requests, write rows with 0.",
    ]);
  });
});

describe("any text at all", () => {
  const field = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      "timestamp",
      "requests",
      "",
      '"',
      "#",
      "-1",
      "12",
      "1e400",
      timeAt(1),
      timeAt(2),
      "1700000000",
    ),
  );
  const table = fc
    .array(fc.array(field, { maxLength: 5 }), { maxLength: 12 })
    .chain((rows) =>
      fc.constantFrom(",", ";", "\t").map((delimiter) => rows.map((row) => row.join(delimiter)).join("\n")),
    );
  it("is a trace or a problem in words, never an exception", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), table), (text) => {
        const result = parseTrace(text, "any");
        if (result.kind === "problem") expect(result.message).toMatch(/got|the file|cannot be used|zone/);
        else expect(result.trace.requests.length).toBeGreaterThan(1);
      }),
      { numRuns: 500 },
    );
  });

  it("accounts for every row of a table: on the grid, or set aside", () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom("5", "7", "7", "9", "oops"));
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 60 }), (rows) => {
        const text = [
          "timestamp,requests",
          ...rows.map(([minute, count]) => `${timeAt(minute)},${count}`),
        ].join("\n");
        const result = parseTrace(text, "any");
        if (result.kind === "problem") return;
        const { requests, setAside, missingSteps } = result.trace;
        const aside = setAside.reduce((sum, each) => sum + each.rows, 0);
        expect(requests.length - missingSteps + aside).toBe(rows.length);
      }),
    );
  });
});
