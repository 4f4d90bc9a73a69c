/** The load that single slots of a forecast stay under. */
import { interpolate } from "../quantile.ts";
import type { EpochSeconds } from "../time.ts";
import type { Bands, Forecast, ForecastView } from "./forecast.ts";

/** What the quantiles of slots are read from. */
export type Banded = Pick<Forecast | ForecastView, "start" | "slotSeconds" | "median" | "scale" | "bands">;

/**
 * The load per minute that slot number `slot` stays under with probability `level`, as was known at `historyEnd`:
 * `(√median + error × scale)²`, never below 0. Levels outside the stored ones are as the nearest stored one.
 */
export function slotQuantile(
  { start, slotSeconds, median, scale, bands }: Banded,
  historyEnd: EpochSeconds,
  slot: number,
  level: number,
): number {
  const lead = start + (slot + 1) * slotSeconds - historyEnd;
  const root = Math.sqrt(median[slot] as number) + bandError(bands, lead, level) * (scale[slot] as number);
  return root > 0 ? root * root : 0;
}

/** The standardised error at a lead time and level. */
export function bandError(
  { leadsSeconds, levels, quantiles }: Bands,
  leadSeconds: number,
  level: number,
): number {
  const found = leadsSeconds.findIndex((end) => leadSeconds <= end);
  const row = quantiles[found < 0 ? quantiles.length - 1 : found] as readonly number[];
  return interpolate(levels, row, level);
}
