/** Forecasts the target's own last days again, from what was known before each, so that models can be judged by them. */
import type { DayTable } from "./calendar.ts";
import type { Candidate } from "./candidates/candidate.ts";

/** One origin a day, at the same time of day as now. */
export const BACKTEST_ORIGINS = 14;

/** Paths are made so far ahead from each origin; what lies further is judged as the last bucket. */
const MOST_DAYS_AHEAD = 3;

/** One origin of the past with what came, as far as it is known. */
export interface Origin {
  /** Cell of the table. */
  readonly cell: number;
  /** Whole days before now: 1 is yesterday at this time. */
  readonly daysAgo: number;
  /** Cells ahead: as many as have passed since, at most three days. */
  readonly count: number;
  /** By candidate. Square-root scale; NaN is nothing said. */
  readonly paths: readonly Float64Array[];
}

/** The newest origin first. None where less than `leastDays` lie before it. */
export function backtest(
  table: DayTable,
  origin: number,
  candidates: readonly Candidate[],
  leastDays: number,
): readonly Origin[] {
  const { slotsPerDay } = table;
  const first = firstKnown(table);
  const origins: Origin[] = [];
  for (let daysAgo = 1; daysAgo <= BACKTEST_ORIGINS; daysAgo++) {
    const cell = origin - daysAgo * slotsPerDay;
    if (cell - first < leastDays * slotsPerDay) break;
    const count = Math.min(daysAgo, MOST_DAYS_AHEAD) * slotsPerDay;
    origins.push({ cell, daysAgo, count, paths: candidates.map(({ path }) => path(table, cell, count)) });
  }
  return origins;
}

/** The first cell that is known; beyond the table when none is. */
function firstKnown({ mean }: DayTable): number {
  const found = mean.findIndex((value) => !Number.isNaN(value));
  return found < 0 ? Number.POSITIVE_INFINITY : found;
}
