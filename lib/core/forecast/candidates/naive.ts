/** The naive candidates: as it was a week ago, and as it was yesterday. */
import type { DayTable } from "../calendar.ts";
import { type Candidate, placeOf } from "./candidate.ts";

/** The last day of the same kind; where that is missing, the one before it, and so on; then any day. */
export const lastWeek: Candidate = {
  name: "last-week",
  path: (table, origin, count) =>
    pathOf(table, origin, count, (row) => {
      const { firstDay, kindOf } = table;
      const kind = kindOf(firstDay + row);
      return rowsBefore(table, origin).filter((past) => kindOf(firstDay + past) === kind);
    }),
};

export const yesterday: Candidate = {
  name: "yesterday",
  path: (table, origin, count) => pathOf(table, origin, count, () => []),
};

/** Rows with a known cell before the origin, newest first. */
function rowsBefore({ days, slotsPerDay }: DayTable, origin: number): readonly number[] {
  const newest = Math.min(days, Math.ceil(origin / slotsPerDay)) - 1;
  return Array.from({ length: Math.max(0, newest + 1) }, (_, i) => newest - i);
}

function pathOf(
  table: DayTable,
  origin: number,
  count: number,
  preferred: (row: number) => readonly number[],
): Float64Array {
  const { slotsPerDay, mean } = table;
  const all = rowsBefore(table, origin);
  const byRow = new Map<number, readonly number[]>();
  return Float64Array.from({ length: count }, (_, i) => {
    const { row, slot } = placeOf(table, origin + i);
    const rows = byRow.get(row) ?? [...preferred(row), ...all];
    byRow.set(row, rows);
    for (const past of rows) {
      const cell = past * slotsPerDay + slot;
      if (cell < origin && !Number.isNaN(mean[cell])) return mean[cell] as number;
    }
    return Number.NaN;
  });
}
