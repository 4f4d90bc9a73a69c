/** How long a target is known to have had no requests. */
import type { CapacityState } from "../capacity.ts";
import { readingAt, type Series } from "../reading.ts";
import { type EpochSeconds, MINUTE_SECONDS } from "../time.ts";

/** Every minute of `[since, until)` is known to have been without load. */
export interface IdleTime {
  readonly since: EpochSeconds;
  readonly until: EpochSeconds;
}

/** Readings may end a little earlier than at the last look. */
const AHEAD_SECONDS = 5 * MINUTE_SECONDS;

/**
 * The idle time after looking at the newest minutes; null while there is none. A minute that is not known may have had
 * requests and ends it, but not while no unit is there or asked for: then requests would have been refused, which has a
 * rule of its own, and nothing can be lowered.
 */
export function idleAfter(
  before: IdleTime | null,
  load: Series | null,
  { desired, ready }: CapacityState,
): IdleTime | null {
  const isNone = desired === 0 && ready === 0;
  if (load === null || load.values.length === 0) return isNone ? before : null;
  let since = load.end;
  for (let ago = 0; ago < load.values.length; ago++) {
    const reading = readingAt(load, ago);
    const isIdle =
      reading.kind === "known"
        ? reading.value === 0
        : isNone && before !== null && since - MINUTE_SECONDS >= before.since;
    if (!isIdle) return since === load.end ? null : { since, until: load.end };
    since -= MINUTE_SECONDS;
  }
  // What was remembered by a clock that was ahead says nothing of this hour.
  const joins =
    before !== null &&
    before.since < since &&
    before.until >= since &&
    before.until <= load.end + AHEAD_SECONDS;
  return { since: joins ? before.since : since, until: load.end };
}
