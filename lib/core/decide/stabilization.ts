/** The recommendations of the stabilization window, kept as the few that can still be its largest. */
import type { Memory } from "../memory.ts";
import type { TargetPolicy } from "../policy.ts";
import { type EpochSeconds, isoOf, sayDuration } from "../time.ts";
import { sayUnits } from "./say.ts";

type Recommendation = Memory["recommendations"][number];

/**
 * Adds a recommendation. One that is older than the window, or not larger than a younger one, can never again be the
 * window's largest and is dropped, so times rise and units fall, and the first is the largest. A recommendation from
 * the future (the clock stepped back) counts as made now, which keeps it longer, never shorter.
 */
export function withRecommendation(
  kept: readonly Recommendation[],
  units: number,
  now: EpochSeconds,
  windowSeconds: number,
): readonly Recommendation[] {
  const still = kept
    .map((each) => (each.at > now ? { at: now, units: each.units } : each))
    .filter((each) => each.units > units && now - each.at < windowSeconds);
  return [...still, { at: now, units }];
}

/** The window in use; `isForecast`: whether a forecast says what may come back. */
export function stabilizationSecondsOf(
  { stabilizationSeconds, reactiveStabilizationSeconds }: TargetPolicy["scaleIn"],
  isForecast: boolean,
): number {
  return isForecast ? stabilizationSeconds : Math.max(stabilizationSeconds, reactiveStabilizationSeconds);
}

export function sayRecommendation({ at, units }: Recommendation, windowSeconds: number): string {
  return `${sayUnits(units)} ${units === 1 ? "was" : "were"} recommended at ${isoOf(at)}, within the last ${sayDuration(windowSeconds)}`;
}
