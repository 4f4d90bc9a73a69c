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

/**
 * A loss below this share of the load is good enough to plan by, however well last week would have done: without a
 * forecast the headroom is 40 % by default, and decisions correct the level of a forecast that is a fifth off.
 */
const GOOD_SHARE = 0.2;

/** Bounds what one slot can do, so that a wild forecast is forgiven as fast as one that is merely wrong. */
const WORST_RATIO = 4;

/** Ten requests as forecast: keeps the level of sparse load near 1. */
const LEVEL_PRIOR = 10;
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
  if (!isBanded(view)) return null;
  const error = scale * bandError(view.bands, start + view.slotSeconds - view.historyEnd, quantile);
  if (!Number.isFinite(error)) return null;
  const upper = lifted(median, error);
  // Counts vary by the root of their mean by chance alone.
  const goodEnough = Math.max(GOOD_SHARE * load, Math.sqrt(load));
  // In proportion where that is less: the band of a wild forecast must not widen last week's.
  const naiveUpper = Math.min(lifted(naive, error), median > 0 ? (naive * upper) / median : naive);
  const naiveLoss = Math.max(lossOf(load, naive, naiveUpper, quantile), goodEnough);
  const loss = Math.min(lossOf(load, median, upper, quantile), WORST_RATIO * naiveLoss);
  return { loss, naiveLoss, isCovered: load <= upper * levelOf(recent), median };
}

/**
 * How far the load ran above the forecast just before, at least 1: decisions correct for it, so that a day that is
 * higher as a whole is no miss of the quantile. A day that is lower is for the loss to tell.
 */
function levelOf({ recentLoad, recentMedian }: Recent): number {
  return Math.min(HIGHEST_LEVEL, Math.max(1, (recentLoad + LEVEL_PRIOR) / (recentMedian + LEVEL_PRIOR)));
}

/** False for a record of before there were bands. */
function isBanded({ bands: { leadsSeconds, levels, quantiles } }: ForecastView): boolean {
  return levels.length > 0 && leadsSeconds.length > 0 && quantiles.length === leadsSeconds.length;
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
