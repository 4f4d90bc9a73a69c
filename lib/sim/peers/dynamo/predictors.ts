/**
 * What the NVIDIA Dynamo planner expects of the next interval, re-implemented from ai-dynamo/dynamo
 * components/src/dynamo/planner/core/load/predictors.py: the constant and the Kalman predictor. Its ARIMA and Prophet
 * predictors are statistics packages and are not reproduced.
 */

/** Level noise, trend noise and observation noise of the local-trend filter, and how many points it needs. */
export const KALMAN_DEFAULTS = {
  levelNoise: 1,
  trendNoise: 0.1,
  observationNoise: 10,
  leastPoints: 5,
} as const;

export interface KalmanState {
  /** Points seen since the first that was not 0. */
  readonly count: number;
  readonly last: number;
  readonly level: number;
  readonly trend: number;
  /** Covariance of level and trend: variance of the level, both together, variance of the trend. */
  readonly covariance: readonly [number, number, number];
}

/** How little is known before the first point. */
const START_VARIANCE = 1000;

export const KALMAN_START: KalmanState = {
  count: 0,
  last: 0,
  level: 0,
  trend: 0,
  covariance: [START_VARIANCE, 0, START_VARIANCE],
};

/** Takes in a point; zeros before the first other value are skipped. */
export function observe(state: KalmanState, value: number): KalmanState {
  if (state.count === 0) {
    return value === 0 ? state : { ...KALMAN_START, count: 1, last: value, level: value };
  }
  const { levelNoise, trendNoise, observationNoise } = KALMAN_DEFAULTS;
  const [p00, p01, p11] = state.covariance;
  // Predicted: level + trend, with F P Fᵀ + Q.
  const level = state.level + state.trend;
  const a00 = p00 + 2 * p01 + p11 + levelNoise;
  const a01 = p01 + p11;
  const a11 = p11 + trendNoise;
  const surprise = value - level;
  const [levelGain, trendGain] = [a00 / (a00 + observationNoise), a01 / (a00 + observationNoise)];
  return {
    count: state.count + 1,
    last: value,
    level: level + levelGain * surprise,
    trend: state.trend + trendGain * surprise,
    covariance: [(1 - levelGain) * a00, (1 - levelGain) * a01, a11 - trendGain * a01],
  };
}

/** The next point: the last one until there are enough for a trend; never below 0. */
export function predictNext({ count, last, level, trend }: KalmanState): number {
  return count < KALMAN_DEFAULTS.leastPoints ? last : Math.max(0, level + trend);
}
