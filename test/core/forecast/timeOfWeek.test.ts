/** The first forecast from end to end: what it learns from which past, and how sure it is. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { forecastOver } from "../../../lib/core/decide/demand.ts";
import type { Forecast, ForecastView, History } from "../../../lib/core/forecast/forecast.ts";
import { historyOf } from "../../../lib/core/forecast/history.ts";
import { timeOfWeek } from "../../../lib/core/forecast/timeOfWeek.ts";
import { daysNeeded, daysOf, viewOf } from "../../../lib/core/forecast/view.ts";
import { DAY_SECONDS, utcDayOf } from "../../../lib/core/time.ts";
import { MONDAY, noise, pastOf, SLOTS_PER_DAY, shopLoad, UTC } from "./arrangeHistory.ts";

const WEEK_SLOTS = 8 * SLOTS_PER_DAY;

function forecastFrom(history: History): Forecast {
  const forecast = timeOfWeek.fit(history, WEEK_SLOTS, UTC);
  if (forecast === null) throw new Error("no forecast");
  return forecast;
}

/** The middle path at an instant. */
function medianAt({ start, slotSeconds, median }: Forecast, at: number): number {
  return median[Math.floor((at - start) / slotSeconds)] as number;
}

const noonOf = (day: number): number => MONDAY + day * DAY_SECONDS + DAY_SECONDS / 2;
const isSound = (value: number): boolean => Number.isFinite(value) && value >= 0;

describe("with little history", () => {
  it.each([
    ["none", historyOf({ start: MONDAY, stepSeconds: 60, values: [] }, [])],
    ["half a day", pastOf(0.5, shopLoad)],
    ["a day of gaps", pastOf(2, () => null)],
    ["an evening and a morning", pastOf(1.5, (at) => (at < MONDAY + 79_200 ? null : shopLoad(at)))],
  ])("%s gives no forecast", (_case, history) => {
    expect(timeOfWeek.fit(history, WEEK_SLOTS, UTC)).toBeNull();
  });

  it("one day is repeated, with errors that are taken to be wide", () => {
    const forecast = forecastFrom(pastOf(1, shopLoad));
    expect(medianAt(forecast, noonOf(1))).toBeCloseTo(800, 0);
    const [first = []] = forecast.errors.quantiles;
    const upper = (Math.sqrt(800) + (first[3] as number) * (forecast.scale[0] as number)) ** 2;
    expect(upper).toBeGreaterThan(1.4 * 800);
  });

  it("a few days give the day pattern, weekday or not", () => {
    expect(medianAt(forecastFrom(pastOf(3, shopLoad)), noonOf(5))).toBeCloseTo(800, 0);
  });
});

describe("with weeks of history", () => {
  const forecast = forecastFrom(pastOf(21, shopLoad));

  it.each([
    [0, 800],
    [4, 800],
    [5, 267],
    [6, 267],
  ])("day %i of the week is as it was", (day, load) => {
    expect(Math.abs(medianAt(forecast, noonOf(21 + day)) - load) / load).toBeLessThan(0.15);
  });

  it("recent weeks count more than old ones", () => {
    const grown = forecastFrom(pastOf(28, (at) => shopLoad(at) * (at < MONDAY + 14 * DAY_SECONDS ? 1 : 2)));
    const noon = medianAt(grown, noonOf(28));
    expect(noon).toBeGreaterThan(1.5 * 800);
    expect(noon).toBeLessThan(2 * 800);
  });

  it("is better than the same time last week on noisy days, and says so", () => {
    const noisy = forecastFrom(pastOf(28, (at) => shopLoad(at) * (0.6 + 0.8 * noise(Math.floor(at / 300)))));
    expect(noisy.score.loss).toBeLessThan(noisy.score.lossSameTimeLastWeek as number);
  });
});

describe("what is left out", () => {
  const plain = forecastFrom(pastOf(21, shopLoad));

  it("a masked promotion leaves no trace a week later", () => {
    const sale = { start: noonOf(15), end: noonOf(15) + 7_200 };
    const load = (at: number): number => shopLoad(at) * (sale.start <= at && at < sale.end ? 4 : 1);
    const masked = medianAt(forecastFrom(pastOf(21, load, [sale])), noonOf(22) + 3_600);
    const unmasked = medianAt(forecastFrom(pastOf(21, load)), noonOf(22) + 3_600);
    expect(Math.abs(masked / medianAt(plain, noonOf(22) + 3_600) - 1)).toBeLessThan(0.03);
    expect(unmasked).toBeGreaterThan(1.3 * masked);
  });

  it("gaps are not zeros", () => {
    const outage = (at: number): boolean => noonOf(17) <= at && at < noonOf(17) + 6 * 3_600;
    const withGap = forecastFrom(pastOf(21, (at) => (outage(at) ? null : shopLoad(at))));
    expect(
      Math.abs(medianAt(withGap, noonOf(24) + 3_600) / medianAt(plain, noonOf(24) + 3_600) - 1),
    ).toBeLessThan(0.02);
  });

  it("a time of day that was never measured is as the nearest that was", () => {
    const blind = (at: number): boolean => Math.floor((at % DAY_SECONDS) / 3600) === 12;
    const forecast = forecastFrom(pastOf(10, (at) => (blind(at) ? null : shopLoad(at))));
    const ordinary = medianAt(forecastFrom(pastOf(10, shopLoad)), noonOf(10) + 1_800);
    expect(Math.abs(medianAt(forecast, noonOf(10) + 1_800) / ordinary - 1)).toBeLessThan(0.03);
  });
});

/** The stored days as a decision at `now` would see them. */
function viewAt(history: History, now: number): ForecastView {
  const days = daysOf("chat", forecastFrom(history), history, now);
  const view = viewOf(days, now, 7_200, DAY_SECONDS);
  if (view.kind === "missing") throw new Error(view.why);
  return view;
}

describe("the errors", () => {
  /** Half as much to half as much again, anew every five minutes. */
  const noisy = (at: number): number => shopLoad(at) * (0.5 + noise(Math.floor(at / 300)));

  it.each([
    [900, 0.9],
    [900, 0.95],
    [1800, 0.95],
  ])("over %i s cover the highest load of days not seen at level %d", (horizonSeconds, level) => {
    const history = pastOf(22, noisy);
    const end = MONDAY + 22 * DAY_SECONDS;
    const view = { ...viewAt(history, end), start: end };
    const forecast = forecastFrom(history);
    let covered = 0;
    let origins = 0;
    let provided = 0;
    let needed = 0;
    for (let at = end; at < end + 4 * DAY_SECONDS; at += 1_800) {
      const first = (at - forecast.start) / 300;
      const whole = {
        ...view,
        start: at,
        median: [...forecast.median.subarray(first, first + 12)],
        scale: [...forecast.scale.subarray(first, first + 12)],
      };
      const upper = forecastOver(whole, 1, at, horizonSeconds, level);
      let highest = 0;
      for (let minute = 0; minute < horizonSeconds; minute += 60)
        highest = Math.max(highest, noisy(at + minute));
      if (highest <= upper) covered++;
      origins++;
      provided += upper;
      needed += highest;
    }
    expect(covered / origins).toBeGreaterThan(level - 0.06);
    expect(provided / needed).toBeLessThan(1.5);
  });

  it("rise with the level and with the horizon", () => {
    const { quantiles } = forecastFrom(pastOf(15, noisy)).errors;
    for (const row of quantiles) expect([...row].sort((a, b) => a - b)).toEqual([...row]);
    const upper = quantiles.map((row) => row[3] as number);
    expect(upper.at(-1)).toBeGreaterThanOrEqual(upper[0] as number);
  });

  it("choose a strong correction where whole days differ, and a weak one where minutes do", () => {
    const wholeDays = (at: number): number =>
      shopLoad(at) * (0.4 + 1.2 * noise(Math.floor(at / DAY_SECONDS)));
    const strong = forecastFrom(pastOf(21, wholeDays)).errors.correction;
    const weak = forecastFrom(pastOf(21, (at) => shopLoad(at) * (0.2 + 1.6 * noise(Math.floor(at / 300)))))
      .errors.correction;
    expect(strong[4]).toBeGreaterThanOrEqual(0.75);
    expect(weak[4]).toBeLessThanOrEqual(0.5);
  });
});

describe("any past", () => {
  const values = fc.array(
    fc.oneof(
      fc.double({ min: 0, max: 1e12, noNaN: true }),
      fc.constantFrom(null, 0, Number.NaN, -5, Number.POSITIVE_INFINITY),
    ),
    { minLength: 1, maxLength: 40 },
  );

  it("gives finite paths that are never negative, and quantiles that rise", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 9 }), (pattern, days) => {
        const history = pastOf(
          days,
          (at) => pattern[Math.floor((at - MONDAY) / 7_200) % pattern.length] ?? null,
        );
        const forecast = timeOfWeek.fit(history, SLOTS_PER_DAY, UTC);
        if (forecast === null) return;
        expect(forecast.median.every(isSound)).toBe(true);
        expect(forecast.scale.every((value) => isSound(value) && value > 0)).toBe(true);
        for (const row of forecast.errors.quantiles) {
          expect(row.every(Number.isFinite)).toBe(true);
          expect([...row].sort((a, b) => a - b)).toEqual([...row]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("before an instant alone decides the forecast made then", () => {
    const until = pastOf(12, shopLoad);
    const longer = pastOf(16, (at) => (at < MONDAY + 12 * DAY_SECONDS ? shopLoad(at) : 9_999));
    const cut: History = {
      ...longer,
      mean: longer.mean.slice(0, until.mean.length),
      peak: longer.peak.slice(0, until.peak.length),
    };
    expect(forecastFrom(cut)).toEqual(forecastFrom(until));
  });
});

describe("stored days", () => {
  const history = pastOf(10, shopLoad);
  const now = MONDAY + 10 * DAY_SECONDS + 1_200;
  const days = daysOf("chat", forecastFrom(history), history, now);

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

  it.each([
    ["the day is not stored", [], "no forecast is stored for this day"],
    [
      "it is older than the policy allows",
      days.map((day) => ({ ...day, madeAt: now - 90_000 })),
      "the stored forecast is 25 h old",
    ],
  ])("are missing when %s", (_case, stored, why) => {
    expect(viewOf(stored, now, 3_600, DAY_SECONDS)).toMatchObject({ kind: "missing", why });
  });

  it.each([
    ["2025-10-16T12:00Z", ["2025-10-16"]],
    ["2025-10-16T00:30Z", ["2025-10-15", "2025-10-16"]],
    ["2025-10-16T23:30Z", ["2025-10-16", "2025-10-17"]],
  ])("at %s %j are read", (at, needed) => {
    expect(daysNeeded(Date.parse(at) / 1000, 3_600)).toEqual(needed);
  });
});
