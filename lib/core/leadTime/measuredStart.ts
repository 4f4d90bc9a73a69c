/** One scale-out as it was measured, kept with what it was of: how many units, and at which hour. */
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS } from "../time.ts";

export interface MeasuredStart {
  /** From asking until all of its units served. */
  readonly seconds: number;
  /** Units that were started; null where it was measured before that was kept. */
  readonly units: number | null;
  /** Hour of the UTC day at which it was asked for, 0 to 23; null where it was measured before that was kept. */
  readonly hour: number | null;
  /** It was given up before it had ended: the lead time is at least this. */
  readonly atLeast?: true;
}

/** Starts kept: enough to tell sizes and hours apart, and a few hundred bytes in the table. */
export const STARTS_KEPT = 48;

/** The hour of the UTC day, 0 to 23. */
export function hourOf(at: EpochSeconds): number {
  return Math.floor((((at % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS) / HOUR_SECONDS);
}

export function withStart(starts: readonly MeasuredStart[], start: MeasuredStart): readonly MeasuredStart[] {
  return [...starts, start].slice(-STARTS_KEPT);
}

/**
 * With a start that was given up after `seconds`. Only one that had lasted longer than all that was measured says
 * something: that it can take longer still. The next must outlast it too, so that an hour without capacity, asked for
 * again and again, counts once.
 */
export function withGivenUp(
  starts: readonly MeasuredStart[],
  start: Omit<MeasuredStart, "atLeast">,
): readonly MeasuredStart[] {
  if (starts.length === 0 || starts.some(({ seconds }) => seconds >= start.seconds)) return starts;
  return withStart(starts, { ...start, atLeast: true });
}
