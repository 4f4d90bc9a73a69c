/** One forecast that another model made: the quantiles of consecutive slots, as they were read and checked. */
import type { EpochSeconds } from "../../time.ts";

export const ROWS_SCHEMA = "forewarm.forecast-rows/1";

export interface ForecastRow {
  readonly model: string;
  /** The trace or target that it is for; null where the file is for one only. */
  readonly series: string | null;
  readonly madeAt: EpochSeconds;
  /** End of what the model had seen: lead times count from here. */
  readonly historyEnd: EpochSeconds;
  readonly slotSeconds: number;
  /** Start of the first slot, on the grid of `slotSeconds`. */
  readonly start: EpochSeconds;
  /** Rising, 0.5 among them. */
  readonly levels: readonly number[];
  /** Load per minute; one list a level, one number a slot, not falling in the level. */
  readonly quantiles: readonly (readonly number[])[];
}
