/** Reads rows of models outside Forewarm, and finds out which trace each is for. */
import { parseForecastRows } from "../../adapters/file/forecastRows.ts";
import type { ForecastRow } from "../../core/forecast/external/row.ts";
import { sharedOrigins } from "../../core/forecast/external/rowForecaster.ts";
import type { EpochSeconds } from "../../core/time.ts";
import { UsageError } from "../exit.ts";
import { readText } from "../files.ts";
import type { Contestant } from "./compareWorker.ts";

/** Throws a UsageError that lists what is wrong with the rows. */
export async function readRows(paths: readonly string[]): Promise<readonly ForecastRow[]> {
  const rows: ForecastRow[] = [];
  for (const path of paths) {
    const result = parseForecastRows(await readText(path));
    if (result.kind === "problems") {
      throw new UsageError(`${path}: ${result.problems.map((problem) => `\n  ${problem}`).join("")}`);
    }
    rows.push(...result.rows);
  }
  return rows;
}

export interface RowsOfTrace {
  readonly contestants: readonly Contestant[];
  /** Where all models have a row; null without rows: then the trace's own origins are taken. */
  readonly origins: readonly EpochSeconds[] | null;
}

/**
 * The rows for one trace, by model. Throws a UsageError where rows name no trace and there are several, where a model has
 * the name of a forecaster of ours, or where models share no end of a history.
 */
export function rowsOf(
  trace: string,
  rows: readonly ForecastRow[],
  traces: readonly string[],
  taken: readonly string[],
): RowsOfTrace {
  if (traces.length > 1 && rows.some(({ series }) => series === null)) {
    throw new UsageError(
      `--rows: got rows without "series" and ${traces.length} traces; write the trace's name (${traces.slice(0, 3).join(", ")}…) into "series", or give one trace`,
    );
  }
  const unknown = rows.find(({ series }) => series !== null && !traces.includes(series));
  if (unknown !== undefined) {
    throw new UsageError(`--rows: got rows for ${unknown.series}; the traces are ${traces.join(", ")}`);
  }
  const own = rows.filter(({ series }) => series === null || series === trace);
  const byModel = [...Map.groupBy(own, ({ model }) => model)];
  const twice = byModel.find(([model]) => taken.includes(model));
  if (twice !== undefined) {
    throw new UsageError(`--rows: the model ${twice[0]} has the name of another forecaster; rename it`);
  }
  if (byModel.length === 0) return { contestants: [], origins: null };
  const origins = sharedOrigins(byModel.map(([, its]) => its));
  if (origins.length === 0) {
    throw new UsageError(
      `--rows: the models share no historyEnd for ${trace}; make them forecast from the same moments`,
    );
  }
  return {
    contestants: byModel.map(([name, its]) => ({ kind: "rows", name, rows: its })),
    origins,
  };
}
