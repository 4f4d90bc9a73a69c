/** A forecast that is told the truth, for the ablation that shows what better forecasts could still bring. */
import { RESPONSE_TERMS, SPREAD_TERMS } from "../../core/forecast/conditional/terms.ts";
import type { Forecast, ForecastModel } from "../../core/forecast/forecast.ts";
import { EVEN_HOUR } from "../../core/forecast/minuteOfHour.ts";
import { DAY_SECONDS, floorTo, MINUTE_SECONDS } from "../../core/time.ts";
import type { Minutes } from "./candidate.ts";

const HORIZONS_SECONDS = [300, 7200];
const LEVELS = [0.5, 0.999];

/** Each slot's highest minute, without any error: a fit knows the future, whatever its history says. */
export function perfectForecast({ start: from, perMinute }: Minutes): ForecastModel {
  return {
    name: "perfect",
    fit: ({ start: first, slotSeconds, mean }, horizonSlots): Forecast => {
      const end = first + mean.length * slotSeconds;
      const start = floorTo(end - 1, DAY_SECONDS);
      const slots = Math.ceil((end - start) / slotSeconds) + horizonSlots;
      const median = new Float64Array(slots);
      for (let slot = 0; slot < slots; slot++) {
        const minute = (start + slot * slotSeconds - from) / MINUTE_SECONDS;
        median[slot] = highest(perMinute, minute, minute + slotSeconds / MINUTE_SECONDS);
      }
      const none = HORIZONS_SECONDS.map(() => LEVELS.map(() => 0));
      return {
        model: "perfect",
        start,
        slotSeconds,
        median,
        scale: new Float64Array(slots).fill(1),
        naive: median,
        minuteOfHour: EVEN_HOUR,
        bands: { leadsSeconds: HORIZONS_SECONDS, levels: LEVELS, quantiles: none },
        weights: [],
        errors: {
          horizonsSeconds: HORIZONS_SECONDS,
          levels: LEVELS,
          response: HORIZONS_SECONDS.map(() => zeros(RESPONSE_TERMS)),
          spread: HORIZONS_SECONDS.map(() => zeros(SPREAD_TERMS)),
          size: HORIZONS_SECONDS.map(() => [0]),
          quantiles: none,
        },
        score: { loss: 0, lossSameTimeLastWeek: null },
      };
    },
  };
}

const zeros = (count: number): number[] => new Array<number>(count).fill(0);

function highest(perMinute: Float64Array, from: number, to: number): number {
  let found = 0;
  for (let minute = Math.max(0, from); minute < Math.min(to, perMinute.length); minute++) {
    found = Math.max(found, perMinute[minute] as number);
  }
  return found;
}
