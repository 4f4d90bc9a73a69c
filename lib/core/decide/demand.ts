/** How much load capacity must be ready for: one distribution, from the forecast, the last hour and the last minutes. */
import type { Situation } from "../decision.ts";
import { highestLoad, pathOfMinute, type Seen, type Stretch } from "../forecast/conditional/highestLoad.ts";
import { HOUR_MINUTES, highestTrend, momentOf } from "../forecast/conditional/moment.ts";
import type { ForecastView } from "../forecast/forecast.ts";
import { slotQuantile } from "../forecast/quantiles.ts";
import type { TargetPolicy } from "../policy.ts";
import { quantileOf } from "../promise/promise.ts";
import { isOn, isUnsized, type Promotion } from "../promotion.ts";
import { readingAt, type Series } from "../reading.ts";
import { type EpochSeconds, MINUTE_SECONDS } from "../time.ts";

/** The last minutes whose highest load is what the target carries now. */
export const RECENT_MINUTES = 3;

/** The highest load in `[now, now + horizonSeconds]`, at one quantile. */
export interface Demand {
  /** In the load's own unit. */
  readonly load: number;
  readonly from: "forecast" | "readings";
  /** Share over the recent peak, where it is from readings. */
  readonly headroom: number;
  readonly horizonSeconds: number;
}

/** What a decision's demand is made from, worked out once. */
export interface Outlook {
  /** Null when no reading of the last minutes is known and fresh. */
  readonly recentPeak: number | null;
  /** The last hour against its forecast; null when it cannot be told. */
  readonly seen: Seen | null;
  readonly forecast: ForecastView | null;
}

/** Works out the parts that all horizons share. */
export function outlookOf(policy: TargetPolicy, situation: Situation): Outlook {
  const forecast = situation.forecast.kind === "known" ? situation.forecast : null;
  const { promotions, now } = situation;
  const load = newestLoad(situation);
  if (load === null) return { recentPeak: null, seen: null, forecast };
  const sized = promotions.filter((each) => !isUnsized(each));
  return {
    recentPeak: recentPeakOf(load, now, policy.staleAfterSeconds),
    seen: forecast === null ? null : seenOf(load, forecast, sized),
    forecast,
  };
}

/** The load with its newest sixty seconds as its last minute, where they are known and newer. */
function newestLoad({ load, newestMinute }: Situation): Series | null {
  if (load === null || newestMinute === undefined || newestMinute.end <= load.end) return load;
  const newest = readingAt(newestMinute, 0);
  if (newest.kind === "missing") return load;
  return { ...load, end: newestMinute.end, values: [...load.values.slice(1), newest.value] };
}

/**
 * The demand over a horizon at the policy's quantile; null when neither a forecast nor a fresh reading is there.
 * With a forecast it is the larger of two: the corrected path plus the error that covers the whole horizon, and the
 * recent peak with a little headroom, which the load does not fall below at once. Without one it is the recent peak
 * with wide headroom. `headroomShare` is the part of the headroom that this horizon needs: load that grows fills it
 * over the whole interval that a change must last, so a shorter one needs less, and a change is asked for only when
 * that much is used up.
 */
export function demandOver(
  policy: TargetPolicy,
  outlook: Outlook,
  now: EpochSeconds,
  horizonSeconds: number,
  headroomShare: number,
): Demand | null {
  const { recentPeak, forecast } = outlook;
  const { reactiveHeadroom, recentHeadroom } = policy.demand;
  if (forecast === null) {
    return recentPeak === null
      ? null
      : demandOf(recentPeak, reactiveHeadroom * headroomShare, horizonSeconds);
  }
  const stretch = { from: now, to: now + horizonSeconds };
  const ahead = forecastOver(forecast, outlook.seen, stretch, quantileOf(policy));
  const recent = demandOf(recentPeak ?? 0, recentHeadroom * headroomShare, horizonSeconds);
  return recent.load > ahead ? recent : { load: ahead, from: "forecast", headroom: 0, horizonSeconds };
}

function demandOf(recentPeak: number, headroom: number, horizonSeconds: number): Demand {
  return { load: recentPeak * (1 + headroom), from: "readings", headroom, horizonSeconds };
}

/**
 * The load that the forecast stays under throughout a stretch with probability `level`: given the last hour where that is
 * known (`conditional/highestLoad.ts`); otherwise the highest band of its slots, at a level that leaves half as much above,
 * since a whole stretch is missed more easily than one of its slots.
 */
export function forecastOver(
  forecast: ForecastView,
  seen: Seen | null,
  stretch: Stretch,
  level: number,
): number {
  const load = seen === null ? Number.NaN : highestLoad(forecast, seen, stretch, level);
  return Number.isNaN(load) ? highestBand(forecast, stretch, (1 + level) / 2) : load;
}

function highestBand(forecast: ForecastView, { from, to }: Stretch, level: number): number {
  const { start, slotSeconds, median, historyEnd } = forecast;
  const first = Math.max(0, Math.floor((from - start) / slotSeconds));
  const last = Math.min(median.length - 1, Math.floor((to - start) / slotSeconds));
  let highest = 0;
  for (let slot = Math.min(first, last); slot <= last; slot++) {
    highest = Math.max(highest, slotQuantile(forecast, historyEnd, slot, level));
  }
  return highest;
}

/** The highest of the last few minutes that are known and fresh. */
function recentPeakOf(load: Series, now: EpochSeconds, staleAfterSeconds: number): number | null {
  let peak: number | null = null;
  for (let minutesAgo = 0; minutesAgo < load.values.length; minutesAgo++) {
    const reading = readingAt(load, minutesAgo);
    const age = now - (load.end - minutesAgo * MINUTE_SECONDS);
    if (minutesAgo >= RECENT_MINUTES && peak !== null) break;
    if (age > staleAfterSeconds) break;
    if (reading.kind === "known") peak = Math.max(peak ?? 0, reading.value);
  }
  return peak;
}

/**
 * The last hour against its forecast. Minutes inside the given promotions are left out, since their load is not the base's.
 * A missing minute counts as high as the highest known one; in the trend it counts as the highest or the lowest, whichever
 * makes more of it. So losing readings can raise the answer but not lower it (unless the highest or the lowest itself is
 * lost). Null when nothing is known, or less than half of the hour can be compared.
 */
function seenOf(load: Series, forecast: ForecastView, promotions: readonly Promotion[]): Seen | null {
  const minutes = Math.min(load.values.length, HOUR_MINUTES);
  const seen = new Float64Array(HOUR_MINUTES).fill(Number.NaN);
  const path = new Float64Array(HOUR_MINUTES).fill(Number.NaN);
  let highest = Number.NaN;
  let lowest = Number.NaN;
  let isWhole = true;
  for (let ago = 0; ago < minutes; ago++) {
    const minute = load.end - (ago + 1) * MINUTE_SECONDS;
    if (promotions.some((each) => isOn(each, minute))) continue;
    path[HOUR_MINUTES - 1 - ago] = pathOfMinute(forecast, minute);
    const reading = readingAt(load, ago);
    if (reading.kind === "missing") {
      isWhole = false;
      continue;
    }
    seen[HOUR_MINUTES - 1 - ago] = reading.value;
    if (!(reading.value <= highest)) highest = reading.value;
    if (!(reading.value >= lowest)) lowest = reading.value;
  }
  if (Number.isNaN(highest)) return null;
  const filled = seen.map((value) => (Number.isNaN(value) ? highest : value));
  const moment = momentOf(filled, path);
  if (moment === null) return null;
  const trend = isWhole ? moment.trend : highestTrend(seen, path, { lowest, highest });
  return { ...moment, trend, at: load.end };
}
