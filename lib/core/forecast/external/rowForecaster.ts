/** Rows of another model as a forecaster: it can say something at the origins that it has rows for. */
import { interpolate } from "../../quantile.ts";
import { type EpochSeconds, HOUR_SECONDS } from "../../time.ts";
import { type Forecaster, historyEndOf, type SlotQuantiles } from "../compare/forecaster.ts";
import type { ForecastRow } from "./row.ts";

/** `rows`: all of one model and for one trace. Of two with one `historyEnd` the last counts. */
export function rowForecaster(model: string, rows: readonly ForecastRow[]): Forecaster {
  const byEnd = new Map(rows.map((row) => [row.historyEnd, row]));
  return {
    name: model,
    label: model,
    about: `${byEnd.size} rows of a model outside Forewarm, read from a file; it was never run here.`,
    quantiles(history, slots, levels) {
      const end = historyEndOf(history);
      const row = byEnd.get(end);
      if (row === undefined) return { kind: "failed", why: "no row has this end of the history" };
      const why = whyNot(row, end, slots, history.slotSeconds);
      return why === null
        ? quantilesOf(row, end, slots, levels, history.slotSeconds)
        : { kind: "failed", why };
    },
  };
}

/** The ends of histories that every model has rows for: where they can be compared. */
export function sharedOrigins(models: readonly (readonly ForecastRow[])[]): readonly EpochSeconds[] {
  const [first = [], ...others] = models.map((rows) => new Set(rows.map(({ historyEnd }) => historyEnd)));
  return [...first].filter((end) => others.every((ends) => ends.has(end))).sort((a, b) => a - b);
}

function whyNot(row: ForecastRow, from: EpochSeconds, slots: number, slotSeconds: number): string | null {
  if (row.slotSeconds % slotSeconds !== 0) {
    return `its slots of ${row.slotSeconds} s are not whole multiples of the ${slotSeconds} s that are compared`;
  }
  const end = row.start + (row.quantiles[0] as readonly number[]).length * row.slotSeconds;
  if (row.start <= from && end >= from + slots * slotSeconds) return null;
  const hours = ((slots * slotSeconds) / HOUR_SECONDS).toFixed(0);
  return `it does not cover the ${hours} h after its historyEnd`;
}

/**
 * Levels between those of the row are interpolated on the square-root scale; beyond the highest its quantile stands, so a
 * model that gives no 0.99 is scored there with its highest. A slot of the row stands for all slots inside it.
 */
function quantilesOf(
  row: ForecastRow,
  from: EpochSeconds,
  slots: number,
  levels: readonly number[],
  slotSeconds: number,
): SlotQuantiles {
  const indices = Array.from({ length: slots }, (_, i) =>
    Math.floor((from + i * slotSeconds - row.start) / row.slotSeconds),
  );
  const roots = indices.map((index) => row.quantiles.map((band) => Math.sqrt(band[index] as number)));
  return levels.map((level) => Float64Array.from(roots, (root) => interpolate(row.levels, root, level) ** 2));
}
