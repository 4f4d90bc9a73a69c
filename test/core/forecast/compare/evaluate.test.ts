/** The rolling origin: what is scored, on which slots, and what happens when a forecaster has nothing to say. */
import { describe, expect, it } from "@jest/globals";
import { evaluate } from "../../../../lib/core/forecast/compare/evaluate.ts";
import type { Forecaster } from "../../../../lib/core/forecast/compare/forecaster.ts";
import type { ForecasterScore } from "../../../../lib/core/forecast/compare/result.ts";
import type { History } from "../../../../lib/core/forecast/forecast.ts";
import { DAY_SECONDS, HOUR_SECONDS } from "../../../../lib/core/time.ts";
import { aTrace, MONDAY, saying, weekly } from "./arrange.ts";

const scoreOf = (scores: readonly ForecasterScore[], name: string): ForecasterScore => {
  const found = scores.find(({ forecaster }) => forecaster === name);
  if (found === undefined) throw new Error(`no score of ${name}`);
  return found;
};

describe("a rolling origin", () => {
  it("scores a constant by hand: 80 said where 100 came, and 120", async () => {
    const trace = aTrace(10, () => 100);
    const { scores } = await evaluate(trace, [saying("low", 80), saying("high", 120)]);
    // 2 × level × 20 ÷ 100 below, 2 × (1 − level) × 20 ÷ 100 above.
    expect(scoreOf(scores, "low").losses).toEqual(
      [0.2, 0.36, 0.38, 0.396].map((each) => expect.closeTo(each, 9)),
    );
    expect(scoreOf(scores, "high").losses).toEqual(
      [0.2, 0.04, 0.02, 0.004].map((each) => expect.closeTo(each, 9)),
    );
    expect(scoreOf(scores, "low").wql).toBeCloseTo((0.2 + 0.36 + 0.38 + 0.396) / 4, 9);
    expect(scoreOf(scores, "low").coverage).toEqual([0, 0, 0, 0]);
    expect(scoreOf(scores, "high").coverage).toEqual([1, 1, 1, 1]);
  });

  it("finds nothing to complain of in a week that repeats itself", async () => {
    const { scores } = await evaluate(aTrace(21, weekly), []);
    expect(scores).toHaveLength(1);
    expect(scoreOf(scores, "naive-week").wql).toBe(0);
  });

  it("splits the slots by lead time", async () => {
    const { scores, origins } = await evaluate(
      aTrace(10, () => 100),
      [saying("low", 80)],
    );
    expect(scoreOf(scores, "low").byLead.map(({ slots }) => slots / origins.length)).toEqual([1, 5, 18]);
  });

  it("takes origins a day apart from a week of history on, and a whole horizon after each", async () => {
    const { origins, leastHistoryDays } = await evaluate(
      aTrace(10, () => 100),
      [],
    );
    expect(leastHistoryDays).toBe(7);
    expect(origins).toEqual([7, 8, 9].map((day) => MONDAY + day * DAY_SECONDS));
  });

  it("makes do with half of a shorter trace", async () => {
    const { origins, leastHistoryDays } = await evaluate(
      aTrace(7, () => 100),
      [],
    );
    expect(leastHistoryDays).toBe(3);
    expect(origins).toHaveLength(4);
  });

  it("takes an even choice of many origins, the newest among them, and never one weekday alone", async () => {
    const trace = aTrace(105, () => 100);
    const { origins } = await evaluate(trace, [], { mostOrigins: 14 });
    expect(origins.length).toBeLessThanOrEqual(14);
    expect(origins.at(-1)).toBe(MONDAY + 104 * DAY_SECONDS);
    expect(new Set(origins.map((at) => (at / DAY_SECONDS) % 7)).size).toBeGreaterThan(3);
  });

  it("shows a forecaster nothing from the origin on, and no more than its days of history", async () => {
    const seen: History[] = [];
    const curious: Forecaster = {
      ...saying("curious", 1),
      quantiles: (history, slots, levels) => {
        seen.push(history);
        return levels.map(() => new Float64Array(slots));
      },
    };
    const trace = aTrace(40, (at) => at - MONDAY);
    const { origins } = await evaluate(trace, [curious], { historyDays: 28 });
    expect(seen).toHaveLength(origins.length);
    for (const [i, { start, mean, slotSeconds }] of seen.entries()) {
      const origin = origins[i] as number;
      expect(start + mean.length * slotSeconds).toBe(origin);
      expect(mean.length * slotSeconds).toBeLessThanOrEqual(28 * DAY_SECONDS);
      expect(mean.at(-1)).toBeCloseTo(origin - HOUR_SECONDS - MONDAY, 6);
    }
  });

  it("is not changed by anything after the horizon of the last origin", async () => {
    const origins = [MONDAY + 8 * DAY_SECONDS];
    const before = await evaluate(aTrace(12, weekly), [], { origins });
    const trace = aTrace(12, (at) => (at < MONDAY + 9 * DAY_SECONDS ? weekly(at) : 1e6));
    expect((await evaluate(trace, [], { origins })).scores).toEqual(before.scores);
  });

  it("leaves missing and filled steps out of history and scores", async () => {
    const trace = aTrace(10, () => 100);
    const requests = trace.requests.slice();
    requests[7 * 24 + 3] = Number.NaN;
    requests[8 * 24] = 1e9;
    const end = MONDAY + 8 * DAY_SECONDS;
    const filled = [{ start: end, end: end + HOUR_SECONDS }];
    const { scores, missingShare } = await evaluate({ ...trace, requests, filled }, [saying("right", 100)]);
    expect(scoreOf(scores, "right")).toMatchObject({ slots: 3 * 24 - 2, wql: 0 });
    expect(scoreOf(scores, "naive-week").wql).toBe(0);
    expect(missingShare).toBeCloseTo(2 / 240, 9);
  });

  it.each([
    ["says nothing", (): null => null, "the history is too short"],
    ["fails", () => ({ kind: "failed" as const, why: "it trapped" }), "it trapped"],
    [
      "throws",
      () => {
        throw new Error("no luck");
      },
      "it stopped with: no luck",
    ],
    ["gives NaN", () => [0, 1, 2, 3].map(() => new Float64Array(24).fill(Number.NaN)), "not a number"],
    ["gives -1", () => [0, 1, 2, 3].map(() => new Float64Array(24).fill(-1)), "negative"],
    ["gives too few slots", () => [0, 1, 2, 3].map(() => new Float64Array(3)), "3 slots were forecast, 24"],
    ["gives too few levels", () => [new Float64Array(24)], "1 levels were forecast, 4"],
  ])(
    "a forecaster that %s counts with the reference's quantiles, and it is said",
    async (_, quantiles, why) => {
      const { scores, origins } = await evaluate(
        aTrace(10, (at) => weekly(at) + (at % 7)),
        [{ ...saying("lost", 0), quantiles }],
      );
      const lost = scoreOf(scores, "lost");
      expect(lost.wql).toBe(scoreOf(scores, "naive-week").wql);
      expect(lost.replaced.map(({ origin }) => origin)).toEqual(origins);
      expect(lost.replaced[0]?.why).toContain(why);
    },
  );

  it.each([60, 300, 600, 900, 3600])("works with steps of %d s", async (stepSeconds) => {
    const trace = aTrace(9, weekly, stepSeconds);
    const { slotSeconds, scores } = await evaluate(trace, [saying("low", 1)]);
    expect(slotSeconds).toBe(Math.max(300, stepSeconds));
    expect(scoreOf(scores, "low").slots).toBe((2 * DAY_SECONDS) / slotSeconds);
  });

  it("refuses a trace that is too short, and a step that does not divide a day", async () => {
    await expect(
      evaluate(
        aTrace(1, () => 1),
        [],
      ),
    ).rejects.toThrow("got 1.0 days");
    await expect(
      evaluate(
        aTrace(70, () => 1, 7_200),
        [],
      ),
    ).rejects.toThrow("got a step of 7200 s");
  });

  it("has no loss where nothing came", async () => {
    const trace = aTrace(10, (at) => (at < MONDAY + 7 * DAY_SECONDS ? 5 : 0));
    const { scores } = await evaluate(trace, [saying("zero", 0)]);
    expect(scoreOf(scores, "zero")).toMatchObject({ wql: null, coverage: [1, 1, 1, 1] });
  });
});
