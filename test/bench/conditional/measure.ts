/** Walks through a trace: fits every six hours, and asks every five minutes for the highest load of the next minutes. */
import { weekdaysIn } from "../../../lib/core/forecast/calendar.ts";
import { pinball } from "../../../lib/core/forecast/compare/quantileLoss.ts";
import { highestLoad, pathOfMinute } from "../../../lib/core/forecast/conditional/highestLoad.ts";
import { HOUR_MINUTES, type Moment, momentOf } from "../../../lib/core/forecast/conditional/moment.ts";
import { ensemble } from "../../../lib/core/forecast/ensemble.ts";
import { FORECAST_SLOT_SECONDS, type ForecastView } from "../../../lib/core/forecast/forecast.ts";
import { historyOf } from "../../../lib/core/forecast/history.ts";
import { MINUTE_SECONDS } from "../../../lib/core/time.ts";
import { LAST_MINUTES, moved, OwnErrors, scaledLast, storedBand } from "./baselines.ts";
import { highestOf, type Minutes, meanOf } from "./minutes.ts";

export const LEVEL = 0.95;
export const HORIZONS_MINUTES = [5, 15, 30] as const;
export const FORECASTERS = ["corrected", "storedBand", "scaledLast", "calibratedLast"] as const;
export type Forecaster = (typeof FORECASTERS)[number];

const DAY_MINUTES = 1440;
const HISTORY_MINUTES = 28 * DAY_MINUTES;
const REFIT_MINUTES = 6 * 60;
const ASK_EVERY_MINUTES = 5;

/** Days before the scored ones in which the calibrated last value collects its errors. */
const CALIBRATION_DAYS = 7;
/** Of history before the first scored moment, and before the first one that errors are collected from. */
const LEAST_DAYS_SCORED = 4;
const LEAST_DAYS_CALIBRATED = 2;

/** One horizon's sums over the scored moments. */
export interface Sums {
  moments: number;
  /** Under the corrected quantile. */
  covered: number;
  /** Pinball losses, in requests a minute. */
  readonly loss: Record<Forecaster, number>;
}

export interface Measured {
  readonly byHorizon: readonly Sums[];
  readonly fits: number;
  readonly fitMilliseconds: number;
  readonly answers: number;
  readonly answerMilliseconds: number;
}

/** Scores the last `days` of a trace, not before its fifth day. */
export function measure(minutes: Minutes, days: number): Measured {
  const walk = new Walk(minutes);
  const end = minutes.load.length;
  const scoredFrom = Math.max(LEAST_DAYS_SCORED * DAY_MINUTES, end - days * DAY_MINUTES);
  const earliest = Math.max(LEAST_DAYS_CALIBRATED * DAY_MINUTES, scoredFrom - CALIBRATION_DAYS * DAY_MINUTES);
  const before = Math.floor((scoredFrom - earliest) / REFIT_MINUTES);
  for (let origin = scoredFrom - before * REFIT_MINUTES; origin < end; origin += REFIT_MINUTES) {
    walk.from(origin, origin >= scoredFrom);
  }
  return walk;
}

interface Asked {
  readonly view: ForecastView;
  readonly moment: Moment;
  /** Index of the minute that follows the last known one. */
  readonly index: number;
  readonly last: number;
}

class Walk implements Measured {
  readonly byHorizon: readonly Sums[] = HORIZONS_MINUTES.map(() => ({
    moments: 0,
    covered: 0,
    loss: { corrected: 0, storedBand: 0, scaledLast: 0, calibratedLast: 0 },
  }));
  fits = 0;
  fitMilliseconds = 0;
  answers = 0;
  answerMilliseconds = 0;
  private readonly model = ensemble();
  private readonly errors = HORIZONS_MINUTES.map(() => new OwnErrors());
  private readonly minutes: Minutes;

  constructor(minutes: Minutes) {
    this.minutes = minutes;
  }

  /** Fits at `origin` and asks until the next fit. */
  from(origin: number, isScored: boolean): void {
    const view = this.fit(origin);
    if (view === null) return;
    const error = this.errors.map((each) => each.quantileAt(this.at(origin), LEVEL));
    const end = Math.min(origin + REFIT_MINUTES, this.minutes.load.length);
    for (let index = origin; index < end; index += ASK_EVERY_MINUTES) {
      const asked = this.askedAt(view, index);
      if (asked === null) continue;
      for (const [h, horizon] of HORIZONS_MINUTES.entries()) {
        const actual = highestOf(this.minutes.load, index, horizon);
        if (index + horizon > this.minutes.load.length || Number.isNaN(actual)) continue;
        const said = this.say(asked, horizon, error[h] as number);
        this.errors[h]?.add(this.at(index + horizon), actual, said.scaledLast);
        if (isScored) score(this.byHorizon[h] as Sums, actual, said);
      }
    }
  }

  private at(index: number): number {
    return this.minutes.start + index * MINUTE_SECONDS;
  }

  private fit(origin: number): ForecastView | null {
    const first = Math.max(0, origin - HISTORY_MINUTES);
    const values = Array.from(this.minutes.load.subarray(first, origin));
    const history = historyOf({ start: this.at(first), stepSeconds: MINUTE_SECONDS, values }, []);
    const ahead = ((REFIT_MINUTES + 2 * HOUR_MINUTES) * MINUTE_SECONDS) / FORECAST_SLOT_SECONDS;
    const before = performance.now();
    const fitted = this.model.fit(history, ahead, UTC_WEEKDAYS);
    this.fitMilliseconds += performance.now() - before;
    this.fits++;
    if (fitted === null) return null;
    const { median, scale, naive } = fitted;
    return {
      ...fitted,
      kind: "known",
      madeAt: this.at(origin),
      historyEnd: this.at(origin),
      median: Array.from(median),
      scale: Array.from(scale),
      naive: Array.from(naive),
    };
  }

  /** Null where too little of the last hour is known. */
  private askedAt(view: ForecastView, index: number): Asked | null {
    const from = Math.max(0, index - HOUR_MINUTES);
    const load = this.minutes.load.subarray(from, index);
    const path = load.map((_, i) => pathOfMinute(view, this.at(from + i)));
    const moment = momentOf(load, path);
    const last = meanOf(this.minutes.load, index - LAST_MINUTES, index);
    return moment === null || Number.isNaN(last) ? null : { view, moment, index, last };
  }

  private say(
    { view, moment, index, last }: Asked,
    horizon: number,
    error: number,
  ): Record<Forecaster, number> {
    const at = this.at(index);
    const stretch = { from: at, to: at + horizon * MINUTE_SECONDS };
    const before = performance.now();
    const corrected = highestLoad(view, { ...moment, at }, stretch, LEVEL);
    this.answerMilliseconds += performance.now() - before;
    this.answers++;
    const scaled = scaledLast(view, last, stretch);
    return {
      corrected,
      storedBand: storedBand(view, stretch, LEVEL),
      scaledLast: scaled,
      calibratedLast: moved(scaled, error),
    };
  }
}

const UTC_WEEKDAYS = weekdaysIn(() => 0);

function score(sums: Sums, actual: number, said: Readonly<Record<Forecaster, number>>): void {
  sums.moments++;
  if (actual <= said.corrected) sums.covered++;
  for (const name of FORECASTERS) sums.loss[name] += pinball(LEVEL, said[name], actual);
}
