/** Brings the memory up to date with what is seen: who changed the capacity does not matter, only that it changed. */
import type { CapacityState } from "../capacity.ts";
import { hourOf, type MeasuredStart, withGivenUp, withStart } from "../leadTime/measuredStart.ts";
import type { Memory } from "../memory.ts";
import { type EpochSeconds, MINUTE_SECONDS } from "../time.ts";

/** A start that ended while nobody looked for longer than this took an unknown time. */
const LONGEST_BLINK_SECONDS = 5 * MINUTE_SECONDS;

/**
 * The memory after looking at the capacity at `now`: when it was last raised and lowered, since when as many units are
 * ready as are, and the lead time of a scale-out that has just become ready. Learning from what is seen, not from what
 * was asked, makes a lost answer or a crash after asking harmless.
 */
export function watch(before: Memory, capacity: CapacityState, now: EpochSeconds): Memory {
  const memory = notAfter(before, now);
  const { seen } = memory;
  const observed = { at: now, desired: capacity.desired, ready: capacity.ready };
  if (seen === null) return { ...memory, seen: observed, lastDecisionAt: now };
  const changedAt = clampBetween(seen.at, capacity.changedAt ?? now, now);
  const raised = capacity.desired > seen.desired;
  const lowered = capacity.desired < seen.desired;
  const starting = raised ? startOf(seen, capacity, now) : memory.starting;
  const arrived = starting !== null && !lowered && capacity.ready >= starting.to;
  return {
    ...memory,
    seen: observed,
    lastDecisionAt: now,
    readySince: capacity.ready === seen.ready ? memory.readySince : now,
    lastOutAt: raised ? changedAt : memory.lastOutAt,
    lastInAt: lowered ? changedAt : memory.lastInAt,
    starting: arrived || lowered ? null : starting,
    starts: startsAfter(memory, capacity, now, arrived ? starting : null),
  };
}

/**
 * With the start that has just ended, or the one that was just given up. One that the platform reports as failed tells
 * nothing of how long starts take.
 */
function startsAfter(
  { starts, starting, seen }: Memory,
  { desired, problem }: CapacityState,
  now: EpochSeconds,
  arrived: Memory["starting"],
): readonly MeasuredStart[] {
  if (seen === null || now - seen.at > LONGEST_BLINK_SECONDS) return starts;
  if (arrived !== null) return now > arrived.at ? withStart(starts, measured(arrived, now)) : starts;
  const isGivenUp = starting !== null && desired < seen.desired && problem === null;
  return isGivenUp ? withGivenUp(starts, measured(starting, now)) : starts;
}

function measured({ at, units }: NonNullable<Memory["starting"]>, now: EpochSeconds): MeasuredStart {
  return { seconds: now - at, units: units ?? null, hour: hourOf(at) };
}

/**
 * A scale-out that was just seen. Where the platform does not say when it began, it began when it was last seen undone,
 * which makes the lead time too long rather than too short. Null when that is too long ago to measure from, and when as
 * many units were ready before (some were still being released): then nothing starts.
 */
function startOf(
  seen: NonNullable<Memory["seen"]>,
  { desired, changedAt }: CapacityState,
  now: EpochSeconds,
): Memory["starting"] {
  if (seen.ready >= desired) return null;
  const units = desired - seen.ready;
  if (changedAt !== null) return { at: clampBetween(seen.at, changedAt, now), to: desired, units };
  return now - seen.at <= LONGEST_BLINK_SECONDS ? { at: seen.at, to: desired, units } : null;
}

/**
 * After the clock has stepped back, what was remembered of the future happened now: a wait that it began then ends
 * after its own length, not when the clock has caught up. The age of a start can no longer be told.
 */
function notAfter(memory: Memory, now: EpochSeconds): Memory {
  const { seen, readySince, lastOutAt, lastInAt, starting } = memory;
  const clamped = (at: EpochSeconds | null): EpochSeconds | null => (at === null ? null : Math.min(at, now));
  return {
    ...memory,
    seen: seen === null ? null : { ...seen, at: Math.min(seen.at, now) },
    readySince: clamped(readySince),
    lastOutAt: clamped(lastOutAt),
    lastInAt: clamped(lastInAt),
    starting: starting !== null && starting.at > now ? null : starting,
    // A record of before sizes and hours were kept has other lead times in its memory.
    starts: memory.starts ?? [],
  };
}

/** The platform's own time of the change, unless it contradicts when we looked. */
function clampBetween(earliest: EpochSeconds, at: EpochSeconds, latest: EpochSeconds): EpochSeconds {
  return Math.min(Math.max(at, earliest), latest);
}
