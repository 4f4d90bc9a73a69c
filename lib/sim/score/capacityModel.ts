/** One measurement of a unit's capacity, in the quantities that rivals are configured with. */
import { queueOptionsOf } from "../stage.ts";
import type { Given } from "./candidate.ts";

/** Seconds that a request takes on a unit that is given `share` of its unit load, without waiting. */
export function serviceSecondsAt({ policy, perUnit }: Given, share: number): number {
  const { idleServiceSeconds, fullServiceSeconds, saturationPerUnit } = queueOptionsOf(policy, perUnit);
  const utilization = Math.min(1, (share * perUnit) / 60 / saturationPerUnit);
  return idleServiceSeconds + (fullServiceSeconds - idleServiceSeconds) * utilization ** 4;
}

/** Requests in service at a unit that is given `share` of its unit load (Little's law). */
export function concurrencyAt(given: Given, share: number): number {
  return ((share * given.perUnit) / 60) * serviceSecondsAt(given, share);
}
