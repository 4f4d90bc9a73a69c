import { describe, expect, it } from "@jest/globals";
import { REVIEW_SECONDS, unitsFor } from "../../../lib/core/decide/context.ts";
import { needsOf } from "../../../lib/core/decide/needs.ts";
import type { Need, Situation } from "../../../lib/core/decision.ts";
import type { Rule, TargetPolicy } from "../../../lib/core/policy.ts";
import {
  aLockingPolicy,
  aPolicy,
  aPromotion,
  aRule,
  aSituation,
  capacityOf,
  contextFor,
  forecastOf,
  LEAD_SECONDS,
  loadOf,
  metricOf,
  minutes,
  NOW,
  PER_UNIT,
  repeat,
  stepAt,
} from "../arrange.ts";

const ASK_AHEAD = LEAD_SECONDS + REVIEW_SECONDS;

const needs = (policy: TargetPolicy, parts: Partial<Situation>): readonly Need[] =>
  needsOf(contextFor(policy, aSituation(parts)));
const unitsBy = (by: Need["by"], policy: TargetPolicy, parts: Partial<Situation>): number[] =>
  needs(policy, parts)
    .filter((need) => need.by === by)
    .map((need) => need.units);

describe("units for a load", () => {
  it.each([
    [0, 0],
    [1, 1],
    [100, 1],
    [100.000000001, 1],
    [100.1, 2],
    [300, 3],
    [Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER],
  ])("of %d are %d", (load, units) => {
    expect(unitsFor(load, PER_UNIT)).toBe(units);
  });
});

describe("the demand need", () => {
  it.each([
    ["covers the recent peak with headroom", { load: loadOf(260) }, [4]],
    ["is nothing without traffic", { load: loadOf(0) }, [0]],
    ["is not made up when nothing is known", { load: loadOf(repeat(60, null)) }, []],
    [
      "sees what comes until the next decision could take effect",
      { load: loadOf(200), forecast: forecastOf(stepAt(NOW + minutes(5), 200, 900)) },
      [9],
    ],
    ["but no further", { load: loadOf(200), forecast: forecastOf(stepAt(NOW + minutes(10), 200, 900)) }, [2]],
  ])("%s", (_case, parts, units) => {
    expect(unitsBy("demand", aPolicy(), parts)).toEqual(units);
  });

  it("looks further when acting, where a change locks the target until it has finished", () => {
    const parts = { load: loadOf(200), forecast: forecastOf(stepAt(NOW + minutes(10), 200, 900)) };
    const [locking] = needs(aLockingPolicy(), parts);
    const [free] = needs(aPolicy(), parts);
    expect(locking).toMatchObject({ by: "demand", units: 2, whenActing: 9 });
    expect(free).toMatchObject({ by: "demand", units: 2, whenActing: 2 });
  });

  it("is none of a policy without a load", () => {
    expect(unitsBy("demand", aPolicy({ load: null }), {})).toEqual([]);
  });
});

describe("the need of an `out` rule", () => {
  const hot = (value: number) => [metricOf([value, value])];
  const asked = (rule: Partial<Rule>, value: number, parts: Partial<Situation> = {}) =>
    unitsBy("rule", aPolicy({ rules: [aRule(rule)] }), { metrics: hot(value), ...parts });

  it.each<[string, Partial<Rule>, number, number[]]>([
    ["asks for its step above what is ready", { by: { units: 2 } }, 80, [6]],
    ["asks for its share", { by: { share: 0.5 } }, 80, [6]],
    ["asks in proportion to how far the value is beyond", { by: "proportional" }, 105, [6]],
    ["in proportion asks for one more at least", { by: "proportional" }, 70.5, [5]],
    ["in proportion to a threshold of zero asks for one more", { by: "proportional", threshold: 0 }, 5, [5]],
    [
      "on too low a value asks for one more",
      { by: "proportional", comparison: "below", threshold: 90 },
      5,
      [5],
    ],
    ["does not ask below its threshold", { by: { units: 2 } }, 60, []],
    ["of another direction does not ask", { scale: "freeze" }, 80, []],
  ])("%s", (_case, rule, value, units) => {
    expect(asked(rule, value)).toEqual(units);
  });

  it("counts from ready units, so that waiting for a start does not ask again", () => {
    expect(asked({ by: { units: 2 } }, 80, { capacity: capacityOf(6, { ready: 4 }) })).toEqual([6]);
  });

  it("counts from one where nothing is ready", () => {
    expect(asked({ by: { share: 1 } }, 80, { capacity: capacityOf(0) })).toEqual([2]);
  });
});

describe("the need of a promotion", () => {
  const policy = aPolicy({ capacity: { min: 0, max: 100 } });
  const starting = (inSeconds: number) => [
    aPromotion({ start: NOW + inSeconds, end: NOW + inSeconds + minutes(60) }),
  ];

  it.each([
    ["begins when a start would just be ready in time", ASK_AHEAD, [10]],
    ["not a second earlier", ASK_AHEAD + 1, []],
    ["holds at its start", 0, [10]],
    ["holds until its last second", 1 - minutes(60), [10]],
    ["ends with it", -minutes(60), []],
  ])("%s", (_case, inSeconds, units) => {
    expect(unitsBy("promotion", policy, { promotions: starting(inSeconds) })).toEqual(units);
  });

  it("joins a change of a locking target that would still lock it at the promotion's time to ask", () => {
    const at = (inSeconds: number) =>
      needs(aLockingPolicy(), { promotions: starting(inSeconds) }).filter(({ by }) => by === "promotion");
    expect(at(ASK_AHEAD + LEAD_SECONDS)).toMatchObject([{ units: 0, whenActing: 10 }]);
    expect(at(ASK_AHEAD + LEAD_SECONDS + 1)).toEqual([]);
    expect(at(ASK_AHEAD)).toMatchObject([{ units: 10, whenActing: 10 }]);
  });

  it.each([
    ["a number of units", { units: 7 }, {}, 7],
    ["a load", { load: 950 }, {}, 10],
    [
      "a multiple of the forecast at its own time",
      { multiplier: 3 },
      { forecast: forecastOf(stepAt(NOW + minutes(5), 100, 300)) },
      9,
    ],
    [
      "a multiple of the recent peak with wide headroom, without a forecast",
      { multiplier: 3 },
      { load: loadOf(200) },
      9,
    ],
    [
      "what there is, when its multiple is of nothing known",
      { multiplier: 3 },
      { load: loadOf(repeat(60, null)) },
      4,
    ],
  ])("expects %s", (_case, expect_, parts, units) => {
    const promotions = [aPromotion({ start: NOW + minutes(5), expect: expect_ })];
    expect(unitsBy("promotion", policy, { ...parts, promotions })).toEqual([units]);
  });

  it("keeps what was asked once it runs without a forecast, since its own load is not the usual one", () => {
    const promotions = [aPromotion({ start: NOW - minutes(1), expect: { multiplier: 3 } })];
    expect(unitsBy("promotion", policy, { load: loadOf(900), promotions })).toEqual([4]);
  });

  it("keeps what there is where the policy states no load to multiply", () => {
    const promotions = [aPromotion({ start: NOW, expect: { load: 5_000 } })];
    expect(unitsBy("promotion", aPolicy({ load: null }), { load: null, promotions })).toEqual([4]);
  });

  it.each([
    ["before it", -10, 20, 6],
    ["at its start", 5, 20, 27],
    ["before its end", 10, 11, 27],
    ["after its end", 10, 9, 6],
    ["further off than a change made for it must last", 30, 60, 6],
  ])("is a multiple of the usual load in its own time: a peak %s", (_case, peakAt, end, units) => {
    const isPeak = (time: number): boolean => time === NOW + minutes(peakAt);
    const forecast = forecastOf((time) => (isPeak(time) ? 900 : 200));
    const promotions = [
      aPromotion({ start: NOW + minutes(5), end: NOW + minutes(end), expect: { multiplier: 3 } }),
    ];
    expect(unitsBy("promotion", policy, { forecast, promotions })).toEqual([units]);
  });

  it("is a multiple of what is still to come once it runs", () => {
    const forecast = forecastOf(stepAt(NOW, 900, 200));
    const promotions = [aPromotion({ start: NOW - minutes(30), expect: { multiplier: 3 } })];
    expect(unitsBy("promotion", policy, { forecast, promotions })).toEqual([6]);
  });

  it("does not let its own load raise the usual load that it multiplies", () => {
    const promotions = [aPromotion({ start: NOW - minutes(20), expect: { multiplier: 3 } })];
    const load = loadOf([...repeat(40, 200), ...repeat(20, 600)]);
    expect(unitsBy("promotion", policy, { load, forecast: forecastOf(200), promotions })).toEqual([6]);
  });
});

describe("promotions that overlap", () => {
  const promotion = (id: string, priority: number, units: number, from: number, to: number) =>
    aPromotion({ id, priority, expect: { units }, start: NOW + minutes(from), end: NOW + minutes(to) });
  const asked = (...promotions: Situation["promotions"]) =>
    Math.max(...unitsBy("promotion", aPolicy(), { promotions }));

  it.each([
    [
      "the highest priority counts, even if it asks for less",
      [promotion("a", 1, 9, -60, 60), promotion("b", 2, 3, -10, 60)],
      3,
    ],
    ["among equals the largest counts", [promotion("a", 1, 9, -60, 60), promotion("b", 1, 3, -10, 60)], 9],
    [
      "a higher one that has not begun does not end the lower one early",
      [promotion("a", 1, 9, -60, 60), promotion("b", 2, 3, 4, 60)],
      9,
    ],
    [
      "a larger higher one is asked for before it begins",
      [promotion("a", 1, 3, -60, 60), promotion("b", 2, 9, 4, 60)],
      9,
    ],
    [
      "a lower one is asked for again before the higher one ends",
      [promotion("a", 1, 9, -60, 60), promotion("b", 2, 3, -10, 4)],
      9,
    ],
    ["not long before", [promotion("a", 1, 9, -60, 60), promotion("b", 2, 3, -10, 20)], 3],
  ])("%s", (_case, promotions, units) => {
    expect(asked(...promotions)).toBe(units);
  });
});

describe("capacity as it is", () => {
  it.each([
    ["is kept when neither load nor forecast is known", aPolicy(), { load: loadOf(repeat(60, null)) }, [4]],
    ["is no need when the load is known", aPolicy(), {}, []],
    [
      "is no need when only the forecast is known",
      aPolicy(),
      { load: loadOf(repeat(60, null)), forecast: forecastOf(1) },
      [],
    ],
    ["is kept where no load is stated and no rule asks", aPolicy({ load: null }), { load: null }, [4]],
  ])("%s", (_case, policy, parts, units) => {
    expect(unitsBy("as is", policy, parts)).toEqual(units);
  });
});

describe("`in` rules without a stated load", () => {
  const cool = (parts: Partial<Rule> = {}) =>
    aRule({ scale: "in", comparison: "below", threshold: 30, ...parts });
  const memoryRule = cool({ metric: "memoryUtilization", threshold: 50 });
  const memory = (value: number) => metricOf([value, value], { metric: "memoryUtilization" });
  const gpu = (value: number) => metricOf([value, value]);

  it.each<[string, Rule[], Situation["metrics"], number[]]>([
    ["lower by their step", [cool()], [gpu(10)], [3]],
    ["lower by their share", [cool({ by: { share: 0.5 } })], [gpu(10)], [2]],
    ["lower in proportion", [cool({ by: "proportional" })], [gpu(15)], [2]],
    ["lower in proportion by one at least", [cool({ by: "proportional" })], [gpu(29.9)], [3]],
    ["never go below nothing", [cool({ by: { units: 9 } })], [gpu(10)], [0]],
    ["only lower when all of them hold", [cool(), memoryRule], [gpu(10), memory(60)], []],
    ["lower by the least of them", [cool({ by: { units: 2 } }), memoryRule], [gpu(10), memory(40)], [3]],
  ])("%s", (_case, rules, metrics, units) => {
    const policy = aPolicy({ load: null, rules });
    expect(unitsBy("rule", policy, { load: null, metrics })).toEqual(units);
  });
});

it("the minimum is always a need", () => {
  expect(unitsBy("minimum", aPolicy({ capacity: { min: 2, max: 9 } }), {})).toEqual([2]);
});
