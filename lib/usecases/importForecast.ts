/** Stores a forecast that another model made, so that it is used, scored and gated like ours. */
import { externalForecast } from "../core/forecast/external/externalForecast.ts";
import type { ForecastRow } from "../core/forecast/external/row.ts";
import type { ErrorTable, History } from "../core/forecast/forecast.ts";
import { historyOf } from "../core/forecast/history.ts";
import { daysOf } from "../core/forecast/view.ts";
import type { TargetPolicy } from "../core/policy.ts";
import { DAY_SECONDS, type EpochSeconds, floorTo, isoOf, utcDayOf } from "../core/time.ts";
import { HISTORY_DAYS } from "./refreshForecast.ts";
import type { World } from "./world.ts";

export type ImportReport =
  | { readonly kind: "written"; readonly days: number }
  | { readonly kind: "skipped"; readonly why: string };

/**
 * Writes the row's whole UTC days for one target, in place of what was there. Errors that were measured on the target come
 * from its newest stored day. A row that cannot be used is skipped with the reason, and what is stored stays. The next
 * refresh of our own forecast replaces it in turn: import after each.
 */
export async function importForecast(
  world: Pick<World, "metrics" | "promotions" | "forecasts">,
  policy: TargetPolicy,
  row: ForecastRow,
  now: EpochSeconds,
): Promise<ImportReport> {
  const why = whyNot(policy, row, now);
  if (why !== null) return { kind: "skipped", why };
  const [history, measured] = await Promise.all([
    historyBefore(world, policy, row),
    measuredErrors(world, policy, now),
  ]);
  const days = daysOf(policy.id, externalForecast(row, history, measured), history, row.madeAt);
  if (days.length === 0) {
    return { kind: "skipped", why: "the row does not reach the end of its first UTC day; make it longer" };
  }
  await world.forecasts.put(days);
  return { kind: "written", days: days.length };
}

function whyNot({ id, load, demand }: TargetPolicy, row: ForecastRow, now: EpochSeconds): string | null {
  if (load === null) return "the policy states no load to forecast";
  if (demand.forecast === "off") return "the policy says demand.forecast: off, so that no forecast is used";
  if (row.series !== null && row.series !== id) return `the row is for ${row.series}, the target is ${id}`;
  if (row.madeAt > now) return `the row says it was made at ${isoOf(row.madeAt)}, which is yet to come`;
  const end = row.start + (row.quantiles[0] as readonly number[]).length * row.slotSeconds;
  return end <= now ? `the row ends at ${isoOf(end)}, which has passed` : null;
}

/** Up to the row's `historyEnd`, promotions left out; without values where the source is coarser than the row. */
async function historyBefore(
  world: Pick<World, "metrics" | "promotions">,
  { id, load }: TargetPolicy,
  { historyEnd, slotSeconds }: ForecastRow,
): Promise<History> {
  const { metric, statistic } = load as NonNullable<TargetPolicy["load"]>;
  const from = floorTo(historyEnd, DAY_SECONDS) - HISTORY_DAYS * DAY_SECONDS;
  const [samples, promotions] = await Promise.all([
    world.metrics.history({ target: id, metric, statistic }, from, historyEnd),
    world.promotions.list(id, from),
  ]);
  const isFine = slotSeconds % samples.stepSeconds === 0;
  const empty = { start: historyEnd, stepSeconds: slotSeconds, values: [] };
  return historyOf(isFine ? samples : empty, promotions, slotSeconds);
}

/** Of the stored day of `now`, or the newest before it within a week. */
async function measuredErrors(
  { forecasts }: Pick<World, "forecasts">,
  { id }: TargetPolicy,
  now: EpochSeconds,
): Promise<ErrorTable | null> {
  const names = Array.from({ length: 8 }, (_, back) => utcDayOf(now - back * DAY_SECONDS));
  const stored = await forecasts.get(id, names);
  for (const day of stored) if (day.version !== "outdated") return day.errors;
  return null;
}
