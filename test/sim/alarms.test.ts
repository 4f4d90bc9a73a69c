/** Alarms over a policy's rules: M of N minutes, and only a change of state wakes the controller. */
import { describe, expect, it } from "@jest/globals";
import type { Rule } from "../../lib/core/policy.ts";
import { Alarms, alarmStateOf } from "../../lib/sim/alarms.ts";
import { aRule, metricOf } from "../core/arrange.ts";

/** Above 70 in 2 of 3 minutes. */
const rule = (parts: Partial<Rule> = {}): Rule => aRule({ minutes: 2, ofMinutes: 3, ...parts });

describe("the state of an alarm", () => {
  it.each([
    ["all quiet", [50, 50, 50], "OK"],
    ["one minute of three", [50, 50, 71], "OK"],
    ["two minutes of three", [71, 50, 71], "ALARM"],
    ["two minutes, the newest quiet", [71, 71, 50], "ALARM"],
    ["three of three", [71, 71, 71], "ALARM"],
    ["exactly the threshold is not above it", [70, 70, 70], "OK"],
    ["what is older than three minutes does not count", [99, 99, 50, 50, 71], "OK"],
    ["a missing minute is not breaching", [71, null, 50], "OK"],
    ["two of the minutes that are there", [71, null, 71], "ALARM"],
    ["no data at all is not breaching", [null, null, null], "OK"],
    ["a series that is too short", [71], "OK"],
    ["an empty series", [], "OK"],
  ] as const)("%s", (_case, values, state) => {
    expect(alarmStateOf(rule(), metricOf(values))).toBe(state);
  });

  it.each([
    [[9, 9, 50], "ALARM"],
    [[10, 10, 10], "OK"],
    [[null, null, 9], "OK"],
    [[null, null, null], "OK"],
  ] as const)("below a threshold: %p is %s", (values, state) => {
    expect(alarmStateOf(rule({ comparison: "below", threshold: 10 }), metricOf(values))).toBe(state);
  });
});

describe("the alarms of a target", () => {
  const quiet = metricOf([50, 50, 50]);
  const busy = metricOf([71, 71, 71]);

  it("tell of a change of state, once", () => {
    const alarms = new Alarms([rule()]);
    const told = [quiet, quiet, busy, busy, busy, quiet, quiet].map((series) => alarms.evaluate([series]));
    expect(told).toEqual([true, false, true, false, false, true, false]);
  });

  it("tell of the first evaluation: a new alarm has had no data", () => {
    expect(new Alarms([rule()]).evaluate([quiet])).toBe(true);
    expect(new Alarms([rule()]).evaluate([busy])).toBe(true);
  });

  it("do not tell of metrics that are missing while all is quiet, and fall back to quiet without them", () => {
    const alarms = new Alarms([rule()]);
    const missing = metricOf([null, null, null]);
    const told = [quiet, missing, quiet, busy, missing].map((series) => alarms.evaluate([series]));
    expect(told).toEqual([true, false, false, true, true]);
  });

  it("tell when any of them changes, each by its own series", () => {
    const alarms = new Alarms([rule(), rule({ metric: "latency", threshold: 800 })]);
    const fast = metricOf([100, 100, 100]);
    const slow = metricOf([900, 900, 900]);
    const told = [
      [quiet, fast],
      [quiet, slow],
      [quiet, slow],
      [busy, slow],
      [quiet, slow],
    ].map((series) => alarms.evaluate(series));
    expect(told).toEqual([true, true, false, true, true]);
  });

  it("without rules never tell anything", () => {
    expect(new Alarms([]).evaluate([])).toBe(false);
  });
});
