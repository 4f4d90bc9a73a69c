/** Small tables of local days, written out by hand, and draws that are the same each time. */
import fc from "fast-check";
import type { DayTable } from "../../../lib/core/forecast/calendar.ts";
import { DAY_SECONDS } from "../../../lib/core/time.ts";
import { stream } from "../../../lib/sim/random.ts";

/** Missing. */
export const NONE = Number.NaN;

/** A Monday: days since 1970-01-01, which was a Thursday. */
export const A_MONDAY = 20_367;
export const weekdayOf = (day: number): number => day % 7;

/** Rows on the table's square-root scale, each slot a day divided by their number; the first row is a Monday. */
export function tableOf(rows: readonly (readonly number[])[], parts: Partial<DayTable> = {}): DayTable {
  const slotsPerDay = rows[0]?.length ?? 2;
  const mean = Float64Array.from(rows.flat());
  return {
    firstDay: A_MONDAY,
    days: rows.length,
    slotSeconds: DAY_SECONDS / slotsPerDay,
    slotsPerDay,
    mean,
    peak: mean,
    kindOf: weekdayOf,
    ...parts,
  };
}

/** `days` rows of `slots` cells, each as `root` says. */
export function tableBy(
  days: number,
  slots: number,
  root: (row: number, slot: number) => number,
  parts: Partial<DayTable> = {},
): DayTable {
  const rows = Array.from({ length: days }, (_, row) =>
    Array.from({ length: slots }, (_, slot) => root(row, slot)),
  );
  return tableOf(rows, parts);
}

/** Any two to ten days of hours, with gaps. */
export const anyTable: fc.Arbitrary<DayTable> = fc
  .integer({ min: 2, max: 10 })
  .chain((days) =>
    fc
      .array(
        fc.oneof(
          { weight: 6, arbitrary: fc.double({ min: 0, max: 1e4, noNaN: true }) },
          { weight: 2, arbitrary: fc.constant(0) },
          { weight: 2, arbitrary: fc.constant(NONE) },
        ),
        { minLength: 24 * days, maxLength: 24 * days },
      )
      .map((cells) =>
        tableOf(Array.from({ length: days }, (_, row) => cells.slice(24 * row, 24 * (row + 1)))),
      ),
  );

/** Draws of the normal distribution, by the polar method. */
export function normals(seed: number): () => number {
  const uniform = stream(seed, "normals");
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
