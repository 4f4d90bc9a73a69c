/** What people hear of, and that they hear of it once. */
import { describe, expect, it } from "@jest/globals";
import { decide } from "../../../lib/core/decide/decide.ts";
import type { Notice, Situation } from "../../../lib/core/decision.ts";
import { EMPTY_MEMORY } from "../../../lib/core/memory.ts";
import type { TargetPolicy } from "../../../lib/core/policy.ts";
import {
  aPolicy,
  aRule,
  aSituation,
  capacityOf,
  decided,
  forecastOf,
  loadOf,
  metricOf,
  pinTo,
} from "../arrange.ts";

const forecast = forecastOf(100);
const freeze = aRule({ path: "rules[3]", metric: "errorRate", threshold: 5, scale: "freeze" });
const errors = (value: number) => [metricOf([value, value], { metric: "errorRate" })];

describe("a notice", () => {
  it.each<[string, TargetPolicy, Partial<Situation>, Notice[]]>([
    ["is not given when all is well", aPolicy(), { forecast }, []],
    [
      "tells that a rule's metric cannot be seen at all, since nothing is released until it is",
      aPolicy({ rules: [aRule({ path: "rules[0]" })] }),
      { forecast, load: loadOf(100), metrics: [metricOf([null, null])] },
      [
        {
          kind: "blind rules[0]",
          text: "nothing is released while gpuUtilization is unknown: 2 of 2 minutes are missing",
        },
      ],
    ],
    [
      "does not tell of a metric that is only late",
      aPolicy({ rules: [aRule()] }),
      { forecast, load: loadOf(100), metrics: [metricOf([95, null])] },
      [],
    ],
    [
      "tells of a failure that the platform reports, in its words",
      aPolicy(),
      { forecast, capacity: capacityOf(4, { problem: "InsufficientInstanceCapacity: p5.48xlarge" }) },
      [{ kind: "capacity problem", text: "InsufficientInstanceCapacity: p5.48xlarge" }],
    ],
    [
      "tells when more is needed than the maximum",
      aPolicy({ capacity: { min: 1, max: 3 } }),
      { forecast, load: loadOf(790) },
      [{ kind: "maximum", text: "8 units asked for, but the maximum is 3" }],
    ],
    [
      "tells of errors that freeze scale-in",
      aPolicy({ rules: [freeze] }),
      { forecast, metrics: errors(12) },
      [
        {
          kind: "error guard rules[3]",
          text: "scale-in is frozen: errorRate average 12 above 5 in 2 of 2 min",
        },
      ],
    ],
    [
      "tells that there is no forecast, and why",
      aPolicy(),
      { forecast: { kind: "missing", why: "the stored forecast is 2 d old" } },
      [{ kind: "no forecast", text: "deciding from readings alone: the stored forecast is 2 d old" }],
    ],
    ["does not miss a forecast where no load is stated", aPolicy({ load: null }), { load: null }, []],
    [
      "tells that a pin is above the maximum",
      aPolicy({ capacity: { min: 1, max: 5 } }),
      { forecast, overrides: [pinTo(9)] },
      [{ kind: "maximum", text: "9 units asked for, but the maximum is 5" }],
    ],
  ])("%s", (_case, policy, parts, notices) => {
    expect(decided(policy, aSituation(parts)).notices).toEqual(notices);
  });

  it("is given once while it holds, and again when it begins again", () => {
    const policy = aPolicy({ rules: [freeze] });
    let memory = EMPTY_MEMORY;
    const given = [12, 12, 1, 12, 12].map((value) => {
      const decision = decide(policy, aSituation({ forecast, metrics: errors(value) }), memory);
      memory = decision.memory;
      return decision.notices.length;
    });
    expect(given).toEqual([1, 0, 0, 1, 0]);
  });

  it("of one kind does not silence another", () => {
    const policy = aPolicy({ rules: [freeze, { ...freeze, path: "rules[4]", threshold: 20 }] });
    const first = decide(policy, aSituation({ forecast, metrics: errors(12) }), EMPTY_MEMORY);
    const second = decide(policy, aSituation({ forecast, metrics: errors(30) }), first.memory);
    expect(first.notices.map(({ kind }) => kind)).toEqual(["error guard rules[3]"]);
    expect(second.notices.map(({ kind }) => kind)).toEqual(["error guard rules[4]"]);
  });
});
