import { describe, expect, it } from "@jest/globals";
import type { ForecastDay } from "../../../../lib/core/forecast/forecast.ts";
import { SHOWN_LEVELS } from "../../../../lib/core/forecast/show/result.ts";
import { followOn, pastOf, shownDays } from "../../../../lib/core/forecast/show/shownForecast.ts";
import { DAY_SECONDS, HOUR_SECONDS } from "../../../../lib/core/time.ts";
import { instant, repeat } from "../../arrange.ts";
import { aForecastDay } from "../aForecastDay.ts";

const ABOUT = { name: "chat", timeZone: "UTC", masked: [], notes: [], leads: null };
const AT = instant("2025-11-11T22:03Z");
const tuesday = aForecastDay({ median: repeat(288, 100), naive: repeat(288, 90) });
const wednesday = aForecastDay({ day: "2025-11-12", median: repeat(288, 400) });

describe("stored days as they are shown", () => {
  const shown = shownDays([tuesday, wednesday], null, { at: AT, aheadSeconds: 4 * HOUR_SECONDS }, ABOUT);

  it("begin with the slot of the moment and reach as far as was asked for, across midnight", () => {
    expect(shown.start).toBe(instant("2025-11-11T22:00Z"));
    expect(shown.quantiles.map((row) => row.length)).toEqual([49, 49, 49]);
    expect(shown.sameTimeLastWeek.slice(0, 24)).toEqual(repeat(24, 90));
  });

  it("have quantiles that rise with the level in every slot", () => {
    expect(shown.levels).toEqual(SHOWN_LEVELS);
    const [middle = [], upper = [], highest = []] = shown.quantiles;
    expect(middle.every((value, i) => value < (upper[i] as number))).toBe(true);
    expect(upper.every((value, i) => value < (highest[i] as number))).toBe(true);
  });

  it("tell what they were made from", () => {
    const { model, madeAt, weights, score, history } = tuesday;
    expect(shown).toMatchObject({ source: "table", model, madeAt, weights, score, history, past: null });
  });

  it("end where no further day is stored", () => {
    const far = shownDays([tuesday], null, { at: AT, aheadSeconds: 8 * DAY_SECONDS }, ABOUT);
    expect(far.quantiles[0]).toHaveLength(24);
  });

  it("are refused where there are none", () => {
    expect(() => shownDays([], null, { at: AT, aheadSeconds: 1 }, ABOUT)).toThrow("no day is stored");
  });

  it.each<readonly [string, readonly ForecastDay[], number]>([
    ["all that follow", [tuesday, wednesday], 2],
    ["none after a day that is missing", [tuesday, aForecastDay({ day: "2025-11-13" })], 1],
    ["none after other slots", [tuesday, aForecastDay({ day: "2025-11-12", slotSeconds: 900 })], 1],
    ["nothing of nothing", [], 0],
  ])("are joined: %s", (_which, days, count) => {
    expect(followOn(days)).toEqual(days.slice(0, count));
  });
});

it("the past that is shown is the last two weeks, with gaps as null", () => {
  const mean = Float64Array.from({ length: 20 * 24 }, (_, i) => (i === 479 ? Number.NaN : i));
  const minutes = new Float64Array(0);
  const { start, values } = pastOf({ start: 0, slotSeconds: HOUR_SECONDS, mean, peak: mean, minutes });
  expect(start).toBe(6 * DAY_SECONDS);
  expect(values).toHaveLength(14 * 24);
  expect([values[0], values.at(-2), values.at(-1)]).toEqual([144, 478, null]);
});
