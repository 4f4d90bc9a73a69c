/** Fits a target's forecast anew from its history and stores it day by day. */
import type { ForecastModel } from "../core/forecast/forecast.ts";
import { historyOf } from "../core/forecast/history.ts";
import { daysOf } from "../core/forecast/view.ts";
import type { TargetPolicy } from "../core/policy.ts";
import { DAY_SECONDS, type EpochSeconds, floorTo, MINUTE_SECONDS } from "../core/time.ts";
import type { World } from "./world.ts";

/** More does not help (forecasting practice: 42 days are no better than 28). */
export const HISTORY_DAYS = 28;

/** Days ahead that are stored; refreshed every few hours, so that a week of failed refreshes still leaves a forecast. */
const AHEAD_DAYS = 8;

export type RefreshReport =
  | { readonly kind: "written"; readonly days: number }
  | { readonly kind: "skipped"; readonly why: string };

/**
 * Reads the load's history, leaves out past promotions, fits `model` and writes whole UTC days from the current one on.
 * Without enough history nothing is written and the target runs on its readings.
 */
export async function refreshForecast(
  world: World,
  policy: TargetPolicy,
  model: ForecastModel,
  now: EpochSeconds,
): Promise<RefreshReport> {
  const { load } = policy;
  if (load === null) return { kind: "skipped", why: "the policy states no load to forecast" };
  const from = floorTo(now, DAY_SECONDS) - HISTORY_DAYS * DAY_SECONDS;
  // The newest minute is often incomplete: part of a sum would look like little load.
  const until = floorTo(now - MINUTE_SECONDS, MINUTE_SECONDS);
  const query = { target: policy.id, metric: load.metric, statistic: load.statistic };
  const [samples, promotions] = await Promise.all([
    world.metrics.history(query, from, until),
    world.promotions.list(policy.id, from),
  ]);
  const history = historyOf(samples, promotions);
  const slots = (AHEAD_DAYS * DAY_SECONDS) / history.slotSeconds;
  const offset = (at: EpochSeconds): number => world.clock.utcOffsetSeconds(policy.timeZone, at);
  const forecast = model.fit(history, slots, offset);
  if (forecast === null) {
    return { kind: "skipped", why: "less than one whole day of history: deciding from readings alone" };
  }
  const days = daysOf(policy.id, forecast, history, now);
  await world.forecasts.put(days);
  return { kind: "written", days: days.length };
}
