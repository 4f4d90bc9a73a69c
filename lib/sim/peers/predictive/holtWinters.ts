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
  readonly seasonal: readonly number[];
}

/** Replicas one step ahead, rounded up; 0 where the series is too short for a beginning. */
export function holtWintersReplicas(series: readonly number[], options: HoltWintersOptions): number {
  const next = holtWinters(series, options);
  return next === null ? 0 : ceilOf(next);
}

/** One step ahead; null for fewer than two seasons, or than the heuristic's ten averages need. */
export function holtWinters(series: readonly number[], options: HoltWintersOptions): number | null {
  const { seasonLength } = options;
  if (series.length < Math.max(2 * seasonLength, leastPoints(seasonLength))) return null;
  return recursion(series, startOf(series, options), options);
}

const leastPoints = (seasonLength: number): number => 10 + 2 * Math.floor(seasonLength / 2);

function recursion(series: readonly number[], start: Start, options: HoltWintersOptions): number {
  const { alpha, beta, gamma, seasonLength, damping = 1 } = options;
  const additiveTrend = options.trend === "additive";
  const additiveSeason = options.seasonal === "additive";
  const grown = (level: number, trend: number): number =>
    additiveTrend ? level + damping * trend : level * trend ** damping;
  const seasonal = [...start.seasonal];
  let { level, trend } = start;
  for (const [i, value] of series.entries()) {
    const season = seasonal[i % seasonLength] as number;
    const expected = grown(level, trend);
    const withoutSeason = additiveSeason ? value - season : value / season;
    const next = alpha * withoutSeason + (1 - alpha) * expected;
    const change = additiveTrend ? next - level : next / level;
    const oldTrend = additiveTrend ? damping * trend : trend ** damping;
    trend = beta * change + (1 - beta) * oldTrend;
    const fresh = additiveSeason ? value - expected : value / expected;
    seasonal[i % seasonLength] = gamma * fresh + (1 - gamma) * season;
    level = next;
  }
  const season = seasonal[series.length % seasonLength] as number;
  const ahead = grown(level, trend);
  return additiveSeason ? ahead + season : ahead * season;
}

/** The package's heuristic (Hyndman et al. 2008, section 2.6.1): a moving average, its line, and what is left by position. */
function startOf(series: readonly number[], options: HoltWintersOptions): Start {
  const { seasonLength } = options;
  const cycles = Math.max(
    Math.min(5, Math.floor(series.length / seasonLength)),
    Math.ceil(leastPoints(seasonLength) / seasonLength),
  );
  const values = series.slice(0, cycles * seasonLength);
  const average = centredAverage(values, seasonLength);
  const additiveSeason = options.seasonal === "additive";
  const detrended = values.map((value, i) => {
    const around = average[i] ?? Number.NaN;
    return additiveSeason ? value - around : value / around;
  });
  const seasonal = normalized(
    Array.from({ length: seasonLength }, (_, position) =>
      meanOfKnown(detrended.filter((_, i) => i % seasonLength === position)),
    ),
    additiveSeason,
  );
  const known = average.filter((value) => !Number.isNaN(value)).slice(0, 10);
  const { intercept, slope } = lineThrough(known);
  return {
    level: intercept,
    trend: options.trend === "additive" ? slope : 1 + slope / intercept,
    seasonal,
  };
}

/** Over one season; an even one weighs its two ends by half. NaN where it does not fit. */
function centredAverage(values: readonly number[], seasonLength: number): readonly number[] {
  const half = Math.floor(seasonLength / 2);
  const even = seasonLength % 2 === 0;
  return values.map((_, i) => {
    if (i < half || i + half >= values.length) return Number.NaN;
    let sum = 0;
    for (let k = -half; k <= half; k++) {
      const weight = even && Math.abs(k) === half ? 0.5 : 1;
      sum += weight * (values[i + k] as number);
    }
    return sum / seasonLength;
  });
}

function normalized(seasonal: readonly number[], additive: boolean): readonly number[] {
  const mean = meanOfKnown(seasonal);
  return seasonal.map((value) => (additive ? value - mean : value / mean));
}

function meanOfKnown(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Least squares over 1, 2, 3, …; the intercept is at 0. */
function lineThrough(values: readonly number[]): { readonly intercept: number; readonly slope: number } {
  const meanX = (values.length + 1) / 2;
  const meanY = meanOfKnown(values);
  let covariance = 0;
  let variance = 0;
  for (const [i, value] of values.entries()) {
    covariance += (i + 1 - meanX) * (value - meanY);
    variance += (i + 1 - meanX) ** 2;
  }
  const slope = covariance / variance;
  return { slope, intercept: meanY - slope * meanX };
}
