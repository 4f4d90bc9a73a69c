/** Rows of other models: what is read, and what is refused in which words. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseForecastRows } from "../../../lib/adapters/file/forecastRows.ts";
import { instant } from "../../core/arrange.ts";

const raw = {
  schema: "forewarm.forecast-rows/1",
  model: "lstm",
  madeAt: "2025-11-11T08:05:00Z",
  historyEnd: "2025-11-11T08:00:00Z",
  slotSeconds: 3600,
  start: "2025-11-11T08:00:00Z",
  levels: [0.5, 0.95],
  quantiles: [
    [10, 20],
    [15, 30],
  ],
};

const row = {
  model: "lstm",
  series: null,
  madeAt: instant("2025-11-11T08:05Z"),
  historyEnd: instant("2025-11-11T08:00Z"),
  slotSeconds: 3600,
  start: instant("2025-11-11T08:00Z"),
  levels: [0.5, 0.95],
  quantiles: raw.quantiles,
};

describe("forecast rows", () => {
  it.each([
    ["one object", JSON.stringify(raw), 1],
    ["one object over many lines", JSON.stringify(raw, null, 2), 1],
    ["a list", JSON.stringify([raw, raw]), 2],
    ["lines", `${JSON.stringify(raw)}\n\n${JSON.stringify(raw)}\r\n`, 2],
  ])("are read from %s", (_, text, count) => {
    expect(parseForecastRows(text)).toEqual({ kind: "rows", rows: Array.from({ length: count }, () => row) });
  });

  it("take times in seconds, or with another offset, and a series", () => {
    const text = JSON.stringify({
      ...raw,
      start: row.start,
      madeAt: "2025-11-11T10:05:00+02:00",
      series: "chat",
    });
    expect(parseForecastRows(text)).toEqual({ kind: "rows", rows: [{ ...row, series: "chat" }] });
  });

  it.each([
    ["nothing", "  ", "the file is empty"],
    ["an empty list", "[]", "the list is empty"],
    ["no JSON", "model,quantile\n1,2", "line 1 is not JSON"],
    ["half a line", `${JSON.stringify(raw)}\n{"schema"`, "line 2 is not JSON"],
    ["a number", "7", "row 1: "],
  ])("refuse %s", (_, text, why) => {
    expect(parseForecastRows(text)).toEqual({ kind: "problems", problems: [expect.stringContaining(why)] });
  });

  it.each([
    ["another schema", { schema: "forewarm.forecast-rows/9" }, "schema: allowed is forewarm.forecast-rows/1"],
    ["an unknown key", { quantile: [] }, "quantile"],
    ["a model's name with a space", { model: "my model" }, "model: allowed are 1 to 64 letters"],
    ["a time without zone", { start: "2025-11-11T08:00:00" }, "start: allowed is an ISO time with its zone"],
    ["slots that do not divide a day", { slotSeconds: 3500 }, "got 3500, it must divide a day"],
    [
      "a start off the grid",
      { start: "2025-11-11T08:10:00Z" },
      "start: got 2025-11-11T08:10Z, it must be a multiple",
    ],
    [
      "an end of history off the grid",
      { historyEnd: "2025-11-11T07:59:00Z" },
      "historyEnd: got 2025-11-11T07:59Z",
    ],
    ["one made before its history ended", { madeAt: "2025-11-11T07:00:00Z" }, "a model sees only the past"],
    ["one that forecasts only the past", { start: "2025-11-11T05:00:00Z" }, "it forecasts nothing"],
    ["no median", { levels: [0.6, 0.95] }, "0.5 must be among them"],
    ["falling levels", { levels: [0.95, 0.5] }, "each must be higher than the one before"],
    ["no high level", { levels: [0.5, 0.8] }, "the highest is 0.8, at least 0.9 is needed"],
    ["a level of 95", { levels: [0.5, 95] }, "levels.1"],
    ["a list too few", { quantiles: [[1, 2]] }, "got 1 lists for 2 levels"],
    [
      "lists of unlike length",
      { quantiles: [[1, 2], [3]] },
      "quantiles.1: got 1 numbers, the first list has 2",
    ],
    [
      "a negative load",
      {
        quantiles: [
          [1, -2],
          [3, 4],
        ],
      },
      "got -2, allowed is a load per minute of at least 0",
    ],
    [
      "null",
      {
        quantiles: [
          [1, null],
          [3, 4],
        ],
      },
      "quantiles.0.1: allowed is a number of at least 0",
    ],
    [
      "1e300",
      {
        quantiles: [
          [1, 2],
          [3, 1e300],
        ],
      },
      "quantiles.1.1",
    ],
    [
      "crossing quantiles",
      {
        quantiles: [
          [1, 5],
          [3, 4],
        ],
      },
      "quantiles.1.1: got 4 at level 0.95 under 5 at 0.5",
    ],
  ])("refuse %s, and say where and what is allowed", (_, parts, why) => {
    const result = parseForecastRows(JSON.stringify([raw, { ...raw, ...parts }]));
    expect(result.kind).toBe("problems");
    const text = result.kind === "problems" ? result.problems.join("\n") : "";
    expect(text).toContain("row 2: ");
    expect(text).toContain(why);
    expect(text).not.toContain("row 1: ");
  });

  it("list ten problems and count the rest", () => {
    const bad = Array.from({ length: 25 }, () => ({ ...raw, slotSeconds: 3500.5 }));
    const result = parseForecastRows(JSON.stringify(bad));
    expect(result.kind === "problems" && result.problems.at(-1)).toBe("and 15 more");
  });

  it("never throw, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(["rows", "problems"]).toContain(parseForecastRows(text).kind);
      }),
    );
  });
});
