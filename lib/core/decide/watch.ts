/** Brings the memory up to date with what is seen: who changed the capacity does not matter, only that it changed. */
import type { CapacityState } from "../capacity.ts";
import { LEAD_TIMES_KEPT } from "../leadTime.ts";
import type { Memory } from "../memory.ts";
import type { EpochSeconds } from "../time.ts";

/**
 * The memory after looking at the capacity at `now`: when it was last raised and lowered, since when as many units are
 * ready as are, and the lead time of a scale-out that has just become ready. Learning from what is seen, not from what
 * was asked, makes a lost answer or a crash after asking harmless.
 */
export function watch(memory: Memory, capacity: CapacityState, now: EpochSeconds): Memory {
  const { seen } = memory;
  const observed = { at: now, desired: capacity.desired, ready: capacity.ready };
  if (seen === null) return { ...memory, seen: observed, lastDecisionAt: now };
  const changedAt = clampBetween(seen.at, capacity.changedAt ?? now, now);
  const raised = capacity.desired > seen.desired;
  const lowered = capacity.desired < seen.desired;
  const starting = raised ? { at: changedAt, to: capacity.desired } : memory.starting;
  const arrived = starting !== null && !lowered && capacity.ready >= starting.to;
  return {
    ...memory,
    seen: observed,
    lastDecisionAt: now,
    readySince: capacity.ready === seen.ready ? memory.readySince : now,
    lastOutAt: raised ? changedAt : memory.lastOutAt,
    lastInAt: lowered ? changedAt : memory.lastInAt,
    starting: arrived || lowered ? null : starting,
    leadTimesSeconds:
      arrived && now > starting.at
        ? [...memory.leadTimesSeconds, now - starting.at].slice(-LEAD_TIMES_KEPT)
        : memory.leadTimesSeconds,
  };
}

/** The platform's own time of the change, unless it contradicts when we looked. */
function clampBetween(earliest: EpochSeconds, at: EpochSeconds, latest: EpochSeconds): EpochSeconds {
  return Math.min(Math.max(at, earliest), Math.max(earliest, latest));
}
