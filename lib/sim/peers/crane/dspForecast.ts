/**
 * Crane's DSP forecaster: one period of a history, smoothed by leaving out weak frequencies, repeated. Re-implemented from
 * gocrane/crane pkg/prediction/dsp/{prediction,estimators}.go and pkg/prediction/accuracy.
 */
import type { EpochSeconds } from "../../../core/time.ts";
import { cleaned } from "./clean.ts";
import { periodOf } from "./period.ts";
import { inverse, realSignal, transform } from "./spectrum.ts";

export interface Estimator {
  /** So many of the strongest frequencies are kept at least, and all from this amplitude on. */
  readonly leastComponents: number;
  readonly lowAmplitude: number;
  /** Added to what comes out, as a share. */
  readonly margin: number;
}

const MARGINS = [0.01, 0.1, 0.15, 0.2] as const;

/** estimators.go: two ways to leave out frequencies, each with four margins. */
export const ESTIMATORS: readonly Estimator[] = [
  { leastComponents: 3, lowAmplitude: 1 },
  { leastComponents: 50, lowAmplitude: 0.05 },
].flatMap((each) => MARGINS.map((margin) => ({ ...each, margin })));

/** No more frequencies than this decide the threshold, and slower ones than one an hour stay. */
const MOST_COMPONENTS = 100;
const SLOW_HERTZ = 1 / 3600;

/** A load of nothing or less is as good as nothing. */
const LEAST_VALUE = 0.01;

export interface PeriodicForecast {
  /** Values of one period, of which the first is for `start`. */
  readonly values: Float64Array;
  readonly start: EpochSeconds;
  readonly stepSeconds: number;
}

/** The forecast from a history that ends at `end`; null where it repeats neither every day nor every week. */
export function dspForecast(
  history: Float64Array,
  stepSeconds: number,
  end: EpochSeconds,
  shuffleSeed: number,
): PeriodicForecast | null {
  const values = cleaned(history, stepSeconds);
  const period = periodOf(values, stepSeconds, shuffleSeed);
  if (period === null) return null;
  const whole = values.subarray(values.length % period);
  const estimator = bestEstimator(whole, period, stepSeconds);
  return {
    values: estimated(whole, period, estimator, stepSeconds),
    start: end - missingAtEnd(history) * stepSeconds,
    stepSeconds,
  };
}

/** Steps that cleaning left out there: the period goes on from the last known one. */
function missingAtEnd(history: Float64Array): number {
  return history.length - 1 - history.findLastIndex((value) => !Number.isNaN(value));
}

/** The highest value of the periods that `[from, to]` touches. */
export function highestBetween(
  { values, start, stepSeconds }: PeriodicForecast,
  from: EpochSeconds,
  to: EpochSeconds,
): number {
  const first = Math.floor((from - start) / stepSeconds);
  const last = Math.floor((to - start) / stepSeconds);
  let highest = 0;
  for (let step = first; step <= last; step++) {
    const at = ((step % values.length) + values.length) % values.length;
    highest = Math.max(highest, values[at] as number);
  }
  return highest;
}

/** The one that predicts the last period best from those before it; from itself where there is only one before. */
function bestEstimator(values: Float64Array, period: number, stepSeconds: number): Estimator {
  const earlier = values.subarray(0, values.length - period);
  const actual = values.subarray(values.length - period);
  const errors = ESTIMATORS.map((estimator) =>
    predictionError(actual, estimated(earlier, period, estimator, stepSeconds)),
  );
  return ESTIMATORS[errors.indexOf(Math.min(...errors))] as Estimator;
}

/** The last period of what is left of the signal without its weak frequencies. */
export function estimated(
  values: Float64Array,
  period: number,
  { leastComponents, lowAmplitude, margin }: Estimator,
  stepSeconds: number,
): Float64Array {
  const count = values.length;
  const { re, im } = transform(realSignal(values));
  const amplitude = re.map((value, k) => Math.hypot(value, im[k] as number) / count);
  const strongest = amplitude
    .subarray(1, Math.floor(count / 2) + 1)
    .slice()
    .sort()
    .reverse();
  const nth = (n: number): number => strongest[Math.min(n, strongest.length) - 1] as number;
  const threshold = Math.min(Math.max(nth(MOST_COMPONENTS), lowAmplitude), nth(leastComponents));
  for (let k = 0; k < count; k++) {
    // Bins of the upper half mirror slow ones, yet count as fast: a weak slow one loses its mirror and is halved.
    const isFast = k / count / stepSeconds > SLOW_HERTZ;
    if ((amplitude[k] as number) >= threshold || !isFast) continue;
    re[k] = 0;
    im[k] = 0;
  }
  const signal = inverse({ re, im }).re.subarray(count - period);
  return signal.map((value) => (value <= 0 ? LEAST_VALUE : value) * (1 + margin));
}

/**
 * Mean relative error in which predicting too little counts more: a fifth too little as much as its whole. Where an actual
 * value is almost 0, the mean absolute error.
 */
export function predictionError(actual: Float64Array, predicted: Float64Array): number {
  const nearZero = actual.some((value) => value < 0.001);
  let sum = 0;
  for (let i = 0; i < actual.length; i++) {
    const [real, expected] = [actual[i] as number, predicted[i] as number];
    if (nearZero) sum += Math.abs(real - expected);
    else if (expected >= real) sum += (expected - real) / real;
    else sum += -Math.log(expected / real) / Math.log(1.25);
  }
  return sum / actual.length;
}
