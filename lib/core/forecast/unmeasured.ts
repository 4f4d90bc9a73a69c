/** What is assumed of errors while too short a past is known to measure them: that they are wide. */
import { DAY_SECONDS } from "../time.ts";
import { LEVELS } from "./bands.ts";
import type { DayTable } from "./calendar.ts";
import { HORIZONS_SECONDS } from "./conditional/measureErrors.ts";
import { WINDOWS_MINUTES } from "./conditional/moment.ts";
import { RESPONSE_TERMS, SPREAD_TERMS } from "./conditional/terms.ts";
import type { Bands, ErrorTable } from "./forecast.ts";

/** An eighth of the typical height on the square-root scale: the 0.95 quantile of an ordinary hour is 1.8 times its load. */
const TYPICAL_SHARE = 0.125;
const LEAST_SCALE = 0.25;

const QUANTILES = [0, 1.2, 2, 2.6, 3.2, 4, 4.5, 6] as const;

export const UNMEASURED_BANDS: Bands = {
  leadsSeconds: [DAY_SECONDS],
  levels: LEVELS,
  quantiles: [QUANTILES],
};

/** Half of what the last hour says carries over; errors are in proportion to the height of the load. */
export const UNMEASURED_ERRORS: ErrorTable = {
  horizonsSeconds: HORIZONS_SECONDS,
  levels: LEVELS,
  response: HORIZONS_SECONDS.map(() =>
    Array.from({ length: RESPONSE_TERMS }, (_, i) => (i === WINDOWS_MINUTES.length - 1 ? 0.5 : 0)),
  ),
  spread: HORIZONS_SECONDS.map(() =>
    Array.from({ length: SPREAD_TERMS }, (_, i) => (i === 2 ? TYPICAL_SHARE : i === 3 ? 1 : 0)),
  ),
  size: HORIZONS_SECONDS.map(() => [1]),
  quantiles: HORIZONS_SECONDS.map(() => QUANTILES),
};

/** By slot of the day. */
export function unmeasuredScale({ mean, slotsPerDay }: DayTable): Float64Array {
  let sum = 0;
  let known = 0;
  for (const value of mean) {
    if (Number.isNaN(value)) continue;
    sum += value;
    known++;
  }
  const typical = known === 0 ? 0 : sum / known;
  return new Float64Array(slotsPerDay).fill(Math.max(LEAST_SCALE, TYPICAL_SHARE * typical));
}
