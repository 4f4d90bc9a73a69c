/** Errors of single slots: that they rise with the level, and cover days that they have not seen. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { bandsOf, type Judged, LEVELS } from "../../../lib/core/forecast/bands.ts";
import type { DayTable } from "../../../lib/core/forecast/calendar.ts";
import { bandError } from "../../../lib/core/forecast/quantiles.ts";
import { DAY_SECONDS } from "../../../lib/core/time.ts";
import { NONE, normals, tableBy } from "./arrangeTable.ts";

const PER_DAY = 96;
const DAYS = 14;

/** The last `days` of a table forecast as 10 from the beginning of each, one to three days ahead. */
function judgedOf({ mean, days }: DayTable, count = 10): readonly Judged[] {
  return Array.from({ length: count }, (_, i): Judged => {
    const daysAgo = i + 1;
    const length = PER_DAY * Math.min(3, daysAgo);
    const path = new Float64Array(length).fill(10);
    return { cell: mean.length - daysAgo * PER_DAY, daysAgo, count: length, paths: [], path };
  }).slice(0, days);
}

const scaleBy = (of: (slot: number) => number): Float64Array =>
  Float64Array.from({ length: PER_DAY }, (_, slot) => of(slot));
const EVEN = scaleBy(() => 1);

/** Wider by day than by night. */
const widthOf = (slot: number): number => (slot < PER_DAY / 2 ? 0.5 : 2);

/** Slots that err by themselves, and with their whole day by `ofDay`. */
function noisy(seed: number, days: number, ofDay: number): DayTable {
  const normal = normals(seed);
  const level = Array.from({ length: days }, () => ofDay * normal());
  return tableBy(days, PER_DAY, (row, slot) => 10 + widthOf(slot) * ((level[row] as number) + normal()));
}

/** Share of the slots of further days that lie under the quantile of their lead time. */
function coverageOf(seed: number, ofDay: number, level: number, lead: number): number {
  const all = noisy(seed, DAYS + 20, ofDay);
  const known = { ...all, days: DAYS, mean: all.mean.slice(0, DAYS * PER_DAY) };
  const bands = bandsOf(known, judgedOf(known), scaleBy(widthOf));
  const upper = bandError(bands, lead, level);
  let covered = 0;
  for (let cell = DAYS * PER_DAY; cell < all.mean.length; cell++) {
    if ((all.mean[cell] as number) <= 10 + upper * widthOf(cell % PER_DAY)) covered++;
  }
  return covered / (20 * PER_DAY);
}

/** Over ten pasts: a single one may have seen quiet days only. */
const meanCoverage = (ofDay: number, level: number, lead = DAY_SECONDS): number =>
  Array.from({ length: 10 }, (_, seed) => coverageOf(seed, ofDay, level, lead)).reduce((a, b) => a + b) / 10;

/** What is asked of ten days, which are as likely to be milder than the days to come as not. */
const raised = (level: number): number => 1 - ((1 - level) * 10) / 11;

describe("the bands", () => {
  it.each([0.75, 0.9, 0.95, 0.99])("cover their share of days not seen: %d", (level) => {
    expect(meanCoverage(0, level)).toBeGreaterThan(level - 0.01);
    expect(meanCoverage(0, level)).toBeLessThan(raised(level) + 0.012);
  });

  it.each([0.9, 0.95])("cover it too where whole days are off together: %d", (level) => {
    expect(meanCoverage(1, level)).toBeGreaterThan(level - 0.02);
    expect(meanCoverage(1, level)).toBeLessThan(level + 0.045);
  });

  it("cover it further ahead", () => {
    expect(meanCoverage(0, 0.95, 3 * DAY_SECONDS)).toBeGreaterThan(0.94);
  });

  it("never fall with the level, whatever the errors, and are numbers", () => {
    const error = fc.oneof(fc.double({ min: -9, max: 9, noNaN: true }), fc.constantFrom(0, NONE, 1e5, 0.5));
    const cells = fc.array(error, { minLength: 12, maxLength: 60 });
    fc.assert(
      fc.property(cells, fc.integer({ min: 1, max: 10 }), (errors, count) => {
        const table = tableBy(
          11,
          PER_DAY,
          (row, slot) => 10 + (errors[(7 * row + slot) % errors.length] as number),
        );
        for (const row of bandsOf(table, judgedOf(table, count), EVEN).quantiles) {
          expect(row.every(Number.isFinite)).toBe(true);
          expect(row).toEqual(row.toSorted((a, b) => a - b));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("are those of the nearer lead time where none further was seen", () => {
    const table = noisy(3, 4, 0);
    const [first, second, beyond] = bandsOf(table, judgedOf(table, 1), EVEN).quantiles;
    expect(second).toEqual(first);
    expect(beyond).toEqual(first);
  });

  it("are wider where a single day is known", () => {
    const table = noisy(4, DAYS, 0);
    const bands = bandsOf(table, judgedOf(table, 1), scaleBy(widthOf));
    const oneDay = [...table.mean.subarray((DAYS - 1) * PER_DAY)].map((root, i) => (root - 10) / widthOf(i));
    const ascending = oneDay.toSorted((a, b) => a - b);
    // Halfway to certainty: the 0.95 quantile of the day where 0.9 is asked for.
    const upper = bandError(bands, DAY_SECONDS, 0.9);
    expect(upper).toBeCloseTo(ascending[Math.ceil(0.95 * PER_DAY) - 1] as number, 9);
  });

  it("say that nothing errs where no error is known", () => {
    const table = tableBy(3, PER_DAY, () => NONE);
    expect(bandsOf(table, judgedOf(table, 2), EVEN).quantiles).toEqual(
      [0, 0, 0].map(() => LEVELS.map(() => 0)),
    );
  });
});
