/** Takes out of a situation what cannot be true, before anything looks at it: it becomes missing, never zero. */
import type { Situation } from "../decision.ts";
import { RESPONSE_TERMS, SPREAD_TERMS } from "../forecast/conditional/terms.ts";
import type { ErrorTable, ForecastView } from "../forecast/forecast.ts";
import { sane, saneSeries } from "../reading.ts";
import type { EpochSeconds } from "../time.ts";

/** Readings that cannot be measurements become missing, and so does a forecast that cannot be read. */
export function soundSituation(situation: Situation): Situation {
  const { load, newestMinute, metrics, forecast, now } = situation;
  const flaw = forecast.kind === "missing" ? null : flawOf(forecast, now);
  return {
    ...situation,
    load: load === null ? null : saneSeries(load),
    ...(newestMinute === undefined ? {} : { newestMinute: saneSeries(newestMinute) }),
    metrics: metrics.map(saneSeries),
    forecast: flaw === null ? forecast : { kind: "missing", why: flaw },
  };
}

/** Why a forecast cannot be used; half of one would look like little load. */
function flawOf(
  { start, slotSeconds, median, scale, errors }: ForecastView,
  now: EpochSeconds,
): string | null {
  const slot = Math.floor((now - start) / slotSeconds);
  if (!(slot >= 0 && slot < median.length)) return "the forecast does not reach this time";
  if (scale.length !== median.length) return "the forecast has another number of scales than of slots";
  if (!(areSane(median) && areSane(scale))) {
    return "the forecast holds values that are no load";
  }
  return isWhole(errors) ? null : "the forecast's table of errors is not whole";
}

const areSane = (values: readonly number[]): boolean => values.every((value) => sane(value) !== null);

function isWhole({ horizonsSeconds, levels, response, spread, size, quantiles }: ErrorTable): boolean {
  const rows = horizonsSeconds.length;
  return (
    rows > 0 &&
    levels.length > 0 &&
    quantiles.every((row) => row.length === levels.length) &&
    // A record of an older program may have had other terms.
    response.every((row) => row.length === RESPONSE_TERMS) &&
    spread.every((row) => row.length === SPREAD_TERMS) &&
    size.every((row) => row.length > 0) &&
    [response, spread, size, quantiles].every(
      (table) => table.length === rows && table.every((row) => row.every(Number.isFinite)),
    )
  );
}
