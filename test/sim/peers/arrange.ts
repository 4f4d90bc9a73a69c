/** Observations of a rival for its tests, valid from the start: a test names only what it is about. */
import type { PeerObservation } from "../../../lib/sim/peers/peer.ts";

/** 2025-01-06T10:00:40Z, 40 s into a minute, when the minute before it is published. */
export const NOW = 1_736_157_640;

/** A settled endpoint of four units whose newest minutes are `perUnitPerMinute`. */
export function seen(
  perUnitPerMinute: readonly (number | null)[],
  change: Partial<PeerObservation> = {},
): PeerObservation {
  const desired = change.desired ?? 4;
  return {
    perUnitPerMinute,
    end: NOW - 40,
    load: { start: NOW - 40, perMinute: new Float64Array(0) },
    steps: stepsBefore([], []),
    desired,
    ready: desired,
    starting: [],
    locked: false,
    changedAt: null,
    ...change,
  };
}

/** A published load whose last minute ends when the observation does. */
export function loadBefore(perMinute: readonly number[], end: number = NOW - 40): PeerObservation["load"] {
  return { start: end - perMinute.length * 60, perMinute: Float64Array.from(perMinute) };
}

/** `count` minutes of the same value. */
export function steady<T>(value: T, count: number = 15): readonly T[] {
  return new Array<T>(count).fill(value);
}

/** Published ten-second steps whose last ends at `end`: requests that came, and requests in service and waiting. */
export function stepsBefore(
  arrivals: readonly number[],
  concurrency: readonly number[],
  end: number = NOW,
): PeerObservation["steps"] {
  return {
    start: end - concurrency.length * 10,
    stepSeconds: 10,
    arrivals: Float64Array.from(arrivals),
    concurrency: Float64Array.from(concurrency),
    ready: Float64Array.from(concurrency, () => 4),
  };
}
