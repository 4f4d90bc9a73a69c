/** A builder of whole, valid forecast days for tests of packing and storing. */
import type { ErrorTable, ForecastDay } from "../../../lib/core/forecast/forecast.ts";
import { instant, repeat } from "../arrange.ts";

const HORIZONS_SECONDS = [300, 600, 900, 1200, 1800, 2700, 3600, 5400, 7200];
const LEVELS = [0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999];

/** As large as the real ones: 9 horizons by 8 levels, growing with both, the lowest below zero. */
export function anErrorTable(parts: Partial<ErrorTable> = {}): ErrorTable {
  return {
    horizonsSeconds: HORIZONS_SECONDS,
    levels: LEVELS,
    correction: HORIZONS_SECONDS.map((_, h) => 1 - h / 8),
    quantiles: HORIZONS_SECONDS.map((_, h) => LEVELS.map((_, l) => (h * 37 + l * 433 - 212) / 1000)),
    ...parts,
  };
}

/** Five-minute slots that climb from 20 requests a minute at night to 5 000 in the afternoon. */
export function aForecastDay(parts: Partial<ForecastDay> = {}): ForecastDay {
  const slots = repeat(288, 0).map((_, slot) => slot);
  return {
    version: 1,
    target: "chat",
    day: "2025-11-11",
    model: "time-of-week",
    madeAt: instant("2025-11-10T18:00Z"),
    slotSeconds: 300,
    median: slots.map((slot) => 20 + 4980 * Math.sin((Math.PI * slot) / 287) ** 2),
    scale: slots.map((slot) => 0.4 + slot / 100),
    errors: anErrorTable(),
    history: {
      from: instant("2025-10-14T00:00Z"),
      to: instant("2025-11-10T18:00Z"),
      missingShare: 0.0123,
    },
    score: { loss: 0.0812, lossSameTimeLastWeek: 0.1034 },
    ...parts,
  };
}
