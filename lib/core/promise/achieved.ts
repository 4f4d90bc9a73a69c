/** What came of the promised share, and the margin on the planned demand that follows from it. */
import { DAY_SECONDS, type EpochSeconds, MINUTE_SECONDS } from "../time.ts";

export interface Achieved {
  /** End of the newest minute that was looked at. */
  readonly countedUntil: EpochSeconds;
  /** Time that was counted, its requests, and those of them outside the objective; what is a day older counts half. */
  readonly seconds: number;
  readonly requests: number;
  readonly outside: number;
  /** Natural logarithm of the factor on the planned demand, from after `movedAt` on; until then it is `logMarginBefore`. */
  readonly logMargin: number;
  readonly movedAt: EpochSeconds;
  readonly logMarginBefore: number;
}

export interface MinuteOfRequests {
  readonly requests: number;
  /** Those of them outside the objective. */
  readonly outside: number;
}

const HALF_LIFE_SECONDS = DAY_SECONDS;

/** For twice as many misses as promised the margin grows by a twentieth in this time (docs/decisions.md: what was tried). */
const GROWTH = 0.05;
const GROWTH_SECONDS = 1.5 * DAY_SECONDS;

/** However far off the promise is, the margin moves no faster than for these multiples of the promised misses. */
const LEAST_MULTIPLE = 0.2;
const MOST_MULTIPLE = 8;

/** What was achieved leans on the promise as much as on a quarter of a day of requests, and on one request at least. */
const LEANING_SECONDS = DAY_SECONDS / 4;

/** Capacity is never planned below two thirds, or above eight times, of what the quantile of the demand asks for. */
export const LEAST_MARGIN = 2 / 3;
export const MOST_MARGIN = 8;

/** Of a target that nothing was counted of yet. */
export const nothingCounted = (at: EpochSeconds): Achieved => ({
  countedUntil: at,
  seconds: 0,
  requests: 0,
  outside: 0,
  logMargin: 0,
  movedAt: at,
  logMarginBefore: 0,
});

/**
 * The logarithm of the factor on the planned demand. What is counted now moves it for the next decision: a wake-up that comes twice decides
 * the same twice, and more load cannot ask for fewer units by thinning out the misses.
 */
export function logMarginAt({ logMargin, logMarginBefore, movedAt }: Achieved, now: EpochSeconds): number {
  return now > movedAt ? logMargin : logMarginBefore;
}

export interface Steering {
  /** The promised share of requests inside the objective. */
  readonly share: number;
  /** Whether more could be had: a margin that cannot be bought must not grow. */
  readonly mayRise: boolean;
}

/**
 * After further minutes, oldest first. The margin integrates what is missed over what is promised, as adaptive conformal
 * inference does with the level (Gibbs and Candès 2021). A burst moves it for days, and little in each of them.
 */
export function achievedAfter(
  before: Achieved,
  minutes: readonly MinuteOfRequests[],
  { share, mayRise }: Steering,
): Achieved {
  const kept = 0.5 ** (MINUTE_SECONDS / HALF_LIFE_SECONDS);
  const perMinute = (GROWTH * MINUTE_SECONDS) / GROWTH_SECONDS;
  let { seconds, requests, outside, logMargin } = before;
  for (const minute of minutes) {
    seconds = kept * seconds + MINUTE_SECONDS;
    requests = kept * requests + minute.requests;
    outside = kept * outside + minute.outside;
    const step = perMinute * pullOf(missedMultiple({ seconds, requests, outside }, share));
    if (step > 0 && !mayRise) continue;
    logMargin = Math.min(Math.log(MOST_MARGIN), Math.max(Math.log(LEAST_MARGIN), logMargin + step));
  }
  return {
    ...before,
    seconds: rounded(seconds, 1),
    requests: rounded(requests, 1e2),
    outside: rounded(outside, 1e4),
    logMargin: rounded(logMargin, 1e6),
  };
}

/**
 * Upwards in proportion to what is missed too much: misses that come in bursts then come to the promised share in the mean,
 * where the logarithm alone would keep their geometric mean. Downwards by the logarithm, which is quicker where none come.
 */
function pullOf(multiple: number): number {
  return multiple > 1 ? multiple - 1 : Math.log(multiple);
}

/** Digits that tell nothing are not kept: they do not compress, and every record holds them twice. Never −0. */
const rounded = (value: number, perOne: number): number => Math.round(value * perOne) / perOne + 0;

/** Missed over promised misses, within limits; 1 while little is known. */
function missedMultiple(
  { seconds, requests, outside }: Pick<Achieved, "seconds" | "requests" | "outside">,
  share: number,
): number {
  const promised = (1 - share) * requests;
  const leaning = Math.max(1, (promised * LEANING_SECONDS) / seconds);
  return Math.min(MOST_MULTIPLE, Math.max(LEAST_MULTIPLE, (outside + leaning) / (promised + leaning)));
}

/** The share of requests inside the objective of late; null while fewer than a hundred were counted. */
export function achievedShare({ requests, outside }: Achieved): number | null {
  return requests < 100 ? null : 1 - outside / requests;
}
