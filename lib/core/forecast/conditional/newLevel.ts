/** A last quarter of an hour beyond all errors that were measured is a new level: a launch, a migration, another region's traffic. */
import type { Moment } from "./moment.ts";

/** A deviation of the largest measured error is not believed at all yet; of so many times that, it is wholly. */
const BELIEVED_FROM = 1.25;

/** Errors grow with the level, but a load that is many times its path does not make them as many times as wide. */
const MOST_WIDENING = 2;

export interface NewLevel {
  /** From 0, as usual, to 1: the load goes on as far off its path as it is. */
  readonly belief: number;
  /** What is added to the root of the path when it does. */
  readonly deviation: number;
  /** By how much of itself the error's width grows: as far as the root of the load is off, as a share of the path's. */
  readonly widening: number;
}

/**
 * What the last hour says against errors of which the largest is `largest` (root scale); `ratio` is how the path goes on
 * against the hour's. Five minutes and a quarter of an hour must both be off, so that neither a burst nor one that has
 * passed is taken for a level. No part of it falls when a minute's load rises. Errors of nothing are taken at their word.
 */
export function newLevelOf({ deviations, loadRoot }: Moment, ratio: number, largest: number): NewLevel {
  const [, five, quarter] = deviations as readonly [number, number, number];
  const off = Math.max(0, Math.min(five, quarter));
  const deviation = off * ratio;
  const beyond = largest > 0 ? (deviation / largest - 1) / (BELIEVED_FROM - 1) : 0;
  return {
    belief: Math.min(1, Math.max(0, beyond)),
    deviation,
    widening: Math.min(MOST_WIDENING, off / Math.max(loadRoot - quarter, 1e-3)),
  };
}
