/** Whatever the past was, the forecast is a stated one: finite, never negative, rising with the level; or there is none. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { IANAZone } from "luxon";
import { forecastOver, outlookOf } from "../../../lib/core/decide/demand.ts";
import { weekdaysIn } from "../../../lib/core/forecast/calendar.ts";
import { ensemble } from "../../../lib/core/forecast/ensemble.ts";
import type { Calendar, Forecast, ForecastView } from "../../../lib/core/forecast/forecast.ts";
import { historyOf } from "../../../lib/core/forecast/history.ts";
import { packDay, unpackDay } from "../../../lib/core/forecast/packDay.ts";
import { slotQuantile } from "../../../lib/core/forecast/quantiles.ts";
import { daysOf, viewOf } from "../../../lib/core/forecast/view.ts";
import { DAY_SECONDS, type EpochSeconds } from "../../../lib/core/time.ts";
import { aPolicy, aSituation, instant, repeat } from "../arrange.ts";
import { MONDAY } from "./arrangeHistory.ts";
import { WALL_CLOCK } from "./arrangeService.ts";

const LEVELS = [0.001, 0.1, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999];
const STEP = 900;
const PER_DAY = DAY_SECONDS / STEP;

interface Past {
  readonly start?: EpochSeconds;
  readonly days: number;
  readonly load: (at: EpochSeconds, i: number) => number | null;
  readonly calendar?: Calendar;
  readonly stepSeconds?: number;
}

/** Slots of a quarter of an hour, as a source keeps them that has no minutes. */
function fitted({ start = MONDAY, days, load, calendar = WALL_CLOCK, stepSeconds = STEP }: Past) {
  const values = Array.from({ length: (days * DAY_SECONDS) / stepSeconds }, (_, i) =>
    load(start + i * stepSeconds, i),
  );
  const history = historyOf({ start, stepSeconds, values }, [], STEP);
  return { history, forecast: ensemble().fit(history, 2 * PER_DAY, calendar) };
}

const isRising = (values: readonly number[]): boolean =>
  values.every((value, i) => i === 0 || value >= (values[i - 1] as number));
const isSound = (value: number): boolean => Number.isFinite(value) && value >= 0;

/** Every number of a forecast, every quantile of its slots, and of the minutes ahead with a last hour of `lastHour`. */
function expectSound(past: Past, lastHour: readonly (number | null)[]): Forecast {
  const { history, forecast } = fitted(past);
  if (forecast === null) throw new Error("no forecast");
  const end = history.start + history.mean.length * STEP;
  expect([...forecast.median, ...forecast.naive, ...forecast.minuteOfHour].every(isSound)).toBe(true);
  expect(forecast.scale.every((scale) => isSound(scale) && scale > 0)).toBe(true);
  for (let slot = 0; slot < forecast.median.length; slot += 5) {
    const upper = LEVELS.map((level) => slotQuantile(forecast, end, slot, level));
    expect(upper.every(isSound) && isRising(upper)).toBe(true);
  }
  const days = daysOf("chat", forecast, history, end).map((day) => unpackDay(packDay(day)));
  const view = viewOf(days, end, 7_200, DAY_SECONDS) as ForecastView;
  const load = { metric: "invocations", statistic: "sum", end, values: lastHour } as const;
  const { seen } = outlookOf(aPolicy(), aSituation({ now: end, load, forecast: view }));
  for (const seconds of [60, 300, 1_800, 7_200]) {
    const upper = LEVELS.map((level) => forecastOver(view, seen, { from: end, to: end + seconds }, level));
    expect(upper.every(isSound) && isRising(upper)).toBe(true);
  }
  return forecast;
}

const day = (at: EpochSeconds): number =>
  400 - 300 * Math.cos((2 * Math.PI * (at % DAY_SECONDS)) / DAY_SECONDS);
const HOUR = repeat(60, 400);

describe("a hostile past", () => {
  it.each<[string, Past, readonly (number | null)[]]>([
    ["all zeros", { days: 10, load: () => 0 }, repeat(60, 0)],
    ["all zeros, and then a crowd", { days: 10, load: () => 0 }, repeat(60, 1e6)],
    ["a constant", { days: 10, load: () => 1_000 }, repeat(60, 1_000)],
    ["a constant that stops", { days: 10, load: () => 1_000 }, repeat(60, 0)],
    ["one day", { days: 1, load: day }, HOUR],
    ["two days", { days: 2, load: day }, HOUR],
    ["three days", { days: 3, load: day }, HOUR],
    ["a million millions", { days: 10, load: (at) => 1e12 * day(at) }, repeat(60, 4e14)],
    ["one slot of a million millions", { days: 10, load: (at, i) => (i === 700 ? 1e12 : day(at)) }, HOUR],
    [
      "less than one request a day",
      { days: 28, load: (_, i) => (i % 131 === 0 ? 1 / 15 : 0) },
      repeat(60, 0),
    ],
    ["one request ever", { days: 28, load: (_, i) => (i === 1_500 ? 1 : 0) }, [...repeat(59, 0), 1]],
    [
      "NaN, negative and infinite values",
      {
        days: 10,
        load: (at, i) =>
          [day(at), Number.NaN, -5, day(at), Number.POSITIVE_INFINITY, day(at)][i % 6] as number,
      },
      HOUR,
    ],
    [
      "readings of every other day",
      { days: 20, load: (at, i) => (Math.floor(i / PER_DAY) % 2 === 0 ? day(at) : null) },
      HOUR,
    ],
    [
      "one hour of the day alone",
      { days: 28, load: (at) => (at % DAY_SECONDS < 3_600 ? day(at) : null) },
      HOUR,
    ],
    [
      "two weeks of nothing known in the middle",
      { days: 28, load: (at, i) => (i > 5 * PER_DAY && i < 19 * PER_DAY ? null : day(at)) },
      HOUR,
    ],
    [
      "nothing known for the last week",
      { days: 21, load: (at, i) => (i > 14 * PER_DAY ? null : day(at)) },
      HOUR,
    ],
    [
      "a load that grows a hundredfold",
      { days: 20, load: (at, i) => day(at) * 100 ** (i / (20 * PER_DAY)) },
      repeat(60, 1e4),
    ],
    ["a last hour of gaps", { days: 10, load: day }, repeat(60, null)],
    ["a last hour that is absurd", { days: 10, load: day }, repeat(60, 1e12)],
  ])("%s: finite, never negative, rising with the level", (_what, past, lastHour) => {
    expectSound(past, lastHour);
  });

  it.each<[string, Past]>([
    ["nothing but negative values", { days: 10, load: () => -1 }],
    ["nothing but NaN", { days: 10, load: () => Number.NaN }],
    ["nothing but infinity", { days: 10, load: () => Number.POSITIVE_INFINITY }],
    ["a fifth of a day", { days: 0.2, load: day }],
  ])("%s: no forecast", (_what, past) => {
    expect(fitted(past).forecast).toBeNull();
  });

  it("of zeros is a forecast of zero, and of a constant one of the constant", () => {
    expect(Math.max(...(fitted({ days: 10, load: () => 0 }).forecast?.median ?? [Number.NaN]))).toBe(0);
    const median = fitted({ days: 10, load: () => 1_000 }).forecast?.median ?? Float64Array.of(Number.NaN);
    expect(Math.max(...median.map((load) => Math.abs(load - 1_000)))).toBeLessThan(10);
  });

  it("of any kind", () => {
    const values = fc.array(
      fc.oneof(
        // Below a billionth of a request the roots of the quantiles differ by less than what arithmetic loses.
        fc.double({ min: 1e-9, max: 1e12, noNaN: true }),
        fc.constantFrom(null, 0, Number.NaN, -5, Number.POSITIVE_INFINITY),
      ),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 9 }), values, (pattern, days, lastHour) => {
        const load = (_: EpochSeconds, i: number): number | null =>
          pattern[Math.floor(i / 8) % pattern.length] ?? null;
        if (fitted({ days, load }).forecast === null) return;
        expectSound({ days, load }, lastHour);
      }),
      { numRuns: 25 },
    );
  });
});

describe("the wall clock", () => {
  const zone = IANAZone.create("Europe/Berlin");
  const berlin = weekdaysIn((at) => zone.offset(at * 1_000) * 60);
  /** Open from 09:00 to 17:00 in Berlin. */
  const office = (at: EpochSeconds): number => {
    const hour = ((at + berlin.utcOffset(at)) % DAY_SECONDS) / 3_600;
    return hour >= 9 && hour < 17 ? 900 : 30;
  };
  const at = ({ start, median }: Forecast, iso: string): number =>
    median[(instant(iso) - start) / STEP] as number;

  it.each([
    ["forward in spring", "2025-03-08T00:00Z", "2025-03-31T06:45Z", "2025-03-31T07:00Z", "2025-03-31T15:00Z"],
    ["back in autumn", "2025-10-04T00:00Z", "2025-10-27T07:45Z", "2025-10-27T08:00Z", "2025-10-27T16:00Z"],
  ])("goes %s: the office opens by its own clock the day after", (_how, from, before, opens, closes) => {
    const start = instant(from);
    const past: Past = { start, days: 22, load: office, calendar: berlin };
    const forecast = expectSound(past, repeat(60, 30));
    expect(at(forecast, before)).toBeLessThan(300);
    expect(at(forecast, opens)).toBeGreaterThan(600);
    expect(at(forecast, closes)).toBeLessThan(300);
  });

  it.each([
    ["forward in spring", "2025-03-10T00:00Z", 28],
    ["back in autumn", "2025-10-06T00:00Z", 28],
  ])("went %s within the past: the days after are as before", (_how, from, days) => {
    const start = instant(from);
    const forecast = expectSound({ start, days, load: office, calendar: berlin }, repeat(60, 30));
    const end = start + days * DAY_SECONDS;
    for (const [slot, load] of forecast.median.subarray(forecast.median.length - 2 * PER_DAY).entries()) {
      const expected = office(end + slot * STEP);
      expect(Math.abs(load - expected)).toBeLessThan(0.35 * 900);
    }
  });

  it("has no odd day at the end of February: a leap day is a day like others", () => {
    const weekend = (time: EpochSeconds): number =>
      Math.floor((time - instant("2024-02-05T00:00Z")) / DAY_SECONDS) % 7 >= 5 ? 0.3 : 1;
    const start = instant("2024-02-05T00:00Z");
    const past: Past = { start, days: 24, load: (time) => day(time) * weekend(time) };
    const { history, forecast } = fitted(past);
    expectSound(past, HOUR);
    const days = daysOf("chat", forecast as Forecast, history, start + 24 * DAY_SECONDS).map(
      (each) => each.day,
    );
    expect(days).toEqual(["2024-02-28", "2024-02-29", "2024-03-01"]);
    for (const iso of ["2024-02-29T12:00Z", "2024-03-01T12:00Z"]) {
      expect(Math.abs(at(forecast as Forecast, iso) / 700 - 1)).toBeLessThan(0.1);
    }
  });
});
