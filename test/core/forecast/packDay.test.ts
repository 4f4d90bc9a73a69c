import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { RESPONSE_TERMS, SPREAD_TERMS } from "../../../lib/core/forecast/conditional/terms.ts";
import type { ForecastDay } from "../../../lib/core/forecast/forecast.ts";
import { type PackedForecastDay, packDay, unpackDay } from "../../../lib/core/forecast/packDay.ts";
import { repeat } from "../arrange.ts";
import { aForecastDay, anErrorTable, anIdleTable, someBands } from "./aForecastDay.ts";

const withSlot = (values: readonly number[], slot: number, value: number): number[] =>
  values.map((each, i) => (i === slot ? value : each));

/** The item as a JSON document with its bytes in base 64: more than any table needs for it. */
const jsonOf = (packed: PackedForecastDay): string =>
  JSON.stringify(packed, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
  );

/** Everything a day can hold, at its largest: 12 candidates, and a table of errors with 16 horizons. */
function aFullDay(slotSeconds: number): ForecastDay {
  const horizonsSeconds = repeat(16, 0).map((_, h) => 60 * (h + 1));
  const levels = repeat(12, 0).map((_, l) => (l + 1) / 13);
  const noisy = (rows: number): number[][] =>
    repeat(rows, 0).map((_, r) => levels.map((_, l) => l + Math.abs(Math.sin(r * 12.9898)) / 2));
  /** By horizon; three decimals, as they are measured. */
  const thousandths = (columns: number): number[][] =>
    horizonsSeconds.map((_, h) =>
      repeat(columns, 0).map((_, i) => Math.round(1000 + 999 * Math.sin(columns * h + i)) / 1000),
    );
  return aForecastDay({
    target: "t".repeat(64),
    model: "m".repeat(64),
    slotSeconds,
    bands: { leadsSeconds: repeat(9, 0).map((_, b) => 86_400 * (b + 1)), levels, quantiles: noisy(9) },
    errors: {
      horizonsSeconds,
      levels,
      response: thousandths(RESPONSE_TERMS),
      spread: thousandths(SPREAD_TERMS),
      size: thousandths(48),
      quantiles: noisy(16),
    },
    idle: anIdleTable(86_400 / slotSeconds),
    weights: repeat(12, 0).map((_, c) => ({
      candidate: `candidate ${c}`.padEnd(32),
      weights: repeat(9, 1 / 12),
    })),
  });
}

/** Whole days of 1 to 60-minute slots with errors of any size. */
const anyDay: fc.Arbitrary<ForecastDay> = fc
  .record({
    slotSeconds: fc.constantFrom(60, 300, 900, 3600),
    highest: fc.constantFrom(0, 1e-3, 1, 50, 1e4, 1e9, 1e38),
    rows: fc.integer({ min: 1, max: 9 }),
    columns: fc.integer({ min: 1, max: 8 }),
  })
  .chain(({ slotSeconds, highest, rows, columns }) => {
    const slots = 86_400 / slotSeconds;
    const column = (max: number): fc.Arbitrary<number[]> =>
      fc.array(fc.double({ min: 0, max, noNaN: true }), { minLength: slots, maxLength: slots });
    const quantile = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    return fc
      .record({
        median: column(highest),
        scale: column(100),
        naive: column(highest),
        quantiles: fc.array(fc.array(quantile, { minLength: columns, maxLength: columns }), {
          minLength: rows,
          maxLength: rows,
        }),
        loss: fc.option(fc.double({ min: 0, max: 10, noNaN: true })),
      })
      .map(({ median, scale, naive, quantiles, loss }) =>
        aForecastDay({
          slotSeconds,
          median,
          scale,
          naive,
          bands: {
            leadsSeconds: quantiles.map((_, b) => 86_400 * (b + 1)),
            levels: repeat(columns, 0).map((_, l) => (l + 1) / (columns + 1)),
            quantiles: quantiles.map((row) => [...row].sort((a, b) => a - b)),
          },
          score: { loss, lossSameTimeLastWeek: loss },
          errors: {
            horizonsSeconds: quantiles.map((_, h) => 300 * (h + 1)),
            levels: repeat(columns, 0).map((_, l) => (l + 1) / (columns + 1)),
            response: quantiles.map((_, h) => repeat(RESPONSE_TERMS, h / 8)),
            spread: quantiles.map((_, h) => repeat(SPREAD_TERMS, h / 16)),
            size: quantiles.map((_, h) => repeat(48, 1 + h / 4)),
            quantiles: quantiles.map((row) => [...row].sort((a, b) => a - b)),
          },
        }),
      );
  });

describe("a packed forecast day", () => {
  it("takes less than 8 KB for 288 slots, even written as JSON", () => {
    expect(jsonOf(packDay(aForecastDay())).length).toBeLessThan(8 * 1024);
  });

  it.each([
    ["an hour", 3_600, 14],
    ["five minutes", 300, 16],
    ["a minute", 60, 27],
  ])(
    "takes, with everything filled and slots of %s (%i s), less than %i KB",
    (_slots, slotSeconds, kilobytes) => {
      expect(jsonOf(packDay(aFullDay(slotSeconds))).length).toBeLessThan(kilobytes * 1024);
    },
  );

  it("keeps its header and its score as they were", () => {
    const day = aForecastDay();
    const { median, scale, naive, bands, errors, ...header } = day;
    expect(unpackDay(packDay(day))).toMatchObject(header);
    expect(packDay(day)).toMatchObject(header);
  });

  it("keeps the chances of a next request to three digits, and has none where the day has none", () => {
    const idle = anIdleTable(288);
    const back = unpackDay(packDay(aForecastDay({ idle })));
    for (const name of ["byAge", "rate", "minuteOfHour"] as const) {
      expect(back.idle?.[name]).toHaveLength(idle[name].length);
      for (const [i, value] of idle[name].entries()) {
        expect(Math.abs((back.idle?.[name][i] as number) / value - 1)).toBeLessThan(5e-3);
      }
    }
    expect(back.idle).toMatchObject({ firstLoad: 1.25, laterLoad: 0.75, pauses: 812 });
    expect(packDay(back)).toEqual(packDay(aForecastDay({ idle })));
    expect(unpackDay(packDay(aForecastDay()))).not.toHaveProperty("idle");
  });

  it("keeps tables of errors of three decimals exactly", () => {
    const errors = anErrorTable();
    const bands = someBands();
    expect(unpackDay(packDay(aForecastDay({ errors, bands })))).toMatchObject({ errors, bands });
  });

  it("gives back medians and scales within 0.2 % from 20 to 5 000 requests a minute", () => {
    const day = aForecastDay();
    const back = unpackDay(packDay(day));
    for (const name of ["median", "scale", "naive"] as const) {
      expect(back[name]).toHaveLength(288);
      for (const [slot, value] of day[name].entries()) {
        expect(Math.abs((back[name][slot] as number) / value - 1)).toBeLessThan(2e-3);
      }
    }
  });

  it("makes short numbers in JSON", () => {
    const { median, scale } = unpackDay(packDay(aForecastDay()));
    for (const value of [...median, ...scale]) expect(JSON.stringify(value).length).toBeLessThanOrEqual(6);
  });

  it("survives a target without any load", () => {
    const zeros = repeat(288, 0);
    const day = aForecastDay({ median: zeros, scale: repeat(288, 0.05), naive: zeros });
    expect(unpackDay(packDay(day))).toEqual(day);
  });

  it("makes the same bytes when it is unpacked and packed again, and is then stable", () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const packed = packDay(day);
        const back = unpackDay(packed);
        expect(packDay(back)).toEqual(packed);
        expect(unpackDay(packDay(back))).toEqual(back);
      }),
      { numRuns: 60 },
    );
  });

  it("shares nothing with what it was made from", () => {
    const day = aForecastDay();
    const packed = packDay(day);
    const back = unpackDay(packed);
    expect(packed.history).not.toBe(day.history);
    expect(packed.errors.levels).not.toBe(day.errors.levels);
    expect(back.errors.horizonsSeconds).not.toBe(packed.errors.horizonsSeconds);
    expect(back.score).not.toBe(packed.score);
  });

  it("is read from windows on a larger buffer, as a store hands them out", () => {
    const packed = packDay(aForecastDay());
    const windowOn = (bytes: Uint8Array): Uint8Array => {
      const larger = new Uint8Array(bytes.length + 16).fill(0x55);
      larger.set(bytes, 5);
      return larger.subarray(5, 5 + bytes.length);
    };
    const windows = {
      ...packed,
      median: { ...packed.median, codes: windowOn(packed.median.codes) },
      naive: { ...packed.naive, codes: windowOn(packed.naive.codes) },
      bands: { ...packed.bands, quantiles: windowOn(packed.bands.quantiles) },
      errors: { ...packed.errors, quantiles: windowOn(packed.errors.quantiles) },
    };
    expect(unpackDay(windows)).toEqual(unpackDay(packed));
  });
});

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
