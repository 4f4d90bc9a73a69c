/** The forecaster from end to end: what it learns from which past, and how sure it is. */
import { describe, expect, it } from "@jest/globals";
import { dayTableOf, weekdaysIn } from "../../../lib/core/forecast/calendar.ts";
import type { Candidate } from "../../../lib/core/forecast/candidates/candidate.ts";
import { lastWeek, yesterday } from "../../../lib/core/forecast/candidates/naive.ts";
import { DEFAULT_CANDIDATES, ensemble } from "../../../lib/core/forecast/ensemble.ts";
import type { Forecast, History } from "../../../lib/core/forecast/forecast.ts";
import { slotQuantile } from "../../../lib/core/forecast/quantiles.ts";
import { UNMEASURED_BANDS, UNMEASURED_ERRORS } from "../../../lib/core/forecast/unmeasured.ts";
import { daysOf, viewOf } from "../../../lib/core/forecast/view.ts";
import { DAY_SECONDS, utcDayOf } from "../../../lib/core/time.ts";
import { MONDAY, noise, pastOf, SLOTS_PER_DAY, shopLoad } from "./arrangeHistory.ts";
import { forecastFrom, historyFrom, serviceOf, WALL_CLOCK } from "./arrangeService.ts";

const WEEK_DAYS = 8;
const weekFrom = (history: History): Forecast => forecastFrom(history, WEEK_DAYS);

/** The middle path at an instant. */
function medianAt({ start, slotSeconds, median }: Forecast, at: number): number {
  return median[Math.floor((at - start) / slotSeconds)] as number;
}

const noonOf = (day: number): number => MONDAY + day * DAY_SECONDS + DAY_SECONDS / 2;
const share = (a: number, b: number): number => Math.abs(a / b - 1);

describe("with little history", () => {
  it.each([
    ["none", historyFrom([])],
    ["two samples", historyFrom([500, 600])],
    ["half a day", pastOf(0.5, shopLoad)],
    ["a day of gaps", pastOf(2, () => null)],
    ["an evening and a morning", pastOf(1.5, (at) => (at < MONDAY + 79_200 ? null : shopLoad(at)))],
  ])("%s gives no forecast", (_case, history) => {
    expect(ensemble().fit(history, SLOTS_PER_DAY, WALL_CLOCK)).toBeNull();
  });

  it("one day is repeated, with errors that are taken to be wide", () => {
    const history = pastOf(1, shopLoad);
    const forecast = weekFrom(history);
    expect(share(medianAt(forecast, noonOf(1)), 800)).toBeLessThan(0.1);
    expect(forecast.bands).toEqual(UNMEASURED_BANDS);
    expect(forecast.errors).toEqual(UNMEASURED_ERRORS);
    const noon = (noonOf(1) - forecast.start) / 300;
    expect(slotQuantile(forecast, MONDAY + DAY_SECONDS, noon, 0.95)).toBeGreaterThan(1.4 * 800);
    expect(forecast.score).toEqual({ loss: null, lossSameTimeLastWeek: null });
  });

  it("a few days give the day pattern, weekday or not", () => {
    expect(share(medianAt(weekFrom(pastOf(3, shopLoad)), noonOf(5)), 800)).toBeLessThan(0.1);
  });

  it("errors are measured as soon as days can be forecast again", () => {
    expect(weekFrom(historyFrom(serviceOf(1, 5))).errors).not.toEqual(UNMEASURED_ERRORS);
  });
});

describe("with weeks of history", () => {
  const forecast = weekFrom(pastOf(21, shopLoad));

  it.each([
    [0, 800],
    [4, 800],
    [5, 267],
    [6, 267],
  ])("day %i of the week is as it was", (day, load) => {
    expect(share(medianAt(forecast, noonOf(21 + day)), load)).toBeLessThan(0.1);
  });

  it("covers its slots: from the UTC day in which the history ends to the asked horizon", () => {
    const late = forecastFrom(pastOf(21.25, shopLoad), 3);
    expect(late.start).toBe(MONDAY + 21 * DAY_SECONDS);
    const slots = (0.25 + 3) * SLOTS_PER_DAY;
    expect([late.median, late.scale, late.naive].map(({ length }) => length)).toEqual([slots, slots, slots]);
    expect(late.minuteOfHour).toHaveLength(60);
    expect(share(medianAt(late, noonOf(21) - 25_200), 200)).toBeLessThan(0.1);
  });

  it("has what was a week before for its naive path", () => {
    const { naive, start } = forecast;
    for (const day of [1, 3, 6]) {
      const slot = (noonOf(21 + day) - start) / 300;
      expect(naive[slot]).toBeCloseTo(shopLoad(noonOf(14 + day)), 6);
    }
  });

  it("recent weeks count more than old ones", () => {
    const grown = weekFrom(pastOf(28, (at) => shopLoad(at) * (at < MONDAY + 14 * DAY_SECONDS ? 1 : 2)));
    const noon = medianAt(grown, noonOf(28));
    expect(noon).toBeGreaterThan(1.5 * 800);
    expect(noon).toBeLessThan(2.1 * 800);
  });

  it("is better than the same time last week on noisy days, and says so", () => {
    const noisy = weekFrom(pastOf(28, (at) => shopLoad(at) * (0.6 + 0.8 * noise(Math.floor(at / 300)))));
    expect(noisy.score.loss).toBeLessThan(0.9 * (noisy.score.lossSameTimeLastWeek as number));
  });

  it("names each candidate with its weights, which add up to one for each lead time", () => {
    const { weights, model } = forecast;
    expect(model).toBe("ensemble");
    expect(weights.map(({ candidate }) => candidate)).toEqual(DEFAULT_CANDIDATES.map(({ name }) => name));
    for (const bucket of [0, 1, 2]) {
      expect(weights.reduce((sum, each) => sum + (each.weights[bucket] as number), 0)).toBeCloseTo(1, 3);
    }
  });
});

describe("its candidates", () => {
  const silent: Candidate = {
    name: "silent",
    path: (_, __, count) => new Float64Array(count).fill(Number.NaN),
  };
  const absurd: Candidate = { name: "absurd", path: (_, __, count) => new Float64Array(count).fill(1e5) };
  const history = pastOf(16, shopLoad);

  it("may say nothing, or nonsense, beside one that is right", () => {
    const alone = ensemble([lastWeek]).fit(history, SLOTS_PER_DAY, WALL_CLOCK);
    const among = ensemble([silent, lastWeek, absurd]).fit(history, SLOTS_PER_DAY, WALL_CLOCK);
    expect(among?.weights.map(({ weights }) => weights[0])).toEqual([0, 1, 0]);
    const apart = among?.median.map((load, slot) => Math.abs(load - (alone?.median[slot] as number)));
    expect(Math.max(...(apart ?? [Number.NaN]))).toBeLessThan(1e-6);
  });

  it("that come alone are the forecast, under the name that is given", () => {
    const model = ensemble([yesterday], "as-yesterday").fit(history, SLOTS_PER_DAY, WALL_CLOCK);
    expect(model?.model).toBe("as-yesterday");
    expect(medianAt(model as Forecast, noonOf(16))).toBeCloseTo(800, 6);
  });

  it("that all say nothing make a forecast of nothing, not of NaN", () => {
    const forecast = ensemble([silent]).fit(history, SLOTS_PER_DAY, WALL_CLOCK);
    expect(forecast?.median.every((load) => load === 0)).toBe(true);
    expect(forecast?.scale.every((scale) => scale > 0)).toBe(true);
  });
});

describe("what is left out", () => {
  const plain = weekFrom(pastOf(21, shopLoad));

  it("a masked promotion leaves no trace a week later", () => {
    const sale = { start: noonOf(15), end: noonOf(15) + 7_200 };
    const load = (at: number): number => shopLoad(at) * (sale.start <= at && at < sale.end ? 4 : 1);
    const at = noonOf(22) + 3_600;
    const masked = medianAt(weekFrom(pastOf(21, load, [sale])), at);
    const unmasked = medianAt(weekFrom(pastOf(21, load)), at);
    expect(share(masked, medianAt(plain, at))).toBeLessThan(0.03);
    expect(unmasked).toBeGreaterThan(1.05 * masked);
  });

  it.each([
    ["gaps are not zeros", null],
    ["an outage of a busy target is no lack of demand", 0],
  ])("%s", (_what, seen) => {
    const isOut = (at: number): boolean => noonOf(17) <= at && at < noonOf(17) + 6 * 3_600;
    const without = weekFrom(pastOf(21, (at) => (isOut(at) ? seen : shopLoad(at))));
    const at = noonOf(24) + 3_600;
    expect(share(medianAt(without, at), medianAt(plain, at))).toBeLessThan(0.03);
  });

  it("a time of day that was never measured is as the nearest that was", () => {
    const blind = (at: number): boolean => Math.floor((at % DAY_SECONDS) / 3600) === 12;
    const forecast = weekFrom(pastOf(10, (at) => (blind(at) ? null : shopLoad(at))));
    const ordinary = medianAt(weekFrom(pastOf(10, shopLoad)), noonOf(10) + 1_800);
    expect(share(medianAt(forecast, noonOf(10) + 1_800), ordinary)).toBeLessThan(0.05);
  });
});

describe("any slot", () => {
  const minutes = serviceOf(3, 15);
  it.each([60, 600, 900, 1_800, 3_600])("of %i s gives about the path of five minutes", (slotSeconds) => {
    const fine = forecastFrom(historyFrom(minutes), 1);
    const other = forecastFrom(historyFrom(minutes, slotSeconds), 1);
    expect(other.slotSeconds).toBe(slotSeconds);
    const hourOf = ({ start, slotSeconds: each, median }: Forecast, hour: number): number => {
      const first = (MONDAY + 15 * DAY_SECONDS + 3_600 * hour - start) / each;
      const slots = median.subarray(first, first + 3_600 / each);
      return slots.reduce((sum, load) => sum + load, 0) / slots.length;
    };
    for (const hour of [3, 11, 15, 20])
      expect(share(hourOf(other, hour), hourOf(fine, hour))).toBeLessThan(0.12);
    expect(other.errors.horizonsSeconds).toEqual(fine.errors.horizonsSeconds);
  });

  it("keeps a burst on the hour at its minutes", () => {
    const bursting = minutes.map((load, minute) => (minute % 60 < 2 ? 4 * load : load));
    const { minuteOfHour } = forecastFrom(historyFrom(bursting), 1);
    expect(minuteOfHour[0]).toBeGreaterThan(1.6);
    expect(minuteOfHour[1]).toBeGreaterThan(1.6);
    expect(minuteOfHour[3]).toBeLessThan(0.6);
    expect(minuteOfHour[31]).toBe(1);
  });
});

it("is made from the past as it was known: the same past gives the same forecast, to the bit", () => {
  const minutes = serviceOf(4, 12);
  const once = weekFrom(historyFrom(minutes));
  expect(weekFrom(historyFrom(minutes))).toEqual(once);
  const longer = historyFrom([...minutes, ...new Array<number>(4 * 1_440).fill(99_999)]);
  const cut: History = {
    ...longer,
    mean: longer.mean.subarray(0, 12 * SLOTS_PER_DAY),
    peak: longer.peak.subarray(0, 12 * SLOTS_PER_DAY),
    minutes: longer.minutes.subarray(0, 12 * 1_440),
  };
  expect(weekFrom(cut)).toEqual(once);
});

it("does not change the history that it is given", () => {
  const history = pastOf(9, (at) => (at % 7 === 0 ? null : shopLoad(at)));
  const copy = structuredClone(history);
  weekFrom(history);
  expect(history).toEqual(copy);
  expect(
    dayTableOf(
      history,
      weekdaysIn(() => 0),
    ).days,
  ).toBe(9);
});

describe("its stored days", () => {
  const history = pastOf(10, shopLoad);
  const now = MONDAY + 10 * DAY_SECONDS + 1_200;
  const days = daysOf("chat", weekFrom(history), history, now);

  it("are whole UTC days from the current one on", () => {
    expect(days.map((day) => day.day).slice(0, 2)).toEqual([utcDayOf(now - DAY_SECONDS), utcDayOf(now)]);
    expect(days.every((day) => day.median.length === SLOTS_PER_DAY)).toBe(true);
  });

  it("give one view across midnight", () => {
    const view = viewOf(days, now, 3_600, DAY_SECONDS);
    if (view.kind === "missing") throw new Error(view.why);
    const before = days[0]?.median ?? [];
    const after = days[1]?.median ?? [];
    expect(view.start).toBe(MONDAY + 10 * DAY_SECONDS - 2_400);
    expect(view.median).toEqual([...before.slice(-8), ...after.slice(0, 17)]);
  });
});
