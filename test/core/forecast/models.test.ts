/** Which model a policy gets, and that a target without seasons still learns from its last hour. */
import { describe, expect, it } from "@jest/globals";
import type { Forecast } from "../../../lib/core/forecast/forecast.ts";
import { forecastModelOf } from "../../../lib/core/forecast/models.ts";
import { UNMEASURED_ERRORS } from "../../../lib/core/forecast/unmeasured.ts";
import { aPolicy } from "../arrange.ts";
import { pastOf, SLOTS_PER_DAY, shopLoad } from "./arrangeHistory.ts";
import { historyFrom, serviceOf, WALL_CLOCK } from "./arrangeService.ts";

const modelOf = (forecast: "on" | "off") =>
  forecastModelOf(aPolicy({ demand: { ...aPolicy().demand, forecast } }));

const fitted = (forecast: "on" | "off", history = pastOf(8, shopLoad)): Forecast =>
  modelOf(forecast).fit(history, SLOTS_PER_DAY, WALL_CLOCK) as Forecast;

describe("the model of a target", () => {
  it("knows its seasons", () => {
    const { model, median } = fitted("on");
    expect(model).toBe("ensemble");
    expect(Math.max(...median)).toBeGreaterThan(2 * Math.min(...median));
  });

  it("without seasons is flat at the last day's level", () => {
    const { model, median } = fitted("off");
    expect(model).toBe("level");
    expect(new Set(median.slice(-SLOTS_PER_DAY)).size).toBe(1);
    expect(median.at(-1)).toBeGreaterThan(100);
    expect(median.at(-1)).toBeLessThan(800);
  });

  it("without seasons has learned what carries over from the last hour", () => {
    const { errors } = fitted("off", historyFrom(serviceOf(1, 8)));
    expect(errors).not.toEqual(UNMEASURED_ERRORS);
    const ofFiveMinutes = errors.response[errors.horizonsSeconds.indexOf(300)] as readonly number[];
    expect(ofFiveMinutes.reduce((sum, weight) => sum + weight, 0)).toBeGreaterThan(0.5);
  });

  it("without seasons says nothing either until a whole day is known", () => {
    expect(modelOf("off").fit(pastOf(0.5, shopLoad), SLOTS_PER_DAY, WALL_CLOCK)).toBeNull();
  });
});
