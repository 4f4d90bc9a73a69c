/** Measures, on the target's own last days, what the last hour says of the next minutes and how wrong that is. */
import { conformalQuantile } from "../../quantile.ts";
import { MINUTE_SECONDS } from "../../time.ts";
import { LEVELS } from "../bands.ts";
import type { ErrorTable } from "../forecast.ts";
import { HOUR_MINUTES, type Moment, momentOf, TREND_TERMS } from "./moment.ts";
import { quantileLoss, quantileWeights } from "./quantileRegression.ts";
import type { Replayed } from "./replayed.ts";
import { sizesByTime } from "./sizes.ts";
import { dot, LEAST_SPREAD, RESPONSE_TERMS, responseTerms, SPREAD_TERMS, spreadTerms } from "./terms.ts";

export const HORIZONS_SECONDS = [60, 180, 300, 600, 900, 1800, 3600, 7200] as const;

/** The level at which decisions are made is the one that the weights are fitted at; the others share them. */
const FITTED_LEVEL = 0.95;

/**
 * Moments nearer to each other say nearly the same; of the next minutes less so than of the next hours. A rare jump must
 * be among them as it begins, or its size is not learned.
 */
const MOMENT_EVERY_MINUTES = 5;
const LONG_HORIZON_MINUTES = 30;
const MOMENT_EVERY_MINUTES_AT_LONG = 15;

/** Of the regression, with each of the two estimates of the sizes; the second goes on from the first. */
const ROUNDS = 12;

/** The trend of minutes is mostly noise: it counts only where it lowers the loss by more than chance would. */
const LEAST_TREND_GAIN = 0.05;

/** The trend of a single minute may be that of its counts alone. */
const LEAST_TREND_SECONDS = 180;

/** With fewer moments than this nothing is measured. */
const LEAST_MOMENTS = 60;

const TERMS = RESPONSE_TERMS + SPREAD_TERMS;
const TREND = new Set(Array.from({ length: TREND_TERMS }, (_, t) => RESPONSE_TERMS - TREND_TERMS + t));
const NOTHING = new Set<number>();

/** Null when too little is known to measure by. Rounded to three decimals, which keeps stored days short. */
export function measureErrors(replayed: Replayed): ErrorTable | null {
  const moments = momentsOf(replayed);
  const known: HorizonErrors[] = [];
  let isTrending = true;
  for (const seconds of HORIZONS_SECONDS) {
    const row = measureHorizon(replayed, moments, seconds / MINUTE_SECONDS, isTrending);
    if (row === null) return null;
    // What says nothing of three minutes says nothing of an hour: it is not looked for there.
    isTrending = row.isTrending || seconds < LEAST_TREND_SECONDS;
    known.push(row);
  }
  const rounded = (values: ArrayLike<number>): number[] =>
    Array.from(values, (value) => Math.round(value * 1000) / 1000);
  return {
    horizonsSeconds: HORIZONS_SECONDS,
    levels: LEVELS,
    response: known.map(({ response }) => rounded(response)),
    spread: known.map(({ spread }) => rounded(spread)),
    size: known.map(({ size }) => rounded(size)),
    quantiles: known.map(({ quantiles }) => rounded(quantiles)),
  };
}

interface At {
  readonly index: number;
  readonly moment: Moment;
}

function momentsOf({ load, path }: Replayed): readonly At[] {
  const found: At[] = [];
  for (let index = HOUR_MINUTES; index < load.length; index += MOMENT_EVERY_MINUTES) {
    const moment = momentOf(load, path, index);
    if (moment !== null) found.push({ index, moment });
  }
  return found;
}

interface HorizonErrors {
  readonly isTrending: boolean;
  readonly response: Float64Array;
  readonly spread: Float64Array;
  readonly size: Float64Array;
  readonly quantiles: readonly number[];
}

/**
 * First the weights at the fitted level, with the sizes of the uncorrected errors; then again with the sizes that are left
 * once the response has corrected them; then with the trend, if that is worth it. A day's own errors say nothing of its own
 * sizes, or they would look smaller than those of a day to come. The quantiles are conformal, at a level a little raised
 * since days err together.
 */
function measureHorizon(
  replayed: Replayed,
  moments: readonly At[],
  minutes: number,
  mayTrend: boolean,
): HorizonErrors | null {
  const cases = casesOf(replayed, moments, minutes);
  const count = cases.excess.length;
  if (count < LEAST_MOMENTS) return null;
  let residuals = cases.excess;
  let sizes = sizesByTime(residuals, cases.minuteOfDay, cases.day);
  let weights: Float64Array = new Float64Array(TERMS);
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < count; i++) {
      const { moment, pathRoot } = cases.at[i] as Case;
      spreadTerms(
        moment,
        pathRoot,
        sizes.withoutOwnDay[i] as number,
        cases.terms,
        i * TERMS + RESPONSE_TERMS,
      );
    }
    weights = fitted(cases, round === 0 ? null : weights, false);
    if (round === 1) break;
    const response = weights.subarray(0, RESPONSE_TERMS);
    residuals = cases.excess.map((excess, i) => excess - dot(response, cases.terms, i * TERMS));
    sizes = sizesByTime(residuals, cases.minuteOfDay, cases.day);
  }
  const trending = mayTrend ? trendingWeights(cases, weights) : null;
  weights = trending ?? weights;
  const response = weights.slice(0, RESPONSE_TERMS);
  const spread = weights.slice(RESPONSE_TERMS);
  if (spread.every((weight) => weight === 0)) spread[SPREAD_TERMS - 1] = 1;
  const standardised = cases.excess.map((excess, i) => {
    const width = Math.max(LEAST_SPREAD, dot(spread, cases.terms, i * TERMS + RESPONSE_TERMS));
    return (excess - dot(response, cases.terms, i * TERMS)) / width;
  });
  standardised.sort();
  const days = new Set(cases.day).size;
  return {
    isTrending: trending !== null,
    response,
    spread,
    size: sizes.byPart,
    quantiles: LEVELS.map((level) => conformalQuantile(standardised, raised(level, days))),
  };
}

/** With or without weight on the trend; `from` has none. */
function fitted({ terms, excess }: Cases, from: Float64Array | null, trend: boolean): Float64Array {
  const effort = { rounds: ROUNDS, from, without: trend ? NOTHING : TREND };
  return quantileWeights(terms, TERMS, excess, FITTED_LEVEL, effort);
}

/** The weights with the trend's among them; null where that is not worth it. */
function trendingWeights(cases: Cases, weights: Float64Array): Float64Array | null {
  const trending = fitted(cases, weights, true);
  const lossOf = (each: Float64Array): number =>
    quantileLoss(cases.terms, TERMS, cases.excess, FITTED_LEVEL, each);
  return lossOf(trending) < (1 - LEAST_TREND_GAIN) * lossOf(weights) ? trending : null;
}

/** Moments of one day err together: with n days the level is that of the conformal rule for n, taken half. */
function raised(level: number, days: number): number {
  return 1 - ((1 - level) * days) / (days + 1);
}

interface Case {
  readonly moment: Moment;
  readonly pathRoot: number;
}

interface Cases {
  readonly at: readonly Case[];
  /** Highest root of the load in the horizon less that of the path. */
  readonly excess: Float64Array;
  readonly minuteOfDay: readonly number[];
  /** 24-hour stretches from the start, numbered. */
  readonly day: readonly number[];
  readonly terms: Float64Array;
}

/** Of the moments whose whole horizon is forecast and at least four fifths known. */
function casesOf({ load, path, firstMinuteOfDay }: Replayed, moments: readonly At[], minutes: number): Cases {
  const at: Case[] = [];
  const excess: number[] = [];
  const minuteOfDay: number[] = [];
  const day: number[] = [];
  const everyMinutes = minutes < LONG_HORIZON_MINUTES ? MOMENT_EVERY_MINUTES : MOMENT_EVERY_MINUTES_AT_LONG;
  for (const { index, moment } of moments) {
    if (index + minutes > load.length) break;
    if (index % everyMinutes !== 0) continue;
    let highest = Number.NEGATIVE_INFINITY;
    let highestPath = 0;
    let known = 0;
    for (let minute = index; minute < index + minutes; minute++) {
      highestPath = Math.max(highestPath, path[minute] as number);
      const x = load[minute] as number;
      if (Number.isNaN(x)) continue;
      known++;
      if (x > highest) highest = x;
    }
    if (known < 0.8 * minutes || Number.isNaN(highestPath)) continue;
    const pathRoot = Math.sqrt(highestPath);
    at.push({ moment, pathRoot });
    excess.push(Math.sqrt(highest) - pathRoot);
    minuteOfDay.push((firstMinuteOfDay + index) % 1440);
    day.push(Math.floor(index / 1440));
  }
  const terms = new Float64Array(at.length * TERMS);
  for (const [i, { moment, pathRoot }] of at.entries()) responseTerms(moment, pathRoot, terms, i * TERMS);
  return { at, excess: Float64Array.from(excess), minuteOfDay, day, terms };
}
