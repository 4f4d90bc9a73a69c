/** Puts the scores of single traces and forecasters together into one comparison. */
import type { ComparedTrace, ForecastComparison, ForecasterAccount } from "./result.ts";
import { COMPARISON_SCHEMA } from "./result.ts";
import { standingsOf } from "./standings.ts";

/** One trace whose forecasters were scored apart, over the same origins: all scores, each forecaster's once. */
export function mergedTrace(
  parts: readonly ComparedTrace[],
  forecasters: readonly string[],
): ComparedTrace | null {
  const [first] = parts;
  if (first === undefined) return null;
  const found = parts.flatMap(({ scores }) => scores);
  const scores = forecasters.flatMap((name) => found.find(({ forecaster }) => forecaster === name) ?? []);
  return { ...first, scores };
}

/** `forecasters` in the order of the tables; the reference among them. */
export function comparisonOf(
  settings: ForecastComparison["settings"],
  forecasters: readonly ForecasterAccount[],
  reference: string,
  traces: readonly ComparedTrace[],
  setAside: ForecastComparison["setAside"],
): ForecastComparison {
  const names = forecasters.map(({ name }) => name);
  return {
    schema: COMPARISON_SCHEMA,
    settings,
    reference,
    forecasters: forecasters.map(({ name, label, about }) => ({ name, label, about })),
    standings: standingsOf(traces, names, reference),
    traces,
    setAside,
  };
}
