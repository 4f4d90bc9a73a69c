/** What load a decision must be ready for. */
import { describe, expect, it } from "@jest/globals";
import { demandOver, forecastOver, outlookOf } from "../../../lib/core/decide/demand.ts";
import type { Situation } from "../../../lib/core/decision.ts";
import type { ErrorTable } from "../../../lib/core/forecast/forecast.ts";
import { levelRatio } from "../../../lib/core/forecast/level.ts";
import type { Series } from "../../../lib/core/reading.ts";
import {
  aPolicy,
  aPromotion,
  aSituation,
  forecastOf,
  loadOf,
  minutes,
  NO_ERRORS,
  NOW,
  repeat,
  stepAt,
} from "../arrange.ts";

const policy = aPolicy();
const outlook = (parts: Partial<Situation>) => outlookOf(policy, aSituation(parts));
const demand = (parts: Partial<Situation>, horizonSeconds = minutes(6), headroomShare = 1) =>
  demandOver(policy, outlook(parts), NOW, horizonSeconds, headroomShare);

describe("without a forecast", () => {
  it.each([
    ["the recent peak with wide headroom", loadOf([100, 200, 100]), 300],
    ["the last three minutes only", loadOf([900, 100, 100, 100]), 150],
    ["what is known of them", loadOf([900, 100, null, null]), 150],
    ["the newest known minute when all three are missing", loadOf([100, 80, null, null, null]), 120],
    ["no demand at all without traffic", loadOf(0), 0],
  ])("demand is %s", (_case, load, expected) => {
    expect(demand({ load })).toEqual({
      load: expected,
      from: "readings",
      headroom: policy.demand.reactiveHeadroom,
      horizonSeconds: minutes(6),
    });
  });

  it("demand has the part of the headroom that its horizon needs", () => {
    expect(demand({ load: loadOf(200) }, minutes(6), 0.5)).toMatchObject({ load: 250, headroom: 0.25 });
  });

  it.each([
    ["all values are missing", loadOf(repeat(60, null))],
    ["the known ones are stale", loadOf([100, ...repeat(4, null)])],
    ["the series ended too long ago", loadOf(100, NOW - minutes(4))],
    ["there is no series", null],
  ])("nothing is known when %s", (_case, load) => {
    expect(demand({ load })).toBeNull();
  });
});

describe("with a forecast", () => {
  it("demand is the highest of the path over the horizon, and of no more", () => {
    const forecast = forecastOf(stepAt(NOW + minutes(10), 200, 900));
    const at = (horizon: number) => demand({ load: loadOf(200), forecast }, horizon)?.load;
    expect(at(minutes(9))).toBeCloseTo(200);
    expect(at(minutes(10))).toBeCloseTo(900);
  });

  it.each([
    ["now", 0],
    ["on the way", 5],
    ["at the end", 10],
  ])("a peak of the path counts wherever it lies: %s", (_where, inMinutes) => {
    const isPeak = (time: number): boolean => time === NOW + minutes(inMinutes);
    const forecast = forecastOf((time) => (isPeak(time) ? 900 : 200));
    expect(demand({ load: loadOf(200), forecast }, minutes(12))?.load).toBeCloseTo(900);
  });

  it("a peak that has just passed does not count", () => {
    const forecast = forecastOf(stepAt(NOW, 900, 200));
    expect(demand({ load: loadOf(200), forecast })?.load).toBeCloseTo(200);
  });

  it("the recent peak has the part of its little headroom that the horizon needs", () => {
    const careful = aPolicy({ demand: { ...policy.demand, recentHeadroom: 0.2 } });
    const shown = demandOver(careful, outlook({ load: loadOf(500), forecast: forecastOf(1) }), NOW, 300, 0.5);
    expect(shown).toMatchObject({ load: 550, from: "readings", headroom: 0.1 });
  });

  it("demand is the recent peak when that is higher", () => {
    expect(demand({ load: loadOf([700, 100]), forecast: forecastOf(200) })).toMatchObject({
      load: 700,
      from: "readings",
    });
  });

  it("demand comes from the forecast alone when no reading is fresh", () => {
    const shown = demand({ load: loadOf(repeat(60, null)), forecast: forecastOf(400) });
    expect(shown).toMatchObject({ from: "forecast" });
    expect(shown?.load).toBeCloseTo(400);
  });

  it("the last slot stands for all that lies beyond the end of the view", () => {
    const whole = forecastOf((at) => (at < NOW + minutes(5) ? 300 : 800));
    const cut = { ...whole, median: whole.median.slice(0, 13), scale: whole.scale.slice(0, 13) };
    expect(forecastOver(cut, 1, NOW, minutes(60), 0.95)).toBeCloseTo(300);
  });
});

describe("the forecast's error", () => {
  const errors: ErrorTable = {
    ...NO_ERRORS,
    correction: [1, 0],
    quantiles: [
      [0, 2],
      [1, 4],
    ],
  };
  const view = forecastOf(400, { errors, scale: 3 });

  it.each([
    ["at the shortest horizon and the upper level", 300, 0.95, (20 + 2 * 3) ** 2],
    ["at the longest", 7_200, 0.95, (20 + 4 * 3) ** 2],
    ["halfway between the horizons", 3_750, 0.95, (20 + 3 * 3) ** 2],
    ["halfway between the levels", 300, 0.725, (20 + 1 * 3) ** 2],
    ["in the middle, where it is none", 300, 0.5, 400],
  ])("is added on the square-root scale %s", (_case, horizon, level, expected) => {
    expect(forecastOver(view, 1, NOW, horizon, level)).toBeCloseTo(expected);
  });

  it("is added to a path that the level has corrected as far as the horizon trusts it", () => {
    const at = (horizon: number) => forecastOver(view, 4, NOW, horizon, 0.5);
    expect(at(300)).toBeCloseTo(4 * 400);
    expect(at(7_200)).toBeCloseTo((20 + 1 * 3) ** 2);
  });

  it("never makes a load below zero", () => {
    const low: ErrorTable = {
      ...NO_ERRORS,
      quantiles: [
        [-9, -9],
        [-9, -9],
      ],
    };
    expect(forecastOver(forecastOf(4, { errors: low }), 1, NOW, 300, 0.95)).toBe(0);
  });
});

describe("the level of the last hour", () => {
  const forecast = forecastOf(200);
  const levelOf = (load: Series, promotions: Situation["promotions"] = []) =>
    outlook({ load, forecast, promotions }).level;

  it.each([
    ["what was seen against what was forecast", loadOf(300), levelRatio(300, 200)],
    ["below one on a quiet day", loadOf(100), levelRatio(100, 200)],
    ["taken for one when nothing of the hour is known", loadOf(repeat(60, null)), 1],
    [
      "as if missing minutes were as high as the highest known one",
      loadOf([...repeat(40, 100), ...repeat(10, null), ...repeat(10, 400)]),
      levelRatio((40 * 100 + 20 * 400) / 60, 200),
    ],
    [
      "not below one when more than half of the hour is missing",
      loadOf([...repeat(31, null), ...repeat(29, 100)]),
      1,
    ],
    [
      "above one all the same when more than half of the hour is missing",
      loadOf([...repeat(31, null), ...repeat(29, 400)]),
      levelRatio(400, 200),
    ],
    [
      "below one as soon as half of the hour is known",
      loadOf([...repeat(30, null), ...repeat(30, 100)]),
      levelRatio(100, 200),
    ],
    [
      "of one hour, however long the series is",
      { ...loadOf(300), values: [...repeat(10, 9_000), ...repeat(60, 300)] },
      levelRatio(300, 200),
    ],
    [
      "of what there is, where the series is younger than an hour",
      { ...loadOf(300), values: repeat(6, 300) },
      levelRatio(300, 200),
    ],
  ])("is %s", (_case, load, expected) => {
    expect(levelOf(load)).toBeCloseTo(expected);
  });

  it("compares each minute with the path of its own time", () => {
    const ramp = forecastOf(stepAt(NOW - minutes(20), 200, 800));
    const load = loadOf([...repeat(40, 200), ...repeat(20, 800)]);
    expect(outlook({ load, forecast: ramp }).level).toBe(1);
  });

  it("compares only with what the forecast still has of the hour", () => {
    const short = { ...forecast, start: NOW - minutes(30) };
    const load = loadOf([...repeat(30, 9_000), ...repeat(30, 300)]);
    expect(outlook({ load, forecast: short }).level).toBeCloseTo(levelRatio(300, 200));
  });

  it("leaves out the minutes of a promotion, whose load is not the base's", () => {
    const load = loadOf([...repeat(40, 300), ...repeat(20, 3_000)]);
    const promotion = aPromotion({ start: NOW - minutes(20), end: NOW + minutes(60) });
    expect(levelOf(load, [promotion])).toBeCloseTo(levelRatio(300, 200));
  });

  it("leaves out exactly the minutes of the promotion", () => {
    const load = loadOf([...repeat(40, 300), ...repeat(10, 3_000), ...repeat(10, 300)]);
    const promotion = aPromotion({ start: NOW - minutes(20), end: NOW - minutes(10) });
    expect(levelOf(load, [promotion])).toBeCloseTo(levelRatio(300, 200));
  });

  it.each([
    ["one when a promotion leaves too little of the hour to compare", 31, 1],
    ["told from half of the hour", 30, levelRatio(600, 200)],
  ])("is %s", (_case, masked, expected) => {
    const promotion = aPromotion({ start: NOW - minutes(masked), end: NOW });
    expect(levelOf(loadOf(600), [promotion])).toBeCloseTo(expected);
  });

  it("is one without a forecast to compare with", () => {
    expect(outlook({ load: loadOf(600) }).level).toBe(1);
  });
});
