/** Any forecast model of ours as a forecaster: the quantiles that the controller would read from its stored forecast. */
import type { ForecastModel } from "../forecast.ts";
import { slotQuantile } from "../quantiles.ts";
import { type Forecaster, historyEndOf } from "./forecaster.ts";

/** A forecast begins with the UTC day of the history's end, so the slots before that end are skipped. */
export function modelForecaster(
  model: ForecastModel,
  account: Pick<Forecaster, "name" | "label" | "about">,
): Forecaster {
  return {
    ...account,
    quantiles(history, slots, levels, calendar) {
      const forecast = model.fit(history, slots, calendar);
      if (forecast === null) return null;
      const end = historyEndOf(history);
      const first = Math.round((end - forecast.start) / forecast.slotSeconds);
      return levels.map((level) =>
        Float64Array.from({ length: slots }, (_, i) => slotQuantile(forecast, end, first + i, level)),
      );
    },
  };
}
