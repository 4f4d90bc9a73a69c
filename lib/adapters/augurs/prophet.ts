/** Prophet, of Grafana's augurs with its Stan model in WebAssembly: a rival, and a candidate that an ensemble can take. */
import type { ProphetOptimizer } from "@bsull/augurs/prophet";
import type { Candidate } from "../../core/forecast/candidates/candidate.ts";
import type { Forecaster } from "../../core/forecast/compare/forecaster.ts";
import type { Calendar, History } from "../../core/forecast/forecast.ts";
import { DAY_SECONDS } from "../../core/time.ts";
import { type Bands, candidateOf, tried } from "./guard.ts";
import { type Prophets, prophets } from "./load.ts";
import { widthOf } from "./series.ts";
import { sharedOptimum } from "./sharedOptimum.ts";

/** Prophet finds no day in less. */
const LEAST_DAYS = 2;

export const prophetForecaster: Forecaster = {
  name: "prophet",
  label: "Prophet",
  about:
    "Prophet (Taylor and Letham 2018) with its defaults: linear trend with 25 changepoints, daily and (from two weeks of " +
    "history on) weekly seasons, additive, and its own intervals from 1000 draws; @bsull/augurs 0.10.2 with " +
    "@bsull/augurs-prophet-wasmstan 0.2.0, which gives the same numbers as the R package. On the load as it is, by the " +
    "wall clock, gaps left out, negative forecasts cut at 0. The draws are not seeded.",
  async quantiles(history, slots, levels, calendar) {
    const seen = seenOf(history, calendar);
    if (seen.y.length < (LEAST_DAYS * DAY_SECONDS) / history.slotSeconds) return null;
    const ahead = Array.from({ length: slots }, (_, i) =>
      wallTime(history, calendar, history.mean.length + i),
    );
    return tried(prophets, seen.y, slots, (modules) => bandsOf(modules, seen, ahead, levels));
  },
};

/**
 * Loads the library; the candidate then works at once. One fit takes 1 to 3 s, and an ensemble fits a candidate about
 * eleven times. It says nothing (NaN) where a fit fails.
 */
export function prophetCandidate(): Promise<Candidate> {
  return candidateOf("prophet", prophets, (modules, values, { slotSeconds, slotsPerDay }, count) => {
    if (values.length < LEAST_DAYS * slotsPerDay) return null;
    const at = (i: number): number => i * slotSeconds;
    const seen = { ds: Array.from(values, (_, i) => at(i)), y: values };
    const ahead = Array.from({ length: count }, (_, i) => at(values.length + i));
    return bandsOf(modules, seen, ahead, [0.5])[0] ?? null;
  });
}

interface Seen {
  /** Seconds on the wall clock. */
  readonly ds: number[];
  readonly y: Float64Array;
}

function seenOf(history: History, calendar: Calendar): Seen {
  const slots = history.mean.keys().filter((i) => !Number.isNaN(history.mean[i]));
  const known = [...slots];
  return {
    ds: known.map((i) => wallTime(history, calendar, i)),
    y: Float64Array.from(known, (i) => history.mean[i] as number),
  };
}

function wallTime({ start, slotSeconds }: History, { utcOffset }: Calendar, slot: number): number {
  const at = start + slot * slotSeconds;
  return at + utcOffset(at);
}

function bandsOf(
  { prophet, stan }: Prophets,
  { ds, y }: Seen,
  ahead: number[],
  levels: readonly number[],
): Bands {
  const optimizer = sharedOptimum(stan.optimizer.optimize as ProphetOptimizer["optimize"]);
  return levels.map((level) => {
    const isMiddle = level === 0.5;
    const model = new prophet.Prophet({
      optimizer,
      ...(isMiddle ? { uncertaintySamples: 0 } : { intervalWidth: Math.abs(widthOf(level)) }),
    });
    try {
      model.fit({ ds, y: Array.from(y) });
      const { yhat } = model.predict({ ds: ahead });
      if (isMiddle) return yhat.point;
      return (level > 0.5 ? yhat.intervals?.upper : yhat.intervals?.lower) ?? [];
    } finally {
      model.free();
    }
  });
}
