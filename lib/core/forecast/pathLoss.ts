/** How well the middle path did on the target's own last days, beside the same time last week. */

import type { Judged } from "./bands.ts";
import type { DayTable } from "./calendar.ts";
import { lastWeek } from "./candidates/naive.ts";
import type { ForecastScore } from "./forecast.ts";

/** Mean absolute error ÷ mean load over the first day ahead of every origin. */
export function pathLoss(table: DayTable, judged: readonly Judged[]): ForecastScore {
  const { slotsPerDay } = table;
  return {
    loss: relativeError(table, judged, ({ path }) => path),
    lossSameTimeLastWeek: relativeError(table, judged, ({ cell }) => lastWeek.path(table, cell, slotsPerDay)),
  };
}

function relativeError(
  { mean, slotsPerDay }: DayTable,
  judged: readonly Judged[],
  pathOf: (origin: Judged) => Float64Array,
): number | null {
  let error = 0;
  let load = 0;
  for (const origin of judged) {
    const path = pathOf(origin);
    for (let i = 0; i < slotsPerDay; i++) {
      const actual = (mean[origin.cell + i] ?? Number.NaN) ** 2;
      const expected = (path[i] as number) ** 2;
      if (Number.isNaN(actual) || Number.isNaN(expected)) continue;
      error += Math.abs(actual - expected);
      load += actual;
    }
  }
  return load > 0 ? Math.round((error / load) * 10_000) / 10_000 : null;
}
