import { beforeAll, describe, expect, it } from "@jest/globals";
import { resultText } from "../../lib/cli/resultText.ts";
import { summaryTable } from "../../lib/cli/summaryTable.ts";
import type { ReplayResult, Run, Summary } from "../../lib/core/replayResult.ts";
import { aResult, cut, hostile } from "../report/aResult.ts";

let result: ReplayResult;
beforeAll(async () => {
  result = await aResult();
});

describe("resultText", () => {
  it.each([
    ["a day", () => result],
    ["hostile strings", () => hostile(result)],
    ["one minute", () => cut(result, 1)],
    ["no decisions", () => cut(result, 60, false)],
    ["no runs", () => ({ ...result, runs: [] })],
  ])("is the JSON of the result: %s", (_, of) => {
    const whole = of();
    expect([...resultText(whole)].join("") === JSON.stringify(whole)).toBe(true);
  });

  it("comes in pieces: none holds more than a run's series or one record", () => {
    const longest = Math.max(...[...resultText(result)].map((piece) => piece.length));
    expect(longest).toBeLessThan(JSON.stringify(result).length / 3);
  });
});

describe("summaryTable", () => {
  const table = (...summaries: readonly Partial<Summary>[]): string[][] => {
    const [first] = result.runs as readonly [Run];
    const runs = summaries.map((summary, i) => ({
      ...first,
      label: `run ${i}`,
      summary: { ...first.summary, ...summary },
    }));
    return summaryTable({ ...result, runs })
      .split("\n")
      .filter((line) => line.includes("run "))
      .map((line) => line.split("│").map((cell) => cell.trim()));
  };

  it.each([
    ["dearer", 125, "+25 %"],
    ["cheaper", 80, "−20 %"],
    ["twice and a half", 350, "+250 %"],
    ["the same", 100, ""],
  ])("compares the cost with Forewarm's: %s", (_, cost, said) => {
    expect(table({ cost: 100 }, { cost })[1]?.[4]).toBe(said);
  });

  it("does not divide by a cost of nothing", () => {
    expect(table({ cost: 0 }, { cost: 5 })[1]?.[4]).toBe("–");
  });

  it("groups thousands and says when there were no ramps", () => {
    const [row] = table({ unitHours: 12_345.6, cost: 1_234_567, ramps: 0, rampsReady: 0 });
    expect(row?.slice(2, 4)).toEqual(["12,346", "1,234,567 USD"]);
    expect(row?.at(-2)).toBe("none");
  });
});
