/**
 * Holt-Winters smoothing as predictive-horizontal-pod-autoscaler uses it (algorithms/holt_winters, over the Python package
 * statsmodels): fixed parameters, a heuristic beginning, one step ahead.
 */
import { ceilOf } from "./linearPrediction.ts";

export interface HoltWintersOptions {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly seasonLength: number;
  readonly trend: "additive" | "multiplicative";
  readonly seasonal: "additive" | "multiplicative";
  /** Of the trend in each step; 1 is none. */
  readonly damping?: number;
}

interface Start {
  readonly level: number;
  readonly trend: number;
  /** One for each position of the season. */
  readonly seasonal: Float64Array;
}

/** Replicas one step ahead, rounded up; 0 where nothing can be said. */
export function holtWintersReplicas(series: ArrayLike<number>, options: HoltWintersOptions): number {
  const next = holtWinters(series, options);
  return next === null || Number.isNaN(next) ? 0 : ceilOf(next);
}

/**
 * One step ahead; null for fewer than two seasons, or than the heuristic's ten averages need, and for what the package
 * refuses: a season of one step, and a multiplicative part with a value that is not above 0.
 */
export function holtWinters(series: ArrayLike<number>, options: HoltWintersOptions): number | null {
  const { seasonLength, trend, seasonal } = options;
  if (seasonLength < 2 || series.length < Math.max(2 * seasonLength, leastPoints(seasonLength))) return null;
  const multiplies = trend === "multiplicative" || seasonal === "multiplicative";
  if (multiplies && !isPositive(series)) return null;
  return recursion(series, startOf(series, options), options);
}

const leastPoints = (seasonLength: number): number => 10 + 2 * Math.floor(seasonLength / 2);

function isPositive(series: ArrayLike<number>): boolean {
  for (let i = 0; i < series.length; i++) {
    if (!((series[i] as number) > 0)) return false;
  }
  return true;
}

function recursion(series: ArrayLike<number>, start: Start, options: HoltWintersOptions): number {
  const { alpha, beta, gamma, seasonLength, damping = 1 } = options;
  const additiveTrend = options.trend === "additive";
  const additiveSeason = options.seasonal === "additive";
  const seasonal = start.seasonal;
  let { level, trend } = start;
  let position = 0;
  for (let i = 0; i < series.length; i++) {
    const value = series[i] as number;
    const season = seasonal[position] as number;
    const oldTrend = additiveTrend ? damping * trend : trend ** damping;
    const expected = additiveTrend ? level + oldTrend : level * oldTrend;
    const withoutSeason = additiveSeason ? value - season : value / season;
    const next = alpha * withoutSeason + (1 - alpha) * expected;
    const change = additiveTrend ? next - level : next / level;
    trend = beta * change + (1 - beta) * oldTrend;
    const fresh = additiveSeason ? value - expected : value / expected;
    seasonal[position] = gamma * fresh + (1 - gamma) * season;
    level = next;
    position = position + 1 === seasonLength ? 0 : position + 1;
  }
  const season = seasonal[position] as number;
  const ahead = additiveTrend ? level + damping * trend : level * trend ** damping;
  return additiveSeason ? ahead + season : ahead * season;
}

/** The package's heuristic (Hyndman et al. 2008, section 2.6.1): a moving average, its line, and what is left by position. */
function startOf(series: ArrayLike<number>, options: HoltWintersOptions): Start {
  const { seasonLength } = options;
  const cycles = Math.max(
    Math.min(5, Math.floor(series.length / seasonLength)),
    Math.ceil(leastPoints(seasonLength) / seasonLength),
  );
  const average = centredAverage(series, Math.min(series.length, cycles * seasonLength), seasonLength);
  const { intercept, slope } = lineThrough(average.subarray(0, 10));
  return {
    level: intercept,
    trend: options.trend === "additive" ? slope : 1 + slope / intercept,
    seasonal: seasonalOf(series, average, options),
  };
}

/**
 * Over one season around each of the first `count` values for which it fits, the first of them half a season in; an even
 * season weighs its two ends by half. As a running sum, which is exact for counts.
 */
function centredAverage(series: ArrayLike<number>, count: number, seasonLength: number): Float64Array {
  const half = Math.floor(seasonLength / 2);
  const weight = seasonLength % 2 === 0 ? 0.5 : 1;
  const average = new Float64Array(count - 2 * half);
  let inner = 0;
  for (let i = 1; i < 2 * half; i++) inner += series[i] as number;
  for (let i = 0; i < average.length; i++) {
    const [first, last] = [series[i] as number, series[i + 2 * half] as number];
    average[i] = (weight * first + inner + weight * last) / seasonLength;
    inner += last - (series[i + 1] as number);
  }
  return average;
}

/** The mean of what is left at each position of the season, normalized to a sum of 0 or a mean of 1. */
function seasonalOf(
  series: ArrayLike<number>,
  average: Float64Array,
  { seasonLength, seasonal }: HoltWintersOptions,
): Float64Array {
  const half = Math.floor(seasonLength / 2);
  const additive = seasonal === "additive";
  const sums = new Float64Array(seasonLength);
  const counts = new Float64Array(seasonLength);
  for (let i = 0; i < average.length; i++) {
    const [value, around] = [series[i + half] as number, average[i] as number];
    const position = (i + half) % seasonLength;
    sums[position] = (sums[position] as number) + (additive ? value - around : value / around);
    counts[position] = (counts[position] as number) + 1;
  }
  const means = sums.map((sum, position) => sum / (counts[position] as number));
  const mean = meanOf(means);
  return means.map((value) => (additive ? value - mean : value / mean));
}

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Least squares over 1, 2, 3, …; the intercept is at 0. */
function lineThrough(values: Float64Array): { readonly intercept: number; readonly slope: number } {
  const meanX = (values.length + 1) / 2;
  const meanY = meanOf(values);
  let covariance = 0;
  let variance = 0;
  for (const [i, value] of values.entries()) {
    covariance += (i + 1 - meanX) * (value - meanY);
    variance += (i + 1 - meanX) ** 2;
  }
  const slope = covariance / variance;
  return { slope, intercept: meanY - slope * meanX };
}
