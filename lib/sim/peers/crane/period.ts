/** Whether a history repeats every week or every day, as Crane tells (gocrane/crane pkg/prediction/dsp/{prediction,signal}.go). */
import { DAY_SECONDS } from "../../../core/time.ts";
import { stream } from "../../random.ts";
import { inverse, realSignal, transform } from "./spectrum.ts";

const SHUFFLES = 100;
const SHUFFLE_SHARE = 0.99;

/** The autocorrelation must rise before a period and fall after it, within so much time. */
const SLOPE_SECONDS = 4 * 3600;

/** Steps of the period, a week before a day; null where neither is one, or less than two of them are known. */
export function periodOf(values: Float64Array, stepSeconds: number, shuffleSeed: number): number | null {
  for (const seconds of [7 * DAY_SECONDS, DAY_SECONDS]) {
    const period = Math.round(seconds / stepSeconds);
    const cycles = Math.floor(values.length / period);
    if (cycles < 2) continue;
    const whole = values.subarray(values.length - cycles * period);
    if (strongestPeriod(whole, stepSeconds, shuffleSeed) === period) return period;
  }
  return null;
}

/** The period with the highest autocorrelation of those that stand out of chance; null for none. */
export function strongestPeriod(
  values: Float64Array,
  stepSeconds: number,
  shuffleSeed: number,
): number | null {
  const centred = withoutMean(values);
  const power = periodogram(centred);
  const threshold = chanceThreshold(centred, shuffleSeed);
  const correlation = autocorrelation(centred);
  let best: number | null = null;
  for (let k = 2; k < power.length; k++) {
    if ((power[k] as number) <= threshold) continue;
    const period = Math.round(values.length / k);
    if (!isPeak(correlation, period, stepSeconds)) continue;
    if (best === null || (correlation[period] as number) > (correlation[best] as number)) best = period;
  }
  return best;
}

/** Power of the frequencies from 0 to half. */
export function periodogram(values: Float64Array): Float64Array {
  const { re, im } = transform(realSignal(values));
  return Float64Array.from(
    { length: Math.floor(values.length / 2) + 1 },
    (_, k) => (re[k] as number) ** 2 + (im[k] as number) ** 2,
  );
}

/** The power that hardly any of a hundred random orders of the same values reaches. */
function chanceThreshold(values: Float64Array, seed: number): number {
  const draw = stream(seed, "crane shuffles");
  const highest: number[] = [];
  while (highest.length < SHUFFLES)
    highest.push(...highestPowers(shuffled(values, draw), shuffled(values, draw)));
  highest.sort((a, b) => a - b);
  return highest[Math.ceil(SHUFFLE_SHARE * SHUFFLES) - 1] as number;
}

function shuffled(values: Float64Array, draw: () => number): Float64Array {
  const order = values.slice();
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(draw() * (i + 1));
    const moved = order[i] as number;
    order[i] = order[j] as number;
    order[j] = moved;
  }
  return order;
}

/** The highest power of each of two signals, by one transform: what is even in it is of the one, what is odd of the other. */
export function highestPowers(one: Float64Array, other: Float64Array): readonly [number, number] {
  const { re, im } = transform({ re: one, im: other });
  const count = re.length;
  let [highestOne, highestOther] = [0, 0];
  for (let k = 0; 2 * k <= count; k++) {
    const mirror = (count - k) % count;
    const [a, b] = [re[k] as number, im[k] as number];
    const [c, d] = [re[mirror] as number, im[mirror] as number];
    highestOne = Math.max(highestOne, ((a + c) ** 2 + (b - d) ** 2) / 4);
    highestOther = Math.max(highestOther, ((b + d) ** 2 + (c - a) ** 2) / 4);
  }
  return [highestOne, highestOther];
}

/** By the Wiener-Khinchin theorem, over twice the length so that it does not wrap around; 1 at lag 0. */
export function autocorrelation(values: Float64Array): Float64Array {
  const padded = new Float64Array(2 * values.length);
  padded.set(values);
  const { re, im } = transform(realSignal(padded));
  const power = re.map((value, k) => value * value + (im[k] as number) ** 2);
  const lags = inverse(realSignal(power)).re.subarray(0, values.length);
  const zero = lags[0] as number;
  return lags.map((value) => (zero === 0 ? 0 : value / zero));
}

function isPeak(correlation: Float64Array, period: number, stepSeconds: number): boolean {
  const reach = Math.max(1, Math.min(Math.round(SLOPE_SECONDS / stepSeconds), Math.floor(period / 2)));
  if (period - reach < 0 || period + reach >= correlation.length) return false;
  const left = slope(correlation.subarray(period - reach, period + 1));
  const right = slope(correlation.subarray(period, period + reach + 1));
  return left > 0 && right < 0;
}

function slope(values: Float64Array): number {
  const middle = (values.length - 1) / 2;
  return values.reduce((sum, value, i) => sum + (i - middle) * value, 0);
}

function withoutMean(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}
