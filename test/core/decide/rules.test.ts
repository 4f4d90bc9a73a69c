/** M of N minutes beyond a threshold, and when a rule cannot tell. */
import { describe, expect, it } from "@jest/globals";
import { ruleStates, sayRule } from "../../../lib/core/decide/rules.ts";
import type { Situation } from "../../../lib/core/decision.ts";
import type { Rule } from "../../../lib/core/policy.ts";
import type { EpochSeconds } from "../../../lib/core/time.ts";
import { aPolicy, aRule, aSituation, loadOf, metricOf, minutes, NOW, repeat } from "../arrange.ts";

function stateOf(rule: Rule, parts: Partial<Situation>, readySince: EpochSeconds | null = null) {
  const [state] = ruleStates(aPolicy({ rules: [rule] }), aSituation(parts), readySince);
  if (state === undefined) throw new Error("a rule has a state");
  return state;
}

const judged = (rule: Rule, values: readonly (number | null)[], readySince: EpochSeconds | null = null) =>
  stateOf(rule, { metrics: [metricOf(values)] }, readySince);

describe("M of the last N minutes", () => {
  const twoOfThree = aRule({ minutes: 2, ofMinutes: 3 });

  it.each([
    ["all beyond", [80, 80, 80], 3, true],
    ["enough beyond, not in a row", [80, 50, 80], 2, true],
    ["too few beyond", [50, 80, 50], 1, false],
    ["none beyond", [50, 50, 50], 0, false],
    ["the threshold itself is not beyond it", [70, 70, 70], 0, false],
    ["minutes before the window do not count", [80, 80, 50, 50, 80], 1, false],
  ])("%s: %p", (_case, values, beyond, breaching) => {
    expect(judged(twoOfThree, values)).toMatchObject({ beyond, breaching, blind: null });
  });

  it("below is below, and the threshold itself is not", () => {
    const below = aRule({ comparison: "below", threshold: 30, minutes: 2, ofMinutes: 2 });
    expect(judged(below, [29, 29]).breaching).toBe(true);
    expect(judged(below, [30, 29]).breaching).toBe(false);
  });

  it("shows the newest value that is beyond the threshold", () => {
    expect(judged(twoOfThree, [95, 84, 60]).value).toBe(84);
    expect(judged(twoOfThree, [60, 60, 60]).value).toBeNull();
  });

  it("does not take an older value for the newest where an `in` rule lacks a minute that may have been nearer", () => {
    const permits = aRule({ comparison: "below", threshold: 84, minutes: 1, ofMinutes: 2, scale: "in" });
    expect(judged(permits, [63, 75]).value).toBe(75);
    expect(judged(permits, [63, null])).toMatchObject({ breaching: true, value: null });
    expect(judged(aRule({ ...permits, scale: "out" }), [63, null]).value).toBe(63);
  });

  it("tells statistics of one metric apart", () => {
    const p95 = aRule({ metric: "latency", statistic: "p95", threshold: 800 });
    const metrics = [
      metricOf([900, 900], { metric: "latency", statistic: "average" }),
      metricOf([500, 500], { metric: "latency", statistic: "p95" }),
    ];
    expect(stateOf(p95, { metrics }).breaching).toBe(false);
  });
});

describe("a rule whose minutes are missing", () => {
  const twoOfThree = aRule({ minutes: 2, ofMinutes: 3 });

  it.each([
    ["is blind when the missing ones could decide it", [80, null, 50], false, true],
    ["is blind when all are missing", [null, null, null], false, true],
    ["holds when enough others are beyond", [80, null, 80], true, false],
    [
      "does not hold and sees enough when even all missing ones could not decide it",
      [50, null, 50],
      false,
      false,
    ],
    ["takes NaN for missing", [80, Number.NaN, 50], false, true],
    ["takes a negative value for missing", [80, -1, 50], false, true],
    ["takes an infinite value for missing", [80, Number.POSITIVE_INFINITY, 50], false, true],
    ["takes minutes before the start of the series for missing", [80], false, true],
  ])("%s: %p", (_case, values, breaching, blind) => {
    const state = judged(twoOfThree, values);
    expect(state.breaching).toBe(breaching);
    expect(state.blind !== null).toBe(blind);
  });

  it("says how many are missing, or what the source says", () => {
    expect(judged(twoOfThree, [80, null, null]).blind).toBe("2 of 3 minutes are missing");
    const metrics = [{ ...metricOf(repeat(3, null)), why: "access denied" }];
    expect(stateOf(twoOfThree, { metrics }).blind).toBe("access denied");
  });

  it("is blind when its metric was not read at all", () => {
    expect(stateOf(twoOfThree, { metrics: [] })).toMatchObject({
      breaching: false,
      blind: "the metric was not read",
    });
  });

  it("is blind when the newest reading is stale, whatever it says", () => {
    const staleAfter = aPolicy().staleAfterSeconds;
    const at = (end: number) => stateOf(twoOfThree, { metrics: [metricOf([80, 80, 80], { end })] });
    expect(at(NOW - staleAfter)).toMatchObject({ breaching: true, blind: null });
    expect(at(NOW - staleAfter - 60)).toMatchObject({
      breaching: false,
      blind: "the newest reading is 4 min old",
    });
  });
});

describe("an idle target has no request metrics", () => {
  const slow = aRule({ metric: "latency", statistic: "p95", threshold: 800, minutes: 2, ofMinutes: 3 });
  const metrics = [metricOf(repeat(3, null), { metric: "latency", statistic: "p95" })];

  it.each([
    ["no request in the rule's minutes explains it", loadOf([50, 0, 0, 0]), null],
    ["one request does not", loadOf([0, 1, 0]), "3 of 3 minutes are missing"],
    ["a missing minute of load does not", loadOf([0, null, 0]), "3 of 3 minutes are missing"],
    ["a target without a load is never known to be idle", null, "3 of 3 minutes are missing"],
  ])("%s", (_case, load, blind) => {
    expect(stateOf(slow, { load, metrics }).blind).toBe(blind);
  });

  it("and an `in` rule has nothing to wait for", () => {
    const quiet = aRule({ ...slow, comparison: "below", scale: "in", minutes: 3 });
    expect(stateOf(quiet, { load: loadOf(0), metrics })).toMatchObject({ breaching: true, blind: null });
    expect(stateOf(quiet, { load: loadOf([1, 1, 1]), metrics }).breaching).toBe(false);
  });

  it("and does not thereby hold", () => {
    expect(stateOf(slow, { load: loadOf(0), metrics }).breaching).toBe(false);
  });
});

describe("minutes that began before the ready units last changed", () => {
  const rule = aRule({ minutes: 2, ofMinutes: 2 });
  const hot = repeat(5, 95);

  it.each([
    ["two whole minutes since: enough", minutes(2), true],
    ["a second less: one minute speaks of the other capacity", minutes(2) - 1, false],
    ["just now: none counts", 0, false],
  ])("%s", (_case, age, breaching) => {
    expect(judged(rule, hot, NOW - age)).toMatchObject({ breaching, blind: null });
  });

  it("are not missed: they are no gap", () => {
    expect(judged(rule, [null, 50], NOW - minutes(1)).blind).toBeNull();
  });

  it("count for a freeze: a bad deploy that keeps crashing changes the ready units all the time", () => {
    const freeze = aRule({ metric: "errorRate", threshold: 5, scale: "freeze" });
    const metrics = [metricOf([40, 40], { metric: "errorRate" })];
    expect(stateOf(freeze, { metrics }, NOW).breaching).toBe(true);
  });

  it("keep a scale-in waiting for its whole window of new evidence", () => {
    const cool = aRule({ scale: "in", comparison: "below", threshold: 30, minutes: 15, ofMinutes: 15 });
    expect(judged(cool, repeat(30, 10), NOW - minutes(14)).breaching).toBe(false);
    expect(judged(cool, repeat(30, 10), NOW - minutes(15)).breaching).toBe(true);
  });
});

it.each([
  [aRule(), [84.26, 84.26], "gpuUtilization average 84.3 above 70 in 2 of 2 min"],
  [
    aRule({ threshold: 2_500, ofMinutes: 3 }),
    [3_000, 100, 2_600],
    "gpuUtilization average 2 600 above 2 500 in 2 of 3 min",
  ],
  [aRule({ comparison: "below", threshold: 30 }), [40, 40], "gpuUtilization average below 30 in 0 of 2 min"],
])("a rule is said with what was seen: %#", (rule, values, said) => {
  expect(sayRule(judged(rule, values))).toBe(said);
});
