/** What one slot that has passed says about the forecast of it, beside the same slot a week before. */
import type { EpochSeconds } from "../time.ts";
import type { ForecastView } from "./forecast.ts";
import { bandError } from "./quantiles.ts";

/** Losses in the load's own unit, for the mean minute of the slot. */
export interface SlotScore {
  /** |load − median| + 2 × pinball loss at the quantile, at most `WORST_RATIO` times `naiveLoss`. */
  readonly loss: number;
  /** The same for the same time last week, with the same band around it; never below what is good enough. */
  readonly naiveLoss: number;
  /** Whether the load stayed under the quantile, raised by the level that was seen before. */
  readonly isCovered: boolean;
  readonly median: number;
}

/** Load and forecast of the minutes just before the slot: sums that fade fast. */
export interface Recent {
  readonly recentLoad: number;
  readonly recentMedian: number;
}

/** A loss below this share of the load is good enough to plan by, however well last week would have done. */
const GOOD_SHARE = 0.1;

/** Bounds what one slot can do, so that a wild forecast is forgiven as fast as one that is merely wrong. */
const WORST_RATIO = 4;

/** Weight, in minutes, of the belief that the load is as forecast. */
const LEVEL_PRIOR_MINUTES = 10;
const HIGHEST_LEVEL = 4;

/** Null for a slot that the view does not hold, that its history had seen, or that has no week before it to compare with. */
export function scoreSlot(
  view: ForecastView,
  start: EpochSeconds,
  load: number,
  quantile: number,
  recent: Recent,
): SlotScore | null {
  const slot = Math.floor((start - view.start) / view.slotSeconds);
  const median = view.median[slot];
  const naive = view.naive[slot];
  const scale = view.scale[slot];
  if (slot < 0 || median === undefined || naive === undefined || scale === undefined) return null;
  if (!(start >= view.historyEnd)) return null;
  const error = scale * bandError(view.bands, start + view.slotSeconds - view.historyEnd, quantile);
  if (!Number.isFinite(error)) return null;
  const upper = lifted(median, error);
  // Counts vary by the root of their mean by chance alone.
  const goodEnough = Math.max(GOOD_SHARE * load, Math.sqrt(load));
  const naiveLoss = Math.max(lossOf(load, naive, lifted(naive, error), quantile), goodEnough);
  const loss = Math.min(lossOf(load, median, upper, quantile), WORST_RATIO * naiveLoss);
  return { loss, naiveLoss, isCovered: load <= upper * levelOf(recent, median), median };
}

/**
 * How far the load ran above the forecast just before, at least 1: decisions correct for it, so that a day that is
 * higher as a whole is no miss of the quantile. A day that is lower is for the loss to tell.
 */
function levelOf({ recentLoad, recentMedian }: Recent, median: number): number {
  const prior = LEVEL_PRIOR_MINUTES * median;
  if (!(recentMedian + prior > 0)) return 1;
  return Math.min(HIGHEST_LEVEL, Math.max(1, (recentLoad + prior) / (recentMedian + prior)));
}

/** On the square-root scale, where errors are even; see `slotQuantile`. */
function lifted(path: number, error: number): number {
  const root = Math.sqrt(path) + error;
  return root > 0 ? root * root : 0;
}

function lossOf(load: number, middle: number, upper: number, quantile: number): number {
  const pinball = load > upper ? quantile * (load - upper) : (1 - quantile) * (upper - load);
  return Math.abs(load - middle) + 2 * pinball;
}
