/** The naive model: this weekday a week ago as it was, or yesterday. Every other model has to beat it. */
import type { DayTable } from "./calendar.ts";
import type { ForecastModel } from "./forecast.ts";
import { profileModel } from "./timeOfWeek.ts";

export const sameTimeLastWeek: ForecastModel = profileModel("same-time-last-week", lastWeekOf);

/** The newest known of: the same weekday's last, the day before that is known; NaN where no day says anything. */
export function lastWeekOf(table: DayTable, day: number, before: number): Float64Array {
  const newest = before - 1;
  const weekBack = day - 7 * Math.ceil((day - newest) / 7);
  const known = [rowOf(table, weekBack), rowOf(table, newest), rowOf(table, newest - 1)];
  return Float64Array.from({ length: table.slotsPerDay }, (_, slot) => {
    for (const row of known) {
      const value = row?.[slot] ?? Number.NaN;
      if (!Number.isNaN(value)) return value;
    }
    return Number.NaN;
  });
}

function rowOf({ mean, firstDay, days, slotsPerDay }: DayTable, day: number): Float64Array | null {
  const row = day - firstDay;
  return row < 0 || row >= days ? null : mean.subarray(row * slotsPerDay, (row + 1) * slotsPerDay);
}
