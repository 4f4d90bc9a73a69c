/** Rows of another model. */
import type { ForecastRow } from "../../../../lib/core/forecast/external/row.ts";
import { DAY_SECONDS } from "../../../../lib/core/time.ts";
import { instant } from "../../arrange.ts";

/** Hours from the end of the history on; `(1, 1.5, 2, 3) × middle` at 0.5, 0.9, 0.95, 0.99 on the square-root scale. */
export function aRow(
  parts: Partial<ForecastRow> = {},
  hours = 48,
  middle: (hour: number) => number = () => 100,
): ForecastRow {
  const historyEnd = parts.historyEnd ?? instant("2025-11-11T08:00Z");
  const middles = Array.from({ length: hours }, (_, hour) => middle(hour));
  return {
    model: "lstm",
    series: null,
    madeAt: historyEnd,
    historyEnd,
    slotSeconds: 3600,
    start: historyEnd,
    levels: [0.5, 0.9, 0.95, 0.99],
    quantiles: [1, 1.5, 2, 3].map((factor) => middles.map((value) => value * factor ** 2)),
    ...parts,
  };
}

export const LONG_ROW_HOURS = (8 * DAY_SECONDS) / 3600;
