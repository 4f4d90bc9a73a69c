/** How much load capacity must be ready for: one distribution, from the forecast, the last hour and the last minutes. */
import type { Situation } from "../decision.ts";
import type { ForecastView } from "../forecast/forecast.ts";
import { LEVEL_WINDOW_SECONDS, levelRatio } from "../forecast/level.ts";
import type { TargetPolicy } from "../policy.ts";
import { isUnsized, type Promotion } from "../promotion.ts";
import { interpolate } from "../quantile.ts";
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
  /** Seen ÷ forecast load of the last hour; 1 when it cannot be told. */
  readonly level: number;
  readonly forecast: ForecastView | null;
}

/** Works out the parts that all horizons share. */
export function outlookOf(policy: TargetPolicy, situation: Situation): Outlook {
  const forecast = situation.forecast.kind === "known" ? situation.forecast : null;
  const { load, promotions, now } = situation;
  if (load === null) return { recentPeak: null, level: 1, forecast };
  const sized = promotions.filter((each) => !isUnsized(each));
  return {
    recentPeak: recentPeakOf(load, now, policy.staleAfterSeconds),
    level: forecast === null ? 1 : levelOf(load, forecast, sized),
    forecast,
  };
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
  const { quantile, reactiveHeadroom, recentHeadroom } = policy.demand;
  if (forecast === null) {
    return recentPeak === null
      ? null
      : demandOf(recentPeak, reactiveHeadroom * headroomShare, horizonSeconds);
  }
  const ahead = forecastOver(forecast, outlook.level, now, horizonSeconds, quantile);
  const recent = demandOf(recentPeak ?? 0, recentHeadroom * headroomShare, horizonSeconds);
  return recent.load > ahead ? recent : { load: ahead, from: "forecast", headroom: 0, horizonSeconds };
}

function demandOf(recentPeak: number, headroom: number, horizonSeconds: number): Demand {
  return { load: recentPeak * (1 + headroom), from: "readings", headroom, horizonSeconds };
}

/**
 * The load that the forecast stays under in `(now, now + horizonSeconds]` with probability `level`: on the square-root
 * scale, path × level^(correction / 2) + error × scale, the largest over the slots that the horizon touches.
 */
export function forecastOver(
  { start, slotSeconds, median, scale, errors }: ForecastView,
  levelOfHour: number,
  now: EpochSeconds,
  horizonSeconds: number,
  level: number,
): number {
  const correction = interpolate(errors.horizonsSeconds, errors.correction, horizonSeconds);
  const factor = levelOfHour ** (correction / 2);
  const byHorizon = errors.quantiles.map((row) => interpolate(errors.levels, row, level));
  const error = interpolate(errors.horizonsSeconds, byHorizon, horizonSeconds);
  const first = Math.max(0, Math.floor((now - start) / slotSeconds));
  const last = Math.min(median.length - 1, Math.floor((now + horizonSeconds - start) / slotSeconds));
  let highest = 0;
  for (let slot = Math.min(first, last); slot <= last; slot++) {
    const root = Math.sqrt(median[slot] as number) * factor + error * (scale[slot] as number);
    if (root > highest) highest = root;
  }
  return highest * highest;
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
 * Level of the last hour against the forecast. Minutes inside the given promotions are left out, since their load is not
 * the base's; with less than half of the hour left it cannot be told. A missing minute counts as high as the highest known
 * one, so that losing readings can raise the level but not lower it (unless the highest itself is lost); with less than
 * half of the hour known the level is not taken to be below 1.
 */
function levelOf(load: Series, forecast: ForecastView, promotions: readonly Promotion[]): number {
  const { start, slotSeconds, median } = forecast;
  const minutes = Math.min(load.values.length, LEVEL_WINDOW_SECONDS / MINUTE_SECONDS);
  let seen = 0;
  let known = 0;
  let highest = 0;
  let expected = 0;
  let compared = 0;
  for (let minutesAgo = 0; minutesAgo < minutes; minutesAgo++) {
    const minute = load.end - (minutesAgo + 1) * MINUTE_SECONDS;
    const path = median[Math.floor((minute - start) / slotSeconds)];
    if (path === undefined || promotions.some((each) => each.start <= minute && minute < each.end)) continue;
    compared++;
    expected += path;
    const reading = readingAt(load, minutesAgo);
    if (reading.kind === "missing") continue;
    known++;
    seen += reading.value;
    highest = Math.max(highest, reading.value);
  }
  if (known === 0 || compared * 2 < minutes) return 1;
  const ratio = levelRatio((seen + (compared - known) * highest) / compared, expected / compared);
  return known * 2 < minutes ? Math.max(1, ratio) : ratio;
}
