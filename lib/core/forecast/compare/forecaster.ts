/** What can be compared: anything that gives quantiles of the slots after a history. */
import type { Calendar, History } from "../forecast.ts";

/** One array a level, one value a slot: load per minute that the slot stays under with that probability. */
export type SlotQuantiles = readonly Float64Array[];

/** A forecast that was tried and cannot be used, with the reason for the reader of the result. */
export interface FailedForecast {
  readonly kind: "failed";
  readonly why: string;
}

/** Null: the history is too short for this forecaster. */
export type Attempt = SlotQuantiles | FailedForecast | null;

export interface Forecaster {
  /** Short and stable; used as a word of the command line. */
  readonly name: string;
  readonly label: string;
  /** What it is, of what source, and every deviation from its original. */
  readonly about: string;
  /** Quantiles at `levels` (rising) of the `slots` slots after the end of the history. Knows nothing but the history. */
  quantiles(
    history: History,
    slots: number,
    levels: readonly number[],
    calendar: Calendar,
  ): Attempt | Promise<Attempt>;
}

/** End of the last slot: lead times count from here. */
export const historyEndOf = ({ start, slotSeconds, mean }: History): number =>
  start + mean.length * slotSeconds;

export const isFailed = (attempt: Attempt): attempt is FailedForecast =>
  attempt !== null && "kind" in attempt;
