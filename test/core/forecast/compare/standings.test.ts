/** Forecasters over traces: geometric means, wins and losses, the worst trace, and scores that are not there. */
import { describe, expect, it } from "@jest/globals";
import { comparisonOf, mergedTrace } from "../../../../lib/core/forecast/compare/assemble.ts";
import { pinball, QuantileLoss } from "../../../../lib/core/forecast/compare/quantileLoss.ts";
import { standingsOf } from "../../../../lib/core/forecast/compare/standings.ts";
import { aComparison, aScore, comparedTrace } from "../../../report/aComparison.ts";

describe("standings", () => {
  const traces = [
    comparedTrace("first", { ours: 0.5, "naive-week": 1 }),
    comparedTrace("second", { ours: 2, "naive-week": 1 }),
    comparedTrace("third", { ours: 0.25, "naive-week": 1 }),
    comparedTrace("fourth", { ours: 1.005, "naive-week": 1 }),
  ];

  it("take the geometric mean of the ratios, and name the worst", () => {
    const [ours, reference] = standingsOf(traces, ["naive-week", "ours"], "naive-week");
    expect(ours).toMatchObject({ forecaster: "ours", traces: 4, wins: 2, ties: 1, losses: 1 });
    expect(ours?.wqlRatio).toBeCloseTo((0.5 * 2 * 0.25 * 1.005) ** 0.25, 9);
    expect(ours?.worst).toEqual({ trace: "second", ratio: 2 });
    expect(reference).toMatchObject({ forecaster: "naive-week", wqlRatio: 1, ties: 4 });
  });

  it("leave a trace out where a score is missing or the reference is perfect", () => {
    const odd = [comparedTrace("perfect", { ours: 0.1, "naive-week": 0 }), ...traces.slice(0, 1)];
    expect(standingsOf(odd, ["ours"], "naive-week")[0]?.wqlRatio).toBeCloseTo(0.5, 9);
    expect(standingsOf([], ["ours"], "naive-week")[0]).toMatchObject({
      wqlRatio: null,
      worst: null,
      traces: 0,
    });
  });
});

describe("a comparison", () => {
  it("joins the scores that were made apart, each forecaster once and in the order of the tables", () => {
    const parts = [
      comparedTrace("one", { "naive-week": 1, ours: 0.8 }),
      comparedTrace("one", { "naive-week": 1, prophet: 1.2 }),
    ];
    const merged = mergedTrace(parts, ["ours", "prophet", "naive-week"]);
    expect(merged?.scores.map(({ forecaster }) => forecaster)).toEqual(["ours", "prophet", "naive-week"]);
    expect(mergedTrace([], ["ours"])).toBeNull();
  });

  it("keeps of the forecasters what is for readers", () => {
    const { settings } = aComparison();
    const extra = { name: "ours", label: "Ours", about: "", quantiles: () => null };
    expect(comparisonOf(settings, [extra], "ours", [], []).forecasters).toEqual([
      { name: "ours", label: "Ours", about: "" },
    ]);
  });
});

describe("the quantile loss", () => {
  it.each([
    [0.9, 10, 30, 18],
    [0.9, 30, 10, 2],
    [0.5, 7, 7, 0],
  ])("at %d of %d when %d came is %d", (level, q, y, loss) => {
    expect(pinball(level, q, y)).toBeCloseTo(loss, 9);
  });

  it("is null without any load, and so is a coverage without slots", () => {
    expect(new QuantileLoss([0.5]).score()).toEqual({
      slots: 0,
      wql: null,
      losses: [null],
      coverage: [null],
    });
  });

  it("is a score like the one the report shows", () => {
    expect(Object.keys(aScore("x", 1))).toEqual(
      expect.arrayContaining(Object.keys(new QuantileLoss([0.5]).score())),
    );
  });
});
