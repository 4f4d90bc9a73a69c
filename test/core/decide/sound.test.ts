/** What cannot be true becomes missing before anything looks at it. */
import { describe, expect, it } from "@jest/globals";
import { soundSituation } from "../../../lib/core/decide/sound.ts";
import type { ForecastView } from "../../../lib/core/forecast/forecast.ts";
import {
  aPolicy,
  aSituation,
  decided,
  forecastOf,
  loadOf,
  metricOf,
  minutes,
  NO_ERRORS,
  NOW,
  needBy,
  repeat,
  WHOLE_RESPONSE,
} from "../arrange.ts";

describe("a sound situation", () => {
  it("has no reading that cannot be a measurement", () => {
    const { load, metrics } = soundSituation(
      aSituation({ load: loadOf([1, Number.NaN, -2]), metrics: [metricOf([Number.POSITIVE_INFINITY, 3])] }),
    );
    expect(load?.values.slice(-3)).toEqual([1, null, null]);
    expect(metrics[0]?.values).toEqual([null, 3]);
  });

  const forecast = forecastOf(400);
  it.each([
    ["that is whole", forecast],
    ["that begins just now", { ...forecast, start: NOW }],
    ["that ends just now", { ...forecast, start: NOW - 59 * 300 }],
  ])("keeps a forecast %s", (_case, kept) => {
    expect(soundSituation(aSituation({ forecast: kept })).forecast).toEqual(kept);
  });

  const badSlot = (values: readonly number[], value: number): number[] =>
    values.map((each, i) => (i === 20 ? value : each));
  const errors = (parts: Partial<ForecastView["errors"]>): Partial<ForecastView> => ({
    errors: { ...NO_ERRORS, ...parts },
  });
  it.each<[string, Partial<ForecastView>, string]>([
    ["it is empty", { median: [], scale: [] }, "does not reach this time"],
    ["it ended before", { start: NOW - 60 * 300 }, "does not reach this time"],
    ["it has not begun", { start: NOW + 300 }, "does not reach this time"],
    ["scales are missing", { scale: [1, 1] }, "another number of scales"],
    ["a slot is no number", { median: badSlot(forecast.median, Number.NaN) }, "values that are no load"],
    ["a slot is negative", { median: badSlot(forecast.median, -1) }, "values that are no load"],
    [
      "a scale is infinite",
      { scale: badSlot(forecast.scale, Number.POSITIVE_INFINITY) },
      "values that are no load",
    ],
    [
      "it has no horizons",
      errors({ horizonsSeconds: [], response: [], spread: [], size: [], quantiles: [] }),
      "table of errors",
    ],
    ["it has no levels", errors({ levels: [], quantiles: [[], []] }), "table of errors"],
    ["a horizon has no row", errors({ quantiles: [[0, 0]] }), "table of errors"],
    ["a row is short", errors({ quantiles: [[0], [0, 0]] }), "table of errors"],
    [
      "an error is no number",
      errors({
        quantiles: [
          [0, Number.NaN],
          [0, 0],
        ],
      }),
      "table of errors",
    ],
    ["a horizon has no response", errors({ response: [WHOLE_RESPONSE] }), "table of errors"],
    [
      "a weight of the response is no number",
      errors({ response: [WHOLE_RESPONSE.with(0, Number.NaN), WHOLE_RESPONSE] }),
      "table of errors",
    ],
    [
      "the response has another number of terms, as an older program's",
      errors({ response: [WHOLE_RESPONSE.slice(1), WHOLE_RESPONSE.slice(1)] }),
      "table of errors",
    ],
    [
      "a weight of the spread is no number",
      errors({
        spread: [
          [1, 0, 0, 0],
          [1, 0, 0, Number.NaN],
        ],
      }),
      "table of errors",
    ],
    [
      "the spread has another number of terms",
      errors({
        spread: [
          [1, 0, 0],
          [1, 0, 0],
        ],
      }),
      "table of errors",
    ],
    ["a horizon has no size", errors({ size: [[1], []] }), "table of errors"],
    ["a size is endless", errors({ size: [[1], [Number.POSITIVE_INFINITY]] }), "table of errors"],
  ])("has no forecast when %s", (_case, parts, why) => {
    const shown = soundSituation(aSituation({ forecast: { ...forecast, ...parts } })).forecast;
    expect(shown).toEqual({ kind: "missing", why: expect.stringContaining(why) });
  });
});

describe("a forecast that cannot be read", () => {
  const broken = { ...forecastOf(400), median: [], scale: [] };

  it("is not taken for a forecast of no load: the readings decide, with their wide headroom", () => {
    const decision = decided(aPolicy(), aSituation({ forecast: broken, load: loadOf(300) }));
    expect(needBy(decision, "demand")?.units).toBe(5);
    expect(decision.notices.map(({ kind }) => kind)).toContain("no forecast");
  });

  it("holds everything when the readings are missing too", () => {
    const decision = decided(
      aPolicy(),
      aSituation({ forecast: broken, load: loadOf(repeat(60, null), NOW - minutes(30)) }),
    );
    expect(decision.desired).toBe(4);
    expect(needBy(decision, "as is")?.units).toBe(4);
  });
});
