/** One forecaster over one trace, run in a process of its own. */
import { evaluate } from "../../core/forecast/compare/evaluate.ts";
import type { Forecaster } from "../../core/forecast/compare/forecaster.ts";
import type { ComparedTrace, ForecasterAccount } from "../../core/forecast/compare/result.ts";
import type { ForecastRow } from "../../core/forecast/external/row.ts";
import { rowForecaster } from "../../core/forecast/external/rowForecaster.ts";
import type { MaskedWindow } from "../../core/forecast/history.ts";
import type { EpochSeconds } from "../../core/time.ts";
import { readTrace } from "../files.ts";
import { forecasterOf } from "./forecasters.ts";
import type { ForecasterName } from "./names.ts";

/** What is scored: a forecaster by its name, or a model's rows. */
export type Contestant =
  | { readonly kind: "forecaster"; readonly name: ForecasterName }
  | { readonly kind: "rows"; readonly name: string; readonly rows: readonly ForecastRow[] };

export interface CompareTask {
  readonly path: string;
  readonly name: string;
  readonly filled: readonly MaskedWindow[];
  readonly contestant: Contestant;
  readonly options: {
    readonly horizonSeconds: number;
    readonly everySeconds: number;
    readonly historyDays: number;
    readonly leastHistoryDays: number | null;
    readonly mostOrigins: number | null;
    readonly origins: readonly EpochSeconds[] | null;
  };
}

export type CompareOutcome =
  | { readonly kind: "scored"; readonly trace: ComparedTrace; readonly account: ForecasterAccount }
  | { readonly kind: "set-aside"; readonly why: string };

export default async function runTask(task: CompareTask): Promise<CompareOutcome> {
  const { contestant, filled, name, options } = task;
  const trace = { ...(await readTrace(task.path)), name, filled };
  const forecaster = await loaded(contestant);
  const account = { name: contestant.name, label: forecaster.label, about: forecaster.about };
  // Looking a row up says nothing of how long its model took.
  const seconds = contestant.kind === "rows" ? null : (): number => performance.now() / 1000;
  try {
    return { kind: "scored", trace: await evaluate(trace, [forecaster], { ...options, seconds }), account };
  } catch (error) {
    if (error instanceof RangeError)
      return { kind: "set-aside", why: error.message.replace(`${name}: `, "") };
    throw error;
  }
}

function loaded(contestant: Contestant): Forecaster | Promise<Forecaster> {
  return contestant.kind === "rows"
    ? rowForecaster(contestant.name, contestant.rows)
    : forecasterOf(contestant.name);
}
