/** Rows of another model as forecasts: quantiles that come back as they were given, and days that the store takes. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { checkDay } from "../../../../lib/core/forecast/checkDay.ts";
import { isFailed, type SlotQuantiles } from "../../../../lib/core/forecast/compare/forecaster.ts";
import { externalForecast } from "../../../../lib/core/forecast/external/externalForecast.ts";
import { rowForecaster, sharedOrigins } from "../../../../lib/core/forecast/external/rowForecaster.ts";
import type { Calendar, History } from "../../../../lib/core/forecast/forecast.ts";
import { historyOf } from "../../../../lib/core/forecast/history.ts";
import { slotQuantile } from "../../../../lib/core/forecast/quantiles.ts";
import { UNMEASURED_ERRORS } from "../../../../lib/core/forecast/unmeasured.ts";
import { daysOf } from "../../../../lib/core/forecast/view.ts";
import { DAY_SECONDS } from "../../../../lib/core/time.ts";
import { instant } from "../../arrange.ts";
import { anErrorTable } from "../aForecastDay.ts";
import { aRow } from "./arrange.ts";

const END = instant("2025-11-11T08:00Z");
const MIDNIGHT = instant("2025-11-11T00:00Z");
const UTC: Calendar = { utcOffset: () => 0, kindOf: (day) => day % 7 };

const hoursBefore = (days: number, load: (hour: number) => number): History =>
  historyOf(
    {
      start: END - days * DAY_SECONDS,
      stepSeconds: 3600,
      values: Array.from({ length: days * 24 }, (_, hour) => load(hour)),
    },
    [],
    3600,
  );
const empty = historyOf({ start: END, stepSeconds: 3600, values: [] }, [], 3600);

describe("a row as a forecast", () => {
  it("gives its quantiles back, at every lead time", () => {
    const forecast = externalForecast(
      aRow({}, 48, (hour) => 50 + hour),
      empty,
      null,
    );
    for (const hour of [0, 1, 5, 23, 47]) {
      for (const [level, factor] of [
        [0.5, 1],
        [0.9, 1.5],
        [0.95, 2],
        [0.99, 3],
      ] as const) {
        expect(slotQuantile(forecast, END, 8 + hour, level)).toBeCloseTo((50 + hour) * factor ** 2, 6);
      }
    }
  });

  it("begins with the UTC day: from the history where that is known, otherwise from the next day", () => {
    const row = aRow({}, 48, (hour) => hour);
    expect([...externalForecast(row, empty, null).median.subarray(0, 9)]).toEqual([
      16, 17, 18, 19, 20, 21, 22, 23, 0,
    ]);
    const known = externalForecast(
      row,
      hoursBefore(2, (hour) => 1_000 + hour),
      null,
    );
    expect(known.start).toBe(MIDNIGHT);
    expect([...known.median.subarray(6, 9)]).toEqual([1_046, 1_047, 0]);
  });

  it("has last week's load beside it as what it has to beat, or else its own path", () => {
    const { naive } = externalForecast(
      aRow({}, 48),
      hoursBefore(14, (hour) => hour),
      null,
    );
    expect(naive[8]).toBe(7 * 24);
    expect(naive[0]).toBe(7 * 24 - 8);
    expect(externalForecast(aRow({}, 48), empty, null).naive[8]).toBe(100);
  });

  it("takes the errors that were measured on the target, or those that are assumed to be wide", () => {
    const measured = anErrorTable();
    expect(externalForecast(aRow(), empty, measured).errors).toBe(measured);
    expect(externalForecast(aRow(), empty, null).errors).toBe(UNMEASURED_ERRORS);
  });

  it("makes days that the store takes, of any row that is sound", () => {
    const anyRow = fc.record({
      startHour: fc.integer({ min: -8, max: 4 }),
      slots: fc.array(
        fc.array(fc.double({ min: 0, max: 1e30, noNaN: true }), { minLength: 3, maxLength: 3 }),
        {
          minLength: 40,
          maxLength: 90,
        },
      ),
    });
    fc.assert(
      fc.property(anyRow, fc.boolean(), ({ startHour, slots }, hasHistory) => {
        const sorted = slots.map((values) => values.toSorted((a, b) => a - b));
        const row = aRow({
          start: END + startHour * 3600,
          levels: [0.5, 0.9, 0.999],
          quantiles: [0, 1, 2].map((l) => sorted.map((values) => values[l] as number)),
        });
        const history = hasHistory ? hoursBefore(10, (hour) => hour) : empty;
        const days = daysOf("chat", externalForecast(row, history, null), history, END);
        expect(days.length).toBeGreaterThan(0);
        for (const day of days) checkDay(day);
      }),
    );
  });
});

describe("rows as a forecaster", () => {
  const history = hoursBefore(8, () => 5);
  const forecaster = rowForecaster("lstm", [aRow({}, 24, (hour) => hour)]);

  it("say what they say at the end of their history, and interpolate levels on the square-root scale", () => {
    const [middle, between, top] = forecaster.quantiles(
      history,
      24,
      [0.5, 0.925, 0.999],
      UTC,
    ) as SlotQuantiles;
    expect(middle?.[7]).toBeCloseTo(7, 9);
    expect(between?.[7]).toBeCloseTo(7 * 1.75 ** 2, 9);
    expect(top?.[7]).toBeCloseTo(7 * 9, 9);
  });

  it("stand for all the slots inside theirs", () => {
    const fine = historyOf(
      { start: END - 3600, stepSeconds: 300, values: Array.from({ length: 12 }, () => 1) },
      [],
    );
    const [middle] = forecaster.quantiles(fine, 288, [0.5], UTC) as SlotQuantiles;
    expect([middle?.[11], middle?.[12], middle?.[287]].map((each) => Math.round(each ?? -1))).toEqual([
      0, 1, 23,
    ]);
  });

  it.each([
    ["another moment", hoursBefore(8, () => 5), aRow({ historyEnd: END - 3600 }), "no row has this end"],
    ["less than the horizon", history, aRow({}, 12), "does not cover the 24 h"],
    ["slots of another size", history, aRow({ slotSeconds: 1800 }, 96), "not whole multiples of the 3600 s"],
  ])("fail for %s, and say why", async (_, past, row, why) => {
    const attempt = await rowForecaster("lstm", [row]).quantiles(past, 24, [0.5], UTC);
    expect(isFailed(attempt) && attempt.why).toContain(why);
  });

  it("of several models are compared where all have one", () => {
    const at = (...ends: number[]) => ends.map((historyEnd) => aRow({ historyEnd }));
    expect(sharedOrigins([at(3, 1, 2), at(2, 3, 4)])).toEqual([2, 3]);
    expect(sharedOrigins([])).toEqual([]);
  });
});
