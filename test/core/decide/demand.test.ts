/** What load a decision must be ready for. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { demandOver, forecastOver, outlookOf } from "../../../lib/core/decide/demand.ts";
import type { Situation } from "../../../lib/core/decision.ts";
import { RESPONSE_TERMS } from "../../../lib/core/forecast/conditional/terms.ts";
import type { Bands, ErrorTable } from "../../../lib/core/forecast/forecast.ts";
import type { Series } from "../../../lib/core/reading.ts";
import {
  aPolicy,
  aPromotion,
  aSituation,
  EVEN_HOUR,
  forecastOf,
  loadOf,
  minutes,
  NO_ERRORS,
  NOW,
  repeat,
  stepAt,
  WHOLE_RESPONSE,
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

describe("where the load is published more often than every minute", () => {
  const newest = (value: number | null, end = NOW + 20): Partial<Situation> => ({
    load: loadOf([900, 100, 100, 100]),
    newestMinute: { metric: "invocations", statistic: "sum", end, values: [value] },
  });

  it.each<[string, Partial<Situation>, number]>([
    ["the last sixty seconds count as the newest minute", newest(300), 300],
    ["they push the oldest of the last minutes out", newest(40), 100],
    ["they are left out where they are missing", newest(null), 100],
    ["and where the full minutes are as new", newest(300, NOW), 100],
  ])("%s", (_case, parts, recentPeak) => {
    expect(outlook(parts).recentPeak).toBe(recentPeak);
  });
});

describe("with a forecast", () => {
  it("demand is the highest of the path over the horizon, and of no more", () => {
    const forecast = forecastOf(stepAt(NOW + minutes(10), 200, 900));
    const at = (horizon: number) => demand({ load: loadOf(200), forecast }, horizon)?.load;
    expect(at(minutes(10))).toBeCloseTo(200);
    expect(at(minutes(11))).toBeCloseTo(900);
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

  it("a burst counts at its minute of the hour, and not before", () => {
    const minuteOfHour = EVEN_HOUR.map((even, minute) => (minute === 5 ? 4 : even));
    const forecast = forecastOf(200, { minuteOfHour });
    const at = (horizon: number) => demand({ load: loadOf(200), forecast }, horizon)?.load;
    expect(at(minutes(5))).toBeCloseTo(200);
    expect(at(minutes(6))).toBeCloseTo(800);
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
});

describe("with a forecast and no last hour to compare it with", () => {
  const bands: Bands = { leadsSeconds: [86_400], levels: [0.5, 0.95, 0.975], quantiles: [[0, 2, 3]] };
  const slotAt = (load: number, scale: number) => (Math.sqrt(load) + 3 * scale) ** 2;

  it("demand is the highest band of the slots, halfway from the level to certainty", () => {
    const forecast = forecastOf(stepAt(NOW + minutes(5), 100, 400), { bands, scale: 2 });
    const shown = demand({ load: loadOf(repeat(60, null)), forecast });
    expect(shown).toMatchObject({ from: "forecast" });
    expect(shown?.load).toBeCloseTo(slotAt(400, 2));
  });

  it("a slot with a low path and wide errors can be the highest", () => {
    const wide = forecastOf(stepAt(NOW + minutes(5), 400, 100), { bands });
    const scale = wide.scale.map((_, slot) => (slot < 13 ? 1 : 6));
    expect(demand({ load: null, forecast: { ...wide, scale } })?.load).toBeCloseTo(slotAt(100, 6));
  });

  it("the last slot stands for all that lies beyond the end of the view", () => {
    const whole = forecastOf((at) => (at < NOW + minutes(5) ? 300 : 800), { bands });
    const cut = { ...whole, median: whole.median.slice(0, 13), scale: whole.scale.slice(0, 13) };
    const stretch = { from: NOW, to: NOW + minutes(60) };
    expect(forecastOver(cut, null, stretch, 0.95)).toBeCloseTo(slotAt(300, 1));
    const { seen } = outlook({ load: loadOf(300), forecast: cut });
    const beyond = { from: NOW + minutes(30), to: NOW + minutes(60) };
    expect(forecastOver(cut, seen, beyond, 0.95)).toBeCloseTo(slotAt(300, 1));
  });
});

describe("the forecast's error", () => {
  const errors: ErrorTable = {
    ...NO_ERRORS,
    response: [WHOLE_RESPONSE, NO_ERRORS.response[1] ?? []],
    size: [[3], [3]],
    quantiles: [
      [0, 2],
      [1, 4],
    ],
  };
  const view = forecastOf(400, { errors });
  const over = (horizon: number, level: number, load: Series = loadOf(400)): number =>
    forecastOver(view, outlook({ load, forecast: view }).seen, { from: NOW, to: NOW + horizon }, level);

  it.each([
    ["at the shortest horizon and the upper level", 300, 0.95, (20 + 2 * 3) ** 2],
    ["at the longest", 7_200, 0.95, (20 + 4 * 3) ** 2],
    ["halfway between the horizons", 3_750, 0.95, (20 + 3 * 3) ** 2],
    ["halfway between the levels", 300, 0.725, (20 + 1 * 3) ** 2],
    ["in the middle, where it is none", 300, 0.5, 400],
  ])("is added on the square-root scale %s", (_case, horizon, level, expected) => {
    expect(over(horizon, level)).toBeCloseTo(expected);
  });

  it("is added to a path that the last hour has corrected as far as the horizon trusts it", () => {
    expect(over(300, 0.5, loadOf(22 * 22))).toBeCloseTo(22 * 22);
    expect(over(7_200, 0.5, loadOf(22 * 22))).toBeCloseTo((20 + 1 * 3) ** 2);
  });

  it("is that of the time since the last reading: late ones leave more open", () => {
    const late = loadOf(400, NOW - 3_450);
    expect(over(300, 0.95, late)).toBeCloseTo((20 + 3 * 3) ** 2);
  });

  it("never makes a load below zero", () => {
    const low: ErrorTable = {
      ...NO_ERRORS,
      quantiles: [
        [-9, -9],
        [-9, -9],
      ],
    };
    const forecast = forecastOf(4, { errors: low });
    const { seen } = outlook({ load: loadOf(4), forecast });
    expect(forecastOver(forecast, seen, { from: NOW, to: NOW + 300 }, 0.95)).toBe(0);
  });
});

describe("the last hour against its forecast", () => {
  const forecast = forecastOf(200);
  const seenIn = (load: Series, promotions: Situation["promotions"] = []) =>
    outlook({ load, forecast, promotions }).seen;
  /** Of the last two minutes, the last five, the last quarter and the hour, when their mean loads were these. */
  const off = (...loads: readonly number[]) =>
    loads.map((load) => expect.closeTo(Math.sqrt(load) - Math.sqrt(200), 6));

  it.each([
    ["what was seen less what was forecast", loadOf(300), off(300, 300, 300, 300)],
    ["below it on a quiet day", loadOf(100), off(100, 100, 100, 100)],
    [
      "of two minutes, five, a quarter of an hour and the hour",
      loadOf([...repeat(45, 100), ...repeat(10, 400), ...repeat(3, 500), ...repeat(2, 1_000)]),
      off(1_000, 700, 500, 200),
    ],
    [
      "as if missing minutes were as high as the highest known one",
      loadOf([...repeat(40, 100), ...repeat(10, null), ...repeat(10, 400)]),
      off(400, 400, 400, 200),
    ],
    [
      "told from what is left of it",
      loadOf([...repeat(31, null), ...repeat(29, 100)]),
      off(100, 100, 100, 100),
    ],
    [
      "of one hour, however long the series is",
      { ...loadOf(300), values: [...repeat(10, 9_000), ...repeat(60, 300)] },
      off(300, 300, 300, 300),
    ],
    [
      "of half an hour, where the series is younger than an hour",
      { ...loadOf(300), values: repeat(30, 300) },
      off(300, 300, 300, 300),
    ],
  ])("is %s", (_case, load, deviations) => {
    expect(seenIn(load)).toMatchObject({ deviations, at: NOW });
  });

  it("goes where its shortest windows go, from two minutes to five and from five to a quarter of an hour", () => {
    const load = loadOf([...repeat(45, 100), ...repeat(10, 400), ...repeat(3, 500), ...repeat(2, 1_000)]);
    const [two, five, quarter] = [1_000, 700, 500].map(Math.sqrt) as [number, number, number];
    expect(seenIn(load)?.trend).toEqual([expect.closeTo(two - five, 6), expect.closeTo(five - quarter, 6)]);
  });

  it("goes as steeply as missing minutes leave possible, within what the hour has seen", () => {
    /** 100 until a quarter of an hour ago, 400 since, and 900 for a minute before. */
    const ending = (...last: readonly (number | null)[]) =>
      seenIn(loadOf([...repeat(44, 100), 900, ...repeat(15 - last.length, 400), ...last]))?.trend;
    const even = repeat(5, 400);
    const root = (sum: number, count: number): number => Math.sqrt(sum / count);
    expect(ending(...even)).toEqual([0, 0]);
    expect(ending(null, ...even)).toEqual([0, expect.closeTo(20 - root(14 * 400 + 100, 15), 6)]);
    expect(ending(null, 400, 400, 400, 400)).toEqual([
      expect.closeTo(20 - root(4 * 400 + 100, 5), 6),
      expect.closeTo(root(4 * 400 + 900, 5) - root(14 * 400 + 900, 15), 6),
    ]);
    expect(ending(400, 400, 400, 400, null)).toEqual([
      expect.closeTo(root(400 + 900, 2) - root(4 * 400 + 900, 5), 6),
      expect.closeTo(root(4 * 400 + 900, 5) - root(14 * 400 + 900, 15), 6),
    ]);
  });

  it("asks for no less when readings are lost but the highest and the lowest, whatever of it carries over", () => {
    const hour = fc.array(fc.nat(5_000), { minLength: 60, maxLength: 60 });
    const weight = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 2, noNaN: true }));
    const response = fc.array(weight, { minLength: RESPONSE_TERMS, maxLength: RESPONSE_TERMS });
    const losses = fc.array(fc.boolean(), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(hour, response, losses, (values, row, lost) => {
        const errors = { ...NO_ERRORS, response: [row, row], quantiles: repeat(2, [0, 2]) };
        const view = forecastOf(900, { errors });
        const over = (shown: readonly (number | null)[]): number =>
          forecastOver(
            view,
            outlook({ load: loadOf(shown), forecast: view }).seen,
            { from: NOW, to: NOW + 600 },
            0.95,
          );
        const kept = [Math.max(...values), Math.min(...values)].map((extreme) => values.indexOf(extreme));
        const left = values.map((value, i) => (lost[i] === true && !kept.includes(i) ? null : value));
        expect(over(left)).toBeGreaterThanOrEqual(over(values) - 1e-6);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["nothing of it is known", loadOf(repeat(60, null))],
    ["the series is younger than half an hour", { ...loadOf(300), values: repeat(29, 300) }],
  ])("is not told when %s", (_case, load) => {
    expect(seenIn(load)).toBeNull();
  });

  it("compares each minute with the path of its own time", () => {
    const ramp = forecastOf(stepAt(NOW - minutes(20), 200, 800));
    const load = loadOf([...repeat(40, 200), ...repeat(20, 800)]);
    expect(outlook({ load, forecast: ramp }).seen).toMatchObject({ deviations: [0, 0, 0, 0], unrest: 0 });
  });

  it("ends where the readings end", () => {
    const ramp = forecastOf(stepAt(NOW - minutes(20), 200, 800));
    const load = { ...loadOf([...repeat(50, 200), ...repeat(10, 800)], NOW - minutes(10)) };
    expect(outlook({ load, forecast: ramp }).seen).toMatchObject({
      deviations: [0, 0, 0, 0],
      at: NOW - minutes(10),
    });
  });

  it("compares only with what the forecast still has of the hour", () => {
    const short = { ...forecast, start: NOW - minutes(30) };
    const load = loadOf([...repeat(30, 9_000), ...repeat(30, 300)]);
    expect(outlook({ load, forecast: short }).seen?.deviations).toEqual(off(300, 300, 300, 300));
  });

  it("leaves out exactly the minutes of a promotion, whose load is not the base's", () => {
    const load = loadOf([...repeat(40, 300), ...repeat(10, 3_000), ...repeat(10, 300)]);
    const promotion = aPromotion({ start: NOW - minutes(20), end: NOW - minutes(10) });
    expect(seenIn(load, [promotion])?.deviations).toEqual(off(300, 300, 300, 300));
  });

  it.each([
    ["told from half of the hour", 50, 20, true],
    ["not told when a promotion leaves too little of it", 51, 20, false],
    ["told from one minute of the last quarter", 20, 1, true],
    ["not told when a promotion has taken the last quarter", 20, 0, false],
  ])("is %s", (_case, from, to, isTold) => {
    const promotion = aPromotion({ start: NOW - minutes(from), end: NOW - minutes(to) });
    expect(seenIn(loadOf(600), [promotion]) !== null).toBe(isTold);
  });

  it("is not told without a forecast to compare with", () => {
    expect(outlook({ load: loadOf(600) }).seen).toBeNull();
  });
});
