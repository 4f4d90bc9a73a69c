/** A small comparison made by hand. */
import {
  COMPARISON_SCHEMA,
  type ComparedTrace,
  type ForecastComparison,
  type ForecasterScore,
  LEADS_SECONDS,
  LEVELS,
} from "../../lib/core/forecast/compare/result.ts";
import { standingsOf } from "../../lib/core/forecast/compare/standings.ts";
import { HOSTILE } from "./aResult.ts";

export function aScore(forecaster: string, wql: number): ForecasterScore {
  const sums = { slots: 288, wql, losses: LEVELS.map(() => wql), coverage: [0.5, 0.9, 0.94, 1] };
  return { forecaster, ...sums, byLead: LEADS_SECONDS.map(() => sums), replaced: [], secondsPerFit: 0.25 };
}

export const comparedTrace = (name: string, wqls: Readonly<Record<string, number>>): ComparedTrace => ({
  name,
  synthetic: false,
  stepSeconds: 300,
  slotSeconds: 300,
  from: 1_736_121_600,
  to: 1_736_121_600 + 14 * 86_400,
  meanLoad: 120.5,
  missingShare: 0,
  leastHistoryDays: 7,
  origins: [1_736_726_400],
  notes: [],
  scores: Object.entries(wqls).map(([forecaster, wql]) => aScore(forecaster, wql)),
});

export function aComparison(): ForecastComparison {
  const names = ["ours", "prophet", "naive-week"];
  const traces = [
    comparedTrace("won", { ours: 0.1, prophet: 0.3, "naive-week": 0.2 }),
    comparedTrace("lost", { ours: 0.3, prophet: 1.8, "naive-week": 0.2 }),
  ];
  return {
    schema: COMPARISON_SCHEMA,
    settings: {
      levels: LEVELS,
      leadsSeconds: LEADS_SECONDS,
      horizonSeconds: 86_400,
      everySeconds: 86_400,
      historyDays: 28,
      mostOrigins: 14,
    },
    reference: "naive-week",
    forecasters: names.map((name) => ({ name, label: `The ${name}`, about: `What ${name} is.` })),
    traces,
    setAside: [{ trace: "short.csv", why: "too short" }],
    standings: standingsOf(traces, names, "naive-week"),
  };
}

/** Every string that comes from a file or its name, as markup that would run. */
export function hostileComparison(): ForecastComparison {
  const plain = aComparison();
  const traces = plain.traces.map((each) => ({
    ...each,
    name: HOSTILE,
    notes: [HOSTILE],
    scores: each.scores.map((score) => ({ ...score, replaced: [{ origin: 0, why: HOSTILE }] })),
  }));
  return {
    ...plain,
    traces,
    forecasters: plain.forecasters.map((each) => ({ ...each, label: HOSTILE, about: HOSTILE })),
    setAside: [{ trace: HOSTILE, why: HOSTILE }],
    standings: standingsOf(traces, ["ours", "prophet", "naive-week"], "naive-week"),
  };
}
