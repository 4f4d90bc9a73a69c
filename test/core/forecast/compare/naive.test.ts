/** The naive forecasters: which past slot they take, how wide they are, and what they do without enough past. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { isFailed, type SlotQuantiles } from "../../../../lib/core/forecast/compare/forecaster.ts";
import { naiveDay, naiveForecaster, naiveWeek } from "../../../../lib/core/forecast/compare/naive.ts";
import type { Calendar } from "../../../../lib/core/forecast/forecast.ts";
import { historyOf } from "../../../../lib/core/forecast/history.ts";
import { MONDAY, weekly } from "./arrange.ts";

const UTC: Calendar = { utcOffset: () => 0, kindOf: (day) => day % 7 };
const LEVELS = [0.5, 0.9, 0.95, 0.99];

const historyWith = (values: readonly (number | null)[]) =>
  historyOf({ start: MONDAY, stepSeconds: 3600, values }, [], 3600);

const hours = (count: number, load: (hour: number) => number | null) =>
  historyWith(Array.from({ length: count }, (_, hour) => load(hour)));

async function bandsOf(forecaster: typeof naiveWeek, history: ReturnType<typeof hours>, slots = 24) {
  const attempt = await forecaster.quantiles(history, slots, LEVELS, UTC);
  if (attempt === null || isFailed(attempt)) throw new Error("no forecast");
  return attempt;
}

const weekHour = (hour: number): number => weekly(MONDAY + hour * 3600);

describe("same time last week", () => {
  it("repeats the week", async () => {
    const [middle] = await bandsOf(naiveWeek, hours(21 * 24, weekHour));
    expect([...(middle as Float64Array)]).toEqual(Array.from({ length: 24 }, (_, hour) => weekHour(hour)));
  });

  it("takes the week before where last week's slot is missing, and yesterday where no week has it", async () => {
    const gap = (missing: readonly number[]) => (hour: number) =>
      missing.includes(hour) ? null : Math.floor(hour / 24) * 10;
    const middleAt0 = async (missing: readonly number[]) => {
      const bands = await bandsOf(naiveForecaster("plain", "", 7, "load"), hours(14 * 24, gap(missing)));
      return (bands[0] as Float64Array)[0] as number;
    };
    const error = (await middleAt0([])) - 70;
    expect((await middleAt0([7 * 24])) - error).toBeCloseTo(0, 9);
    expect((await middleAt0([7 * 24, 0])) - error).toBeCloseTo(130, 9);
  });

  it("is as wide as its errors were: four in five weeks alike, one 50 higher", async () => {
    // A day's lag of a week: errors of 0, +50 and −50.
    const [, q90, , q99] = await bandsOf(
      naiveWeek,
      hours(35 * 24, (hour) => (hour % (24 * 35) < 24 * 28 ? 100 : 150)),
    );
    expect((q90 as Float64Array)[0]).toBe(200);
    expect((q99 as Float64Array)[0]).toBe(200);
  });

  it("says nothing before a whole day, and something after it", () => {
    expect(
      naiveWeek.quantiles(
        hours(23, () => 5),
        24,
        LEVELS,
        UTC,
      ),
    ).toBeNull();
    expect(
      naiveWeek.quantiles(
        hours(24, () => null),
        24,
        LEVELS,
        UTC,
      ),
    ).toBeNull();
    expect(
      naiveWeek.quantiles(
        hours(25, () => 5),
        24,
        LEVELS,
        UTC,
      ),
    ).not.toBeNull();
  });
});

describe.each([
  ["last week", naiveWeek],
  ["yesterday", naiveDay],
  ["yesterday on roots", naiveForecaster("roots", "", 1, "root")],
])("same time %s, of any history", (_, forecaster) => {
  it("is finite, never negative and rises in the level, up to ten days ahead", () => {
    const load = fc.option(fc.double({ min: 0, max: 1e12, noNaN: true }), { nil: null, freq: 4 });
    fc.assert(
      fc.property(fc.array(load, { minLength: 48, maxLength: 24 * 17 }), (values) => {
        const attempt = forecaster.quantiles(historyWith(values), 240, LEVELS, UTC) as SlotQuantiles | null;
        const faults = (attempt ?? []).flatMap((band, l) =>
          [...band].filter((value, i) => {
            const below = attempt?.[l - 1]?.[i] ?? 0;
            return !(Number.isFinite(value) && value >= below);
          }),
        );
        expect(faults).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
