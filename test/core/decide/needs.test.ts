/** What each adviser asks for. */
import { describe, expect, it } from "@jest/globals";
import { unitsFor } from "../../../lib/core/decide/context.ts";
import { needsOf } from "../../../lib/core/decide/needs.ts";
import type { Need, Situation } from "../../../lib/core/decision.ts";
import type { Rule, TargetPolicy } from "../../../lib/core/policy.ts";
import {
  aLockingPolicy,
  aPolicy,
  aRule,
  aSituation,
  capacityOf,
  contextFor,
  forecastOf,
  loadOf,
  metricOf,
  minutes,
  NOW,
  PER_UNIT,
  repeat,
  stepAt,
} from "../arrange.ts";

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
    [
      "lower by one in proportion to a threshold of zero",
      [cool({ by: "proportional", comparison: "above", threshold: 0 })],
      [gpu(10)],
      [3],
    ],
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
