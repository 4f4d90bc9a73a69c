/** The candidate that knows no seasons: what comes is as high as the last day was in the mean. */
import type { DayTable } from "../calendar.ts";
import type { Candidate } from "./candidate.ts";

export const level: Candidate = {
  name: "level",
  path: (table, origin, count) => new Float64Array(count).fill(meanRoot(table, origin)),
};

/** Mean root of the newest known day's worth of cells before the origin, across gaps; NaN where none is known. */
function meanRoot({ mean, slotsPerDay }: DayTable, origin: number): number {
  let sum = 0;
  let known = 0;
  for (let cell = Math.min(origin, mean.length) - 1; cell >= 0 && known < slotsPerDay; cell--) {
    const root = mean[cell] as number;
    if (Number.isNaN(root)) continue;
    sum += root;
    known++;
  }
  return known === 0 ? Number.NaN : sum / known;
}
