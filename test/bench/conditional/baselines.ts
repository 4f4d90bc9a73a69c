/** What the correction by the last hour is measured against, each a quantile of the highest load of the next minutes. */
import {
  highestPathRoot,
  pathOfMinute,
  type Stretch,
} from "../../../lib/core/forecast/conditional/highestLoad.ts";
import type { ForecastView } from "../../../lib/core/forecast/forecast.ts";
import { slotQuantile } from "../../../lib/core/forecast/quantiles.ts";
import { conformalQuantile } from "../../../lib/core/quantile.ts";
import { DAY_SECONDS, type EpochSeconds } from "../../../lib/core/time.ts";

/** The highest band of the slots that a stretch touches: what was stored, before anything corrects it. */
export function storedBand(view: ForecastView, { from, to }: Stretch, level: number): number {
  const slotOf = (at: EpochSeconds): number => Math.floor((at - view.start) / view.slotSeconds);
  let highest = 0;
  for (let slot = slotOf(from); slot <= slotOf(to - 1); slot++) {
    highest = Math.max(highest, slotQuantile(view, view.historyEnd, slot, level));
  }
  return highest;
}

/** Minutes whose mean is the last value. */
export const LAST_MINUTES = 5;

/** What the profile may make of the last value. */
const LEAST_FACTOR = 0.2;
const MOST_FACTOR = 5;

/** Requests a minute on both sides, so that a path of nothing divides nothing. */
const PRIOR = 0.1;

/** The last value × how much higher the path's highest minute of the stretch is than it was when the value was taken. */
export function scaledLast(view: ForecastView, last: number, stretch: Stretch): number {
  const middle = stretch.from - (LAST_MINUTES / 2) * 60;
  const ahead = highestPathRoot(view, stretch) ** 2;
  const factor = (ahead + PRIOR) / (pathOfMinute(view, middle) + PRIOR);
  return last * Math.min(MOST_FACTOR, Math.max(LEAST_FACTOR, factor));
}

/** Errors of a week: so long ago is forgotten. */
const REMEMBERED_SECONDS = 7 * DAY_SECONDS;

/** Fewer say nothing of the level of decisions. */
const LEAST_ERRORS = 60;

/** Errors of `scaledLast` on the square-root scale, by horizon, of which a later one's quantile is made. */
export class OwnErrors {
  private readonly found: { readonly ended: EpochSeconds; readonly error: number }[] = [];

  add(ended: EpochSeconds, actual: number, said: number): void {
    this.found.push({ ended, error: Math.sqrt(actual) - Math.sqrt(said) });
  }

  /** Of what had ended at `now`; NaN while that is too little. */
  quantileAt(now: EpochSeconds, level: number): number {
    const known = this.found.filter(({ ended }) => ended <= now && ended > now - REMEMBERED_SECONDS);
    if (known.length < LEAST_ERRORS) return Number.NaN;
    return conformalQuantile(Float64Array.from(known, ({ error }) => error).sort(), level);
  }
}

/** `said` moved by an error on the square-root scale. */
export function moved(said: number, error: number): number {
  return Math.max(0, Math.sqrt(said) + error) ** 2;
}
