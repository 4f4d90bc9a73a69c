/**
 * The result of `forewarm forecast show`: one target's forecast as it stood at a moment, and how well such forecasts did
 * before. docs/forecast-schema.md explains each field; the number in `schema` grows when a reader would break.
 */
import type { EpochSeconds } from "../../time.ts";
import type { CandidateWeight, ForecastDay, ForecastScore } from "../forecast.ts";

export const FORECAST_SCHEMA = "forewarm.forecast/1";

/** Levels of the quantiles that are shown. */
export const SHOWN_LEVELS = [0.5, 0.95, 0.99] as const;

/** Evenly spaced values from `start` on; null is missing. */
export interface ShownSeries {
  readonly start: EpochSeconds;
  readonly values: readonly (number | null)[];
}

/** How forecasts made from this past did, by time ahead. */
export interface LeadScore {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly slots: number;
  /** Weighted quantile loss: twice the mean pinball loss over the levels ÷ the load; null where nothing came. */
  readonly loss: number | null;
  readonly lossSameTimeLastWeek: number | null;
  /** Share of the slots under the 0.95 and the 0.99 quantile. */
  readonly under95: number | null;
  readonly under99: number | null;
}

export interface ShownForecast {
  readonly schema: typeof FORECAST_SCHEMA;
  /** The trace or the target. */
  readonly name: string;
  /** `trace`: fitted for this view. `table`: as it is stored and used. */
  readonly source: "trace" | "table";
  /** The moment that it is seen from. */
  readonly at: EpochSeconds;
  readonly timeZone: string;
  readonly model: string;
  readonly madeAt: EpochSeconds;
  readonly slotSeconds: number;
  /** Span and gaps of the history that was learnt from. */
  readonly history: ForecastDay["history"];
  /** Its last two weeks, load per minute; null where it cannot be read. */
  readonly past: ShownSeries | null;
  /** From `at` on, load per minute. */
  readonly start: EpochSeconds;
  /** By level of `levels`, then slot. */
  readonly levels: readonly number[];
  readonly quantiles: readonly (readonly number[])[];
  readonly sameTimeLastWeek: readonly number[];
  readonly weights: readonly CandidateWeight[];
  readonly score: ForecastScore;
  /** By time ahead; null where there is no past to measure on. */
  readonly leads: {
    readonly origins: readonly EpochSeconds[];
    readonly scores: readonly LeadScore[];
  } | null;
  /** Windows that were left out of learning. */
  readonly masked: readonly {
    readonly name: string;
    readonly start: EpochSeconds;
    readonly end: EpochSeconds;
  }[];
  readonly notes: readonly string[];
}
