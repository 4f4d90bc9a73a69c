/** What every candidate of the ensemble is: a middle path from what was known before an origin. */
import type { DayTable } from "../calendar.ts";

export interface Candidate {
  /** Short and stable: weights are stored under it. */
  readonly name: string;
  /**
   * The path for the cells `origin` to `origin + count - 1` of the table, on its square-root scale, from the cells before
   * `origin` alone. NaN where it has nothing to say.
   */
  readonly path: (table: DayTable, origin: number, count: number) => Float64Array;
}

/** Row and slot of a cell. */
export function placeOf(
  { slotsPerDay }: DayTable,
  cell: number,
): { readonly row: number; readonly slot: number } {
  const row = Math.floor(cell / slotsPerDay);
  return { row, slot: cell - row * slotsPerDay };
}
