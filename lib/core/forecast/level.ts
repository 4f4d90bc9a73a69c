/** How far today runs above or below its forecast, from the last hour. */

export const LEVEL_WINDOW_SECONDS = 3_600;

/** A ratio outside this says more about the window than about the day. */
const LOWEST_RATIO = 0.25;
const HIGHEST_RATIO = 4;

/** Ten requests an hour: the weight of the belief that the day is as forecast (the prior of a gamma-Poisson ratio). */
const PRIOR_PER_MINUTE = 10 / 60;

/**
 * Load seen ÷ load forecast, both per minute over the same stretch. Shrunk to 1 where an hour holds few requests:
 * two instead of one in a quiet hour give 1.09, 2,000 instead of 1,000 give 1.99.
 */
export function levelRatio(seen: number, forecast: number): number {
  const ratio = (seen + PRIOR_PER_MINUTE) / (forecast + PRIOR_PER_MINUTE);
  return Math.min(HIGHEST_RATIO, Math.max(LOWEST_RATIO, ratio));
}
