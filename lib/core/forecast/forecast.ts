/** A forecast as it is stored and read: a middle path with its scale of error, and measured errors by horizon. */
import type { EpochSeconds } from "../time.ts";

export const FORECAST_SLOT_SECONDS = 300;

/**
 * Errors of single slots that the model made on this target's own past, by lead time: on the square-root scale, in units
 * of the slot's `scale`. The load of a slot is at most `(√median + quantile × scale)²` with probability `level`.
 */
export interface Bands {
  /** Ends of the buckets of lead time after the end of the history, rising; the last one also serves beyond it. */
  readonly leadsSeconds: readonly number[];
  readonly levels: readonly number[];
  /** By bucket, then level; rising in the level. */
  readonly quantiles: readonly (readonly number[])[];
}

/**
 * What the highest load of the next minutes is, given the forecast and the last hour, as measured on this target's own past,
 * by horizon (`conditional/` explains each part). On the square-root scale the load of `(now, now + horizon]` stays under
 * `path + response · deviations + quantile × (spread · sizes)` with the probability of the quantile's level: all of it, not
 * one point of it.
 */
export interface ErrorTable {
  readonly horizonsSeconds: readonly number[];
  readonly levels: readonly number[];
  /** By horizon: how much of each deviation of the last hour, and of its trend, carries over; none below 0. */
  readonly response: readonly (readonly number[])[];
  /** By horizon: how much each measure of unrest adds to the size of the error; none below 0. */
  readonly spread: readonly (readonly number[])[];
  /** By horizon: the usual size of the error by time of day, in equal parts of the UTC day. */
  readonly size: readonly (readonly number[])[];
  /** By horizon, then level; rising in the level. */
  readonly quantiles: readonly (readonly number[])[];
}

/**
 * When the next request comes. The chance that one comes in a minute, none having come for `age` minutes, is
 * `byAge[class of age] × rate[slot] × minuteOfHour[minute]` and below 1, as measured on this target's own past
 * (`../idle/fitIdle.ts`).
 */
export interface IdleTable {
  /** Chances a minute, 0 to 1, by class of the idle time (`../idle/ages.ts`). */
  readonly byAge: readonly number[];
  /** How much likelier than usual, one a slot: the hour of the day and the kind of day. */
  readonly rate: readonly number[];
  /** The same by minute of the hour (UTC): jobs on the hour. */
  readonly minuteOfHour: readonly number[];
  /** Mean load of the first minute after a pause. */
  readonly firstLoad: number;
  /** Mean load a minute in the minutes after that first one. */
  readonly laterLoad: number;
  /** Pauses that were seen from their beginning to their end. */
  readonly pauses: number;
}

/** How well the middle path did on the target's own last days: mean absolute error ÷ mean load (null: too short a past). */
export interface ForecastScore {
  readonly loss: number | null;
  readonly lossSameTimeLastWeek: number | null;
}

/** What a candidate counts for, by bucket of lead time; over all candidates each bucket sums to 1. */
export interface CandidateWeight {
  readonly candidate: string;
  readonly weights: readonly number[];
}

/** One UTC day of forecast for one target: the item that the forecast store keeps. */
export interface ForecastDay {
  readonly version: 3;
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
  /** The load of the same slot a week before (or the nearest to that which is known): what the forecast has to beat. */
  readonly naive: readonly number[];
  /** Load of each minute of the hour ÷ that of its slot: what comes at the same minutes of every hour. */
  readonly minuteOfHour: readonly number[];
  readonly bands: Bands;
  readonly errors: ErrorTable;
  /** Only for targets that may go to no unit, where enough pauses were seen. */
  readonly idle?: IdleTable;
  readonly weights: readonly CandidateWeight[];
  /** The history that was seen: its span, the share of slots that were missing or masked, and how many gaps they form. */
  readonly history: {
    readonly from: EpochSeconds;
    readonly to: EpochSeconds;
    readonly missingShare: number;
    readonly gaps: number;
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
  readonly naive: readonly number[];
  readonly minuteOfHour: readonly number[];
  readonly bands: Bands;
  /** End of the history: lead times count from here. */
  readonly historyEnd: EpochSeconds;
  readonly errors: ErrorTable;
  readonly idle?: IdleTable;
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
  /** Load of each minute from `start` on; NaN where it is missing, masked, or only known more coarsely. */
  readonly minutes: Float64Array;
}

/** A forecast for consecutive slots, before it is cut into days. */
export interface Forecast {
  readonly model: string;
  readonly start: EpochSeconds;
  readonly slotSeconds: number;
  readonly median: Float64Array;
  readonly scale: Float64Array;
  readonly naive: Float64Array;
  readonly minuteOfHour: readonly number[];
  readonly bands: Bands;
  readonly errors: ErrorTable;
  readonly idle?: IdleTable;
  readonly weights: readonly CandidateWeight[];
  readonly score: ForecastScore;
}

/** Offset of the target's wall clock from UTC at an instant, in seconds. */
export type UtcOffset = (at: EpochSeconds) => number;

/**
 * Which local days are alike: days of one kind are forecast from each other. A plain weekday is `day % 7` (0 is a Thursday);
 * a holiday that is like a Sunday has the Sunday's kind; a day that is like its last occurrence has a kind from 7 on.
 */
export interface Calendar {
  readonly utcOffset: UtcOffset;
  /** `day`: days since 1970-01-01 on the wall clock. */
  readonly kindOf: (day: number) => number;
}

/** Every model stands behind this. Pure: the same history gives the same forecast. */
export interface ForecastModel {
  readonly name: string;
  /** Null when the history is too short for this model; the caller then runs without a forecast. */
  fit(history: History, horizonSlots: number, calendar: Calendar): Forecast | null;
}
