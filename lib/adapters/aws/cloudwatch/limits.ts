/** What CloudWatch allows and keeps, and how long it takes: the numbers that the reading of metrics goes by. */
import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from "../../../core/time.ts";

/** Queries in one GetMetricData call, the parts of metric math counted too (API reference of GetMetricData). */
export const MOST_QUERIES = 500;

/** Points in one GetMetricData call (API reference of GetMetricData). */
export const MOST_POINTS = 100_800;

/** How long after its end a minute is taken to be complete. CloudWatch shows it earlier, with only a part of the requests. */
export const PUBLICATION_DELAY_SECONDS = 60;

/** The same of steps of less than a minute. AWS promises no time; what comes later is missing and the minute before stands. */
export const STEP_PUBLICATION_DELAY_SECONDS = 20;

/**
 * How long after its end a minute without a point may be taken to be empty rather than late. With the minute that it may
 * last until the next wake-up it must stay within a policy's `staleAfter`, or what is idle is never known freshly enough.
 */
export const IDLE_PROOF_SECONDS = 120;

export const FIVE_MINUTES_SECONDS = 5 * MINUTE_SECONDS;

/** A call that begins a moment before the data's age limit answers nothing at all, so the limits are not exhausted. */
const AGE_MARGIN_SECONDS = HOUR_SECONDS;

/** How far back there are minutes: 15 days (retention of one-minute data). */
export const MINUTES_KEPT_SECONDS = 15 * DAY_SECONDS - AGE_MARGIN_SECONDS;

/** How far back there are values of five minutes: 63 days (retention of five-minute data). */
export const FIVE_MINUTES_KEPT_SECONDS = 63 * DAY_SECONDS - AGE_MARGIN_SECONDS;
