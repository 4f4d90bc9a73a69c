/** Puts the points of an answer onto a grid of minutes, in the policy's unit: a minute without a point is null. */
import { sane } from "../../../core/reading.ts";
import { type EpochSeconds, floorTo, MINUTE_SECONDS } from "../../../core/time.ts";
import type { Answer } from "./getMetricData.ts";
import type { Located } from "./locate.ts";
import { divisorOf } from "./queries.ts";

/** Steps that are known to be without traffic. */
export type IdleSteps = ReadonlySet<EpochSeconds>;

/**
 * `count` minutes from `start`. A step of several minutes fills each of them with its mean minute. A step without a
 * point is null, or zero where it is known to be idle; a point that cannot have been measured stays null.
 */
export function minutesOf(
  { series }: Located,
  { points }: Pick<Answer, "points">,
  idle: IdleSteps,
  start: EpochSeconds,
  count: number,
  stepSeconds: number = MINUTE_SECONDS,
): (number | null)[] {
  const divisor = divisorOf(series, stepSeconds);
  return Array.from({ length: count }, (_, i) => {
    const step = floorTo(start + i * MINUTE_SECONDS, stepSeconds);
    const raw = points.get(step);
    if (raw === undefined) return idle.has(step) ? 0 : null;
    return sane((raw * series.scale) / divisor);
  });
}
