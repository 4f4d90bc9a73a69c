/** What the correction of a forecast and the size of its error are made of, the same for fitting and for deciding. */
import { type Moment, TREND_TERMS, WINDOWS_MINUTES } from "./moment.ts";

/** Each deviation as it is, each in proportion to how the path goes on, the path's own change undone, and the trend. */
export const RESPONSE_TERMS = 2 * WINDOWS_MINUTES.length + 1 + TREND_TERMS;

/** The time of day's usual size, the hour's unrest, the height of the load, and a constant. */
export const SPREAD_TERMS = 4;

/** Which of the spread terms is the height of the load. */
export const HEIGHT_TERM = 2;

/** A path that grows tenfold does not make a deviation grow tenfold. */
const LOWEST_RATIO = 0.3;
const HIGHEST_RATIO = 3;

/** In root requests a minute; only its weight, which is fitted, matters. */
const CONSTANT = 0.2;

/** An error of less than this is too good to be true: counts alone scatter by a half. */
export const LEAST_SPREAD = 0.03;

/** How the path goes on against that of the hour, within limits. */
export function pathRatio(moment: Moment, pathRoot: number): number {
  return Math.min(HIGHEST_RATIO, Math.max(LOWEST_RATIO, pathRoot / Math.max(moment.pathRoot, 1e-3)));
}

/**
 * Writes the response terms at `at`: `pathRoot` is the highest root of the path in the horizon. None of them but the trend
 * falls when a minute's load rises, so that weights of at least 0 keep the answer rising in the load.
 */
export function responseTerms(moment: Moment, pathRoot: number, into: Float64Array, at: number): void {
  const ratio = pathRatio(moment, pathRoot);
  const windows = moment.deviations.length;
  for (let w = 0; w < windows; w++) {
    const deviation = moment.deviations[w] as number;
    into[at + w] = deviation;
    into[at + windows + w] = deviation * ratio;
  }
  into[at + 2 * windows] = moment.pathRoot - pathRoot;
  for (let t = 0; t < TREND_TERMS; t++) {
    into[at + RESPONSE_TERMS - TREND_TERMS + t] = moment.trend[t] as number;
  }
}

/** Writes the spread terms at `at`: `size` is the usual size of the error at this time of day. */
export function spreadTerms(
  moment: Moment,
  pathRoot: number,
  size: number,
  into: Float64Array,
  at: number,
): void {
  into[at] = size;
  into[at + 1] = moment.unrest;
  into[at + HEIGHT_TERM] = Math.max(moment.loadRoot, pathRoot);
  into[at + 3] = CONSTANT;
}

export function dot(weights: ArrayLike<number>, terms: Float64Array, at: number): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * (terms[at + i] as number);
  return sum;
}
