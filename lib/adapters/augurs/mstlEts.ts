/** MSTL with an ETS trend, of Grafana's augurs: a rival, and a candidate that an ensemble can take. */
import type { Candidate } from "../../core/forecast/candidates/candidate.ts";
import type { Forecaster } from "../../core/forecast/compare/forecaster.ts";
import { DAY_SECONDS } from "../../core/time.ts";
import { type Bands, candidateOf, tried } from "./guard.ts";
import { type MstlModule, mstls } from "./load.ts";
import { widthOf, withoutGaps } from "./series.ts";

export const mstlEts: Forecaster = {
  name: "mstl-ets",
  label: "MSTL + ETS",
  about:
    "Seasons of a day and, from two weeks of history on, of a week by MSTL (Bandara, Hyndman and Bergmeir 2021), the rest by " +
    "an ETS model that is chosen automatically, with its own prediction intervals; @bsull/augurs 0.10.2. On the load as it " +
    "is, gaps closed by straight lines, negative forecasts cut at 0.",
  async quantiles(history, slots, levels) {
    const values = withoutGaps(history.mean);
    const periods = periodsIn(history.mean.length, DAY_SECONDS / history.slotSeconds);
    if (values === null || periods.length === 0) return null;
    return tried(mstls, values, slots, (module) => bandsOf(module, values, periods, slots, levels));
  },
};

/**
 * Loads the library; the candidate then works at once. One fit takes 0.1 to 2 s, and an ensemble fits a candidate about
 * eleven times. It says nothing (NaN) where a fit fails.
 */
export function mstlEtsCandidate(): Promise<Candidate> {
  return candidateOf("mstl-ets", mstls, (module, values, { slotsPerDay }, count) => {
    const periods = periodsIn(values.length, slotsPerDay);
    return periods.length === 0 ? null : (bandsOf(module, values, periods, count, [0.5])[0] ?? null);
  });
}

/** Seasons of which the history holds two. */
function periodsIn(slots: number, perDay: number): readonly number[] {
  return [perDay, 7 * perDay].filter((period) => slots >= 2 * period);
}

function bandsOf(
  { MSTL }: MstlModule,
  values: Float64Array,
  periods: readonly number[],
  slots: number,
  levels: readonly number[],
): Bands {
  const model = MSTL.ets([...periods]);
  try {
    model.fit(values);
    return levels.map((level) => {
      if (level === 0.5) return model.predict(slots).point;
      const intervals = model.predict(slots, Math.abs(widthOf(level))).intervals;
      return (level > 0.5 ? intervals?.upper : intervals?.lower) ?? [];
    });
  } finally {
    model.free();
  }
}
