/** What a missed request is worth, in idle time of a unit: the one place where it is derived. */
/** A share of all requests would make a miss priceless; nobody can promise more than this. */
const HIGHEST_SHARE = 0.9999;

/**
 * Unit-hours of idling that one missed request is worth: 1 ÷ (60 · u · (1 − s)), with the objective's share s and the
 * unit load u a minute. A unit that is filled carries 60 · u requests an hour and may miss the share 1 − s of them: an
 * hour of a further unit is worth as much as these.
 */
export function missedRequestUnitHours(share: number, unitLoad: number): number {
  return 1 / (60 * unitLoad * (1 - Math.min(HIGHEST_SHARE, share)));
}
