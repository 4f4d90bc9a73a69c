import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { RESPONSE_TERMS, SPREAD_TERMS } from "../../../lib/core/forecast/conditional/terms.ts";
import type { ForecastDay } from "../../../lib/core/forecast/forecast.ts";
import { type PackedForecastDay, packDay, unpackDay } from "../../../lib/core/forecast/packDay.ts";
import { repeat } from "../arrange.ts";
import { aForecastDay, anErrorTable, anIdleTable, someBands } from "./aForecastDay.ts";

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
