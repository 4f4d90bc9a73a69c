/**
 * The result of `forewarm forecast compare`: how well each forecaster's quantiles fit what came, by rolling origin.
 * docs/forecast-comparison-schema.md explains each field; the number in `schema` grows when a reader would break.
 */
import type { EpochSeconds } from "../../time.ts";

export const COMPARISON_SCHEMA = "forewarm.forecast-comparison/1";

/** Levels of the quantiles that are scored. */
export const LEVELS = [0.5, 0.9, 0.95, 0.99] as const;

/** Ends of the buckets of lead time, in seconds. */
export const LEADS_SECONDS = [3_600, 21_600, 86_400] as const;

export interface ForecasterAccount {
  readonly name: string;
  readonly label: string;
  readonly about: string;
}

/** Over some slots: the losses and coverages of one forecaster. Lists are by level. */
export interface QuantileScore {
  /** Slots whose load is known. */
  readonly slots: number;
  /** Mean over the levels of `losses`; null when nothing came in these slots. */
  readonly wql: number | null;
  /** Weighted quantile loss: twice the pinball losses ÷ the load that came. */
  readonly losses: readonly (number | null)[];
  /** Share of the slots whose load was at most the quantile; null without slots. */
  readonly coverage: readonly (number | null)[];
}

/** An origin at which a forecaster gave nothing; the quantiles of the reference counted in its place. */
export interface ReplacedOrigin {
  readonly origin: EpochSeconds;
  readonly why: string;
}

export interface ForecasterScore extends QuantileScore {
  readonly forecaster: string;
  /** By bucket of lead time. */
  readonly byLead: readonly QuantileScore[];
  readonly replaced: readonly ReplacedOrigin[];
  /** Mean time of one forecast; null where no clock was given. */
  readonly secondsPerFit: number | null;
}

export interface ComparedTrace {
  readonly name: string;
  readonly synthetic: boolean;
  readonly stepSeconds: number;
  readonly slotSeconds: number;
  readonly from: EpochSeconds;
  readonly to: EpochSeconds;
  /** Mean load per minute over all known slots. */
  readonly meanLoad: number;
  /** Share of all slots that is missing, filled or masked. */
  readonly missingShare: number;
  readonly leastHistoryDays: number;
  readonly origins: readonly EpochSeconds[];
  readonly notes: readonly string[];
  readonly scores: readonly ForecasterScore[];
}

/** A forecaster over all traces, beside the reference. */
export interface Standing {
  readonly forecaster: string;
  readonly traces: number;
  /** Geometric mean over the traces of its WQL ÷ the reference's; null where no trace allows it. */
  readonly wqlRatio: number | null;
  /** The same for the loss at each level. */
  readonly lossRatios: readonly (number | null)[];
  /** The same for the WQL in each bucket of lead time. */
  readonly leadRatios: readonly (number | null)[];
  /** Traces on which its WQL is lower than the reference's, within a hundredth of it, or higher. */
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** The trace with the highest ratio. */
  readonly worst: { readonly trace: string; readonly ratio: number } | null;
  /** Median over the traces of the coverage, by level. */
  readonly coverage: readonly (number | null)[];
  readonly replacedOrigins: number;
  readonly secondsPerFit: number | null;
}

export interface ForecastComparison {
  readonly schema: typeof COMPARISON_SCHEMA;
  readonly settings: {
    readonly levels: readonly number[];
    readonly leadsSeconds: readonly number[];
    readonly horizonSeconds: number;
    readonly everySeconds: number;
    readonly historyDays: number;
    /** Null: all that a trace has. */
    readonly mostOrigins: number | null;
  };
  /** The forecaster that all are measured against. */
  readonly reference: string;
  readonly forecasters: readonly ForecasterAccount[];
  readonly traces: readonly ComparedTrace[];
  readonly setAside: readonly { readonly trace: string; readonly why: string }[];
  readonly standings: readonly Standing[];
}
