/**
 * The smallest model that follows the calendar: the path of one candidate, with errors as they were on the last days. For
 * tests of what is done around a model, which must hold for any of them. On UTC only.
 */
import { cellOf, dayTableOf } from "../../../lib/core/forecast/calendar.ts";
import type { Candidate } from "../../../lib/core/forecast/candidates/candidate.ts";
import type { ForecastModel } from "../../../lib/core/forecast/forecast.ts";
import { UNMEASURED_ERRORS } from "../../../lib/core/forecast/unmeasured.ts";
import { conformalQuantile } from "../../../lib/core/quantile.ts";
import { DAY_SECONDS, floorTo } from "../../../lib/core/time.ts";

const LEVELS = [0.5, 0.75, 0.9, 0.95, 0.99];
const BACKTEST_DAYS = 3;

export function oneCandidate(candidate: Candidate): ForecastModel {
  return {
    name: candidate.name,
    fit(history, horizonSlots, calendar) {
      const { slotSeconds } = history;
      const table = dayTableOf(history, calendar);
      const end = history.start + history.mean.length * slotSeconds;
      const start = floorTo(end - 1, DAY_SECONDS);
      const origin = cellOf(table, end, calendar.utcOffset);
      const passed = (end - start) / slotSeconds;
      const ahead = candidate.path(table, origin, horizonSlots);
      const roots = [...table.mean.subarray(origin - passed, origin), ...ahead].map((each) => each || 0);
      const errors: number[] = [];
      for (let day = 1; day <= BACKTEST_DAYS; day++) {
        const from = origin - day * table.slotsPerDay;
        const path = candidate.path(table, from, table.slotsPerDay);
        for (const [i, root] of path.entries()) errors.push((table.mean[from + i] as number) - root);
      }
      const known = errors.filter((each) => !Number.isNaN(each)).sort((a, b) => a - b);
      const quantiles = [LEVELS.map((level) => conformalQuantile(known, level))];
      const median = Float64Array.from(roots, (root) => root * root);
      return {
        model: candidate.name,
        start,
        slotSeconds,
        median,
        naive: median,
        scale: new Float64Array(median.length).fill(1),
        minuteOfHour: new Array<number>(60).fill(1),
        bands: { leadsSeconds: [8 * DAY_SECONDS], levels: LEVELS, quantiles },
        errors: UNMEASURED_ERRORS,
        weights: [],
        score: { loss: null, lossSameTimeLastWeek: null },
      };
    },
  };
}
