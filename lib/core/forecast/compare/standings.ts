/** The forecasters over all traces: geometric means beside the reference, wins and losses, and the worst trace. */
import { median } from "../../quantile.ts";
import type { ComparedTrace, ForecasterScore, Standing } from "./result.ts";

/** Scores as near to each other as this are no one's win. */
export const TIE_SHARE = 0.01;

/** The best first; forecasters without a ratio last. */
export function standingsOf(
  traces: readonly ComparedTrace[],
  forecasters: readonly string[],
  reference: string,
): readonly Standing[] {
  return forecasters
    .map((forecaster) => standingOf(traces, forecaster, reference))
    .sort((a, b) => (a.wqlRatio ?? Number.POSITIVE_INFINITY) - (b.wqlRatio ?? Number.POSITIVE_INFINITY));
}

interface Pair {
  readonly trace: string;
  readonly its: ForecasterScore;
  readonly base: ForecasterScore;
}

function standingOf(traces: readonly ComparedTrace[], forecaster: string, reference: string): Standing {
  const pairs = traces.flatMap((trace): readonly Pair[] => {
    const its = scoreOf(trace, forecaster);
    const base = scoreOf(trace, reference);
    return its === null || base === null ? [] : [{ trace: trace.name, its, base }];
  });
  const ratios = pairs.flatMap(({ trace, its, base }) => {
    const ratio = ratioOf(its.wql, base.wql);
    return ratio === null ? [] : [{ trace, ratio }];
  });
  const [first] = pairs;
  const over = <T>(items: readonly T[] | undefined, pick: (pair: Pair, index: number) => number | null) =>
    (items ?? []).map((_, index) => geometricMean(pairs.map((pair) => pick(pair, index))));
  const seconds = pairs.flatMap(({ its }) => (its.secondsPerFit === null ? [] : [its.secondsPerFit]));
  return {
    forecaster,
    traces: pairs.length,
    wqlRatio: geometricMean(ratios.map(({ ratio }) => ratio)),
    lossRatios: over(first?.its.losses, ({ its, base }, l) =>
      ratioOf(its.losses[l] ?? null, base.losses[l] ?? null),
    ),
    leadRatios: over(first?.its.byLead, ({ its, base }, b) =>
      ratioOf(its.byLead[b]?.wql ?? null, base.byLead[b]?.wql ?? null),
    ),
    wins: ratios.filter(({ ratio }) => ratio < 1 - TIE_SHARE).length,
    ties: ratios.filter(({ ratio }) => Math.abs(ratio - 1) <= TIE_SHARE).length,
    losses: ratios.filter(({ ratio }) => ratio > 1 + TIE_SHARE).length,
    worst: ratios.toSorted((a, b) => b.ratio - a.ratio)[0] ?? null,
    coverage: (first?.its.coverage ?? []).map((_, l) =>
      middleOf(pairs.map(({ its }) => its.coverage[l] ?? null)),
    ),
    replacedOrigins: pairs.reduce((sum, { its }) => sum + its.replaced.length, 0),
    secondsPerFit:
      seconds.length === 0 ? null : seconds.reduce((sum, each) => sum + each, 0) / seconds.length,
  };
}

export const scoreOf = ({ scores }: ComparedTrace, forecaster: string): ForecasterScore | null =>
  scores.find((each) => each.forecaster === forecaster) ?? null;

/** Null where either is unknown, or the reference is perfect: nothing can be said relative to that. */
export function ratioOf(its: number | null, base: number | null): number | null {
  return its === null || base === null || base === 0 ? null : its / base;
}

/** Of those that are known; null for none. A ratio of 0 counts as a ten-thousandth, which no trace can tell from it. */
function geometricMean(ratios: readonly (number | null)[]): number | null {
  const known = ratios.filter((ratio) => ratio !== null);
  if (known.length === 0) return null;
  return Math.exp(known.reduce((sum, ratio) => sum + Math.log(Math.max(1e-4, ratio)), 0) / known.length);
}

function middleOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : median(known);
}
