/** Forecasts, one compact item for each target and UTC day. */
import type { ForecastDay } from "../core/forecast/forecast.ts";
import type { StoredDay } from "../core/forecast/view.ts";

export interface ForecastStore {
  /** Writes the days, replacing what was there for the same target and day. */
  put(days: readonly ForecastDay[]): Promise<void>;
  /** The stored items among `days` (`2025-11-11`), in the order of `days`; absent ones are left out. */
  get(target: string, days: readonly string[]): Promise<readonly StoredDay[]>;
}
