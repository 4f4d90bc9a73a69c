/** A day that is not whole and sound is neither stored nor read, and says what is wrong with it. */
import { describe, expect, it } from "@jest/globals";
import type { ForecastDay } from "../../../lib/core/forecast/forecast.ts";
import { type PackedForecastDay, packDay, unpackDay } from "../../../lib/core/forecast/packDay.ts";
import { repeat } from "../arrange.ts";
import { aForecastDay, anErrorTable, anIdleTable, someBands } from "./aForecastDay.ts";

const withSlot = (values: readonly number[], slot: number, value: number): number[] =>
  values.map((each, i) => (i === slot ? value : each));

describe("a forecast day that is not whole and sound", () => {
  const good = aForecastDay();
  const errors = anErrorTable();
  const weighed = (candidate: string, weights: number[]) => ({ candidate, weights });
  const cases: readonly (readonly [string, Partial<ForecastDay>, RegExp])[] = [
    ["another version", { version: 2 as never }, /version 2, this program knows version 3/],
    ["no date", { day: "11.11.2025" }, /must be a date such as 2025-11-11/],
    ["a date that is none", { day: "2025-02-30" }, /must be a date/],
    ["slots that do not divide the day", { slotSeconds: 700 }, /slotSeconds is 700/],
    ["slots of no length", { slotSeconds: 0 }, /slotSeconds is 0/],
    [
      "slots of half a minute",
      { slotSeconds: 30 },
      /slotSeconds is 30, allowed are whole seconds from 60 to 3600/,
    ],
    ["slots of two hours", { slotSeconds: 7_200 }, /slotSeconds is 7200/],
    ["slots without end", { slotSeconds: Number.POSITIVE_INFINITY }, /slotSeconds is Infinity/],
    ["no instant of making", { madeAt: Number.NaN }, /madeAt and history must be instants, got NaN/],
    ["a share below nought", { history: { ...good.history, missingShare: -0.1 } }, /missingShare is -0.1/],
    ["a share above one", { history: { ...good.history, missingShare: 1.2 } }, /missingShare is 1.2/],
    ["half a gap", { history: { ...good.history, gaps: 0.5 } }, /gaps is 0.5, allowed is a whole number/],
    ["a naive slot too few", { naive: good.naive.slice(1) }, /naive has 287 values/],
    ["a missing naive slot", { naive: withSlot(good.naive, 5, Number.NaN) }, /naive\[5\] is NaN/],
    ["no bands", { bands: someBands({ leadsSeconds: [] }) }, /bands.leadsSeconds must rise.* got none/],
    ["bands of no level", { bands: someBands({ levels: [] }) }, /bands.levels must rise between 0 and 1/],
    ["a band too few", { bands: someBands({ quantiles: [] }) }, /bands.quantiles has 0 rows, 4 are needed/],
    [
      "a weight too few",
      { weights: [weighed("a", [0.5, 1]), weighed("b", [0.5])] },
      /weights of b must be 2/,
    ],
    ["a weight below nought", { weights: [weighed("a", [-1]), weighed("b", [2])] }, /weights of a.*got -1/],
    ["weights that do not add up", { weights: [weighed("a", [0.4])] }, /bucket 0 add up to 0.4, not to 1/],
    ["a negative score", { score: { loss: -1, lossSameTimeLastWeek: null } }, /score holds -1/],
    ["a slot too few", { median: good.median.slice(1) }, /median has 287 values, a day has 288 slots/],
    ["a scale too many", { scale: [...good.scale, 1] }, /scale has 289 values/],
    ["a missing median", { median: withSlot(good.median, 17, Number.NaN) }, /median\[17\] is NaN/],
    ["a negative median", { median: withSlot(good.median, 3, -0.5) }, /median\[3\] is -0.5, allowed is 0 to/],
    [
      "an endless median",
      { median: withSlot(good.median, 0, Number.POSITIVE_INFINITY) },
      /median\[0\] is Inf/,
    ],
    ["a negative scale", { scale: withSlot(good.scale, 9, -1) }, /scale\[9\] is -1/],
    [
      "a chance too few",
      { idle: anIdleTable(288, { byAge: [0.5] }) },
      /idle.byAge has 1 values, 130 are needed/,
    ],
    ["a chance above one", { idle: anIdleTable(288, { byAge: repeat(130, 1.5) }) }, /idle.byAge\[0\] is 1.5/],
    ["rates of other slots", { idle: anIdleTable(96) }, /idle.rate has 96 values, 288 are needed/],
    [
      "a negative factor",
      { idle: anIdleTable(288, { minuteOfHour: repeat(60, -1) }) },
      /minuteOfHour\[0\] is -1/,
    ],
    [
      "an unknown load after pauses",
      { idle: anIdleTable(288, { firstLoad: Number.NaN }) },
      /loads NaN and 0.75/,
    ],
    ["no horizons", { errors: { ...errors, horizonsSeconds: [] } }, /horizonsSeconds must rise.* got none/],
    [
      "a horizon of nothing",
      { errors: { ...errors, horizonsSeconds: [0, 300] } },
      /must rise from above 0, got 0/,
    ],
    [
      "an endless horizon",
      { errors: { ...errors, horizonsSeconds: [1, Number.POSITIVE_INFINITY] } },
      /got 1, Inf/,
    ],
    ["no levels", { errors: { ...errors, levels: [] } }, /levels must rise between 0 and 1, got none/],
    ["falling horizons", { errors: { ...errors, horizonsSeconds: [600, 300] } }, /horizonsSeconds must rise/],
    ["a level of one", { errors: { ...errors, levels: [0.5, 1] } }, /levels must rise between 0 and 1/],
    [
      "a response too few",
      { errors: { ...errors, response: [[1]] } },
      /response must be 9 rows of 11 numbers/,
    ],
    [
      "responses to other terms than this program knows",
      { errors: { ...errors, response: repeat(9, repeat(7, 0.25)) } },
      /response must be 9 rows of 11 numbers.*, got 0.25, .*; make the forecast anew/,
    ],
    [
      "a response with a term too many",
      { errors: { ...errors, response: errors.response.map((row, h) => (h === 8 ? [...row, 0] : row)) } },
      /response must be 9 rows of 11 numbers/,
    ],
    [
      "a spread with a term too few",
      { errors: { ...errors, spread: repeat(9, [1, 0, 0]) } },
      /spread must be 9 rows of 4 numbers/,
    ],
    ["a spread without weights", { errors: { ...errors, spread: repeat(9, []) } }, /spread must be 9 rows/],
    ["a negative size", { errors: { ...errors, size: repeat(9, [-1]) } }, /size must be 9 rows.*, got -1/],
    [
      "minutes of half an hour",
      { minuteOfHour: repeat(30, 1) },
      /minuteOfHour must be 60 numbers of at least 0, got 30/,
    ],
    [
      "a row too few",
      { errors: { ...errors, quantiles: errors.quantiles.slice(1) } },
      /quantiles has 8 rows, 9 are needed/,
    ],
    [
      "a short row",
      { errors: { ...errors, quantiles: repeat(9, [1, 2]) } },
      /quantiles\[0\] must be 8 finite/,
    ],
    [
      "quantiles that fall",
      { errors: { ...errors, quantiles: repeat(9, [8, 7, 6, 5, 4, 3, 2, 1]) } },
      /quantiles\[0\].* do not fall, got 8, 7/,
    ],
    [
      "a quantile that is none",
      { errors: { ...errors, quantiles: repeat(9, repeat(8, Number.NaN)) } },
      /got NaN/,
    ],
  ];

  it.each(cases)("is not packed with %s, and the error names it", (_case, parts, message) => {
    const day = aForecastDay({ target: "search", ...parts });
    expect(() => packDay(day)).toThrow(message);
    expect(() => packDay(day)).toThrow(`forecast of search for ${day.day}: `);
  });

  const packed = packDay(good);
  const { median, scale } = packed;
  const damaged: readonly (readonly [string, Partial<PackedForecastDay>, RegExp])[] = [
    ["another version", { version: 4 as never }, /version 4, this program knows version 3/],
    ["no version", { version: undefined as never }, /version undefined/],
    [
      "a lost byte",
      { median: { ...median, codes: median.codes.slice(1) } },
      /median has 575 bytes, 576 are needed/,
    ],
    ["a scale too few", { scale: { ...scale, codes: scale.codes.slice(2) } }, /scale has 574 bytes/],
    ["other slots than its bytes", { slotSeconds: 600 }, /median has 576 bytes, 288 are needed/],
    [
      "a lost band",
      { bands: { ...packed.bands, levels: [0.5] } },
      /bands.quantiles has 176 bytes, 16 are needed/,
    ],
    [
      "a lost quantile",
      { errors: { ...packed.errors, quantiles: new Uint8Array(284) } },
      /has 284 bytes, 288/,
    ],
    ["a lost horizon", { errors: { ...packed.errors, horizonsSeconds: [300] } }, /288 bytes, 32 are needed/],
    ["a negative highest median", { median: { ...median, highest: -1 } }, /median\[0\] is -/],
    ["no highest scale", { scale: { ...scale, highest: Number.NaN } }, /scale\[0\] is NaN/],
    [
      "quantiles that are no numbers",
      { errors: { ...packed.errors, quantiles: new Uint8Array(288).fill(0xff) } },
      /quantiles\[0\] must be 8 finite numbers/,
    ],
  ];

  it.each(damaged)("is not unpacked with %s, and the error names it", (_case, parts, message) => {
    expect(() => unpackDay({ ...packed, ...parts })).toThrow(message);
    expect(() => unpackDay({ ...packed, ...parts })).toThrow("forecast of chat for 2025-11-11: ");
  });
});
