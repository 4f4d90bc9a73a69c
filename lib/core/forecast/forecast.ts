/** A forecast as it is stored and read: a middle path with its scale of error, and measured errors by horizon. */
import type { EpochSeconds } from "../time.ts";

export const FORECAST_SLOT_SECONDS = 300;

/**
 * Errors that the model made on this target's own past, by horizon. An error is measured on the square-root scale,
 * in units of the slot's `scale`, as the largest excess of the load over the (level-corrected) path in `(now, now + horizon]`.
 * So `quantiles[h][l]` at horizon h covers the whole interval with probability `levels[l]`, not one point of it.
 */
export interface ErrorTable {
  readonly horizonsSeconds: readonly number[];
  readonly levels: readonly number[];
  /** By horizon: the power of the level correction that did best (0 none, 1 full). */
  readonly correction: readonly number[];
  /** By horizon, then level; rising in the level. */
  readonly quantiles: readonly (readonly number[])[];
}

/** How well the middle path did on the target's own last days: mean absolute error ÷ mean load (null: too short a past). */
export interface ForecastScore {
  readonly loss: number | null;
  readonly lossSameTimeLastWeek: number | null;
}

/** One UTC day of forecast for one target: the item that the forecast store keeps. */
export interface ForecastDay {
  readonly version: 1;
  readonly target: string;
  /** `2025-11-11`, UTC. */
  readonly day: string;
  readonly model: string;
  readonly madeAt: EpochSeconds;
  readonly slotSeconds: number;
  /** Load per minute (or level), one a slot. */
  readonly median: readonly number[];
  /** Scale of error per slot, on the square-root scale. */
  readonly scale: readonly number[];
  readonly errors: ErrorTable;
  /** The history that was seen: its span and the share of slots that were missing or masked. */
  readonly history: {
    readonly from: EpochSeconds;
    readonly to: EpochSeconds;
    readonly missingShare: number;
  };
  readonly score: ForecastScore;
}

/** The slots of one or two days that a decision looks at: the last hour and the time up to its furthest horizon. */
export interface ForecastView {
  readonly kind: "known";
  readonly model: string;
  readonly madeAt: EpochSeconds;
  readonly slotSeconds: number;
  /** Start of the first slot. */
  readonly start: EpochSeconds;
  readonly median: readonly number[];
  readonly scale: readonly number[];
  readonly errors: ErrorTable;
}

/** Load per slot up to now, for fitting. */
export interface History {
  /** Start of the first slot. */
  readonly start: EpochSeconds;
  readonly slotSeconds: number;
  /** Mean load per minute of the slot; NaN is missing or masked. */
  readonly mean: Float64Array;
  /** Highest minute of the slot; NaN where only the mean is known or the slot is missing. */
  readonly peak: Float64Array;
}

/** A forecast for consecutive slots, before it is cut into days. */
export interface Forecast {
  readonly model: string;
  readonly start: EpochSeconds;
  readonly slotSeconds: number;
  readonly median: Float64Array;
  readonly scale: Float64Array;
  readonly errors: ErrorTable;
  readonly score: ForecastScore;
}

/** Offset of the target's wall clock from UTC at an instant, in seconds. */
export type UtcOffset = (at: EpochSeconds) => number;

/** Every model stands behind this. Pure: the same history gives the same forecast. */
export interface ForecastModel {
  readonly name: string;
  /** Null when the history is too short for this model; the caller then runs without a forecast. */
  fit(history: History, horizonSlots: number, utcOffset: UtcOffset): Forecast | null;
}
