/** When promotions are asked for, and for how much. */
import { describe, expect, it } from "@jest/globals";
import { REVIEW_SECONDS } from "../../../lib/core/decide/context.ts";
import { needsOf } from "../../../lib/core/decide/needs.ts";
import type { Need, Situation } from "../../../lib/core/decision.ts";
import type { TargetPolicy } from "../../../lib/core/policy.ts";
import {
  aLockingPolicy,
  aPolicy,
  aPromotion,
  aSituation,
  contextFor,
  forecastOf,
  LEAD_SECONDS,
  loadOf,
  minutes,
  NO_BANDS,
  NOW,
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

  it.each([
    ["has begun", -minutes(1)],
    ["begins now", 0],
  ])(
    "keeps what was asked once it %s without a forecast, since its own load is not the usual one",
    (_case, start) => {
      const promotions = [aPromotion({ start: NOW + start, expect: { multiplier: 3 } })];
      expect(unitsBy("promotion", policy, { load: loadOf(900), promotions })).toEqual([4]);
    },
  );

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
    const forecast = forecastOf(stepAt(NOW, 900, 200), { bands: NO_BANDS });
    const promotions = [aPromotion({ start: NOW - minutes(30), expect: { multiplier: 3 } })];
    expect(unitsBy("promotion", policy, { forecast, promotions })).toEqual([6]);
  });

  it("does not let its own load raise the usual load that it multiplies", () => {
    const promotions = [aPromotion({ start: NOW - minutes(20), expect: { multiplier: 3 } })];
    const load = loadOf([...repeat(40, 200), ...repeat(20, 600)]);
    const forecast = forecastOf(200, { bands: NO_BANDS });
    expect(unitsBy("promotion", policy, { load, forecast, promotions })).toEqual([6]);
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
