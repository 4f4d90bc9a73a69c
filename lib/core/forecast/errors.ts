/** What the model's errors were on the target's own last days, by horizon: the forecast's quantiles come from here alone. */
import { conformalQuantile } from "../quantile.ts";
import type { DayTable } from "./calendar.ts";
import type { ErrorTable } from "./forecast.ts";
import { LEVEL_WINDOW_SECONDS, levelRatio } from "./level.ts";

export const HORIZONS_SECONDS = [300, 600, 900, 1200, 1800, 2700, 3600, 5400, 7200] as const;
export const LEVELS = [0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999] as const;
const CORRECTIONS = [0, 0.25, 0.5, 0.75, 1] as const;

/** The level whose loss chooses the strength of the correction: where decisions are made. */
const DECIDING_LEVEL = 0.95;

/** One origin every quarter of an hour. */
const ORIGIN_EVERY_SLOTS = 3;

/** Path, scale and outcome of the backtested days, one after the other. Square-root scale; NaN is missing. */
export interface Backtest {
  readonly slotSeconds: number;
  readonly days: number;
  readonly path: Float64Array;
  readonly scale: Float64Array;
  readonly mean: Float64Array;
  /** Where minutes are known, the highest of each slot; otherwise NaN and the mean stands in. */
  readonly peak: Float64Array;
}

/** Cuts the backtested rows out of the table, beside the paths that were forecast for them. */
export function backtestOf(
  table: DayTable,
  slotSeconds: number,
  firstRow: number,
  paths: readonly Float64Array[],
): Omit<Backtest, "scale"> {
  const from = firstRow * table.slotsPerDay;
  const to = from + paths.length * table.slotsPerDay;
  const path = new Float64Array(to - from);
  for (const [day, dayPath] of paths.entries()) path.set(dayPath, day * table.slotsPerDay);
  return {
    slotSeconds,
    days: paths.length,
    path,
    mean: table.mean.subarray(from, to),
    peak: table.peak.subarray(from, to),
  };
}

/**
 * Errors by horizon. For every origin and horizon the score is the largest excess of the slots' peaks over the
 * level-corrected path in the horizon, in units of the slot's scale; the table holds its conformal quantiles. The
 * power of the level correction is chosen for each horizon by pinball loss, so it decays as far as the data says.
 * With few days the quantiles are widened by 1 + 1 / days, since days err together and few have been seen.
 */
export function errorsOf(backtest: Backtest): ErrorTable {
  const ratios = originRatios(backtest);
  const byCorrection = CORRECTIONS.map((power) => scoresByHorizon(backtest, ratios, power));
  const correction: number[] = [];
  const quantiles: number[][] = [];
  for (let h = 0; h < HORIZONS_SECONDS.length; h++) {
    const candidates = byCorrection.map((scores) => (scores[h] as Float64Array).sort());
    const losses = candidates.map(excessLoss);
    const best = losses.indexOf(Math.min(...losses));
    correction.push(CORRECTIONS[best] as number);
    const widening = 1 + 1 / backtest.days;
    quantiles.push(
      LEVELS.map((level) => widened(conformalQuantile(candidates[best] as Float64Array, level), widening)),
    );
  }
  return { horizonsSeconds: HORIZONS_SECONDS, levels: LEVELS, correction, quantiles };
}

/** Three decimals keep the record of a decision short; a quantile below the path is not widened downwards. */
const widened = (quantile: number, widening: number): number =>
  Math.round((quantile > 0 ? quantile * widening : quantile) * 1000) / 1000;

/** Mean pinball loss of ascending scores at their own deciding quantile; infinite for none. */
function excessLoss(ascending: Float64Array): number {
  if (ascending.length === 0) return Number.POSITIVE_INFINITY;
  const quantile = conformalQuantile(ascending, DECIDING_LEVEL);
  let loss = 0;
  for (const score of ascending) {
    loss +=
      score > quantile ? DECIDING_LEVEL * (score - quantile) : (1 - DECIDING_LEVEL) * (quantile - score);
  }
  return loss / ascending.length;
}

/** Square root of the level ratio at each origin; NaN where less than half of the hour is known. */
function originRatios({ path, mean, slotSeconds }: Backtest): Float64Array {
  const window = LEVEL_WINDOW_SECONDS / slotSeconds;
  const ratios = new Float64Array(Math.floor(path.length / ORIGIN_EVERY_SLOTS)).fill(Number.NaN);
  for (let i = 0; i < ratios.length; i++) {
    const origin = i * ORIGIN_EVERY_SLOTS;
    let known = 0;
    let seen = 0;
    let forecast = 0;
    for (let slot = Math.max(0, origin - window); slot < origin; slot++) {
      const z = mean[slot] as number;
      const expected = path[slot] as number;
      if (Number.isNaN(z) || Number.isNaN(expected)) continue;
      known++;
      seen += z * z;
      forecast += expected * expected;
    }
    if (known * 2 >= window) ratios[i] = Math.sqrt(levelRatio(seen / known, forecast / known));
  }
  return ratios;
}

/** For each horizon the scores of all origins whose whole horizon is known. */
function scoresByHorizon(backtest: Backtest, ratios: Float64Array, power: number): Float64Array[] {
  const ends = HORIZONS_SECONDS.map((seconds) => seconds / backtest.slotSeconds);
  const scores = ends.map(() => new Float64Array(ratios.length));
  const counts = ends.map(() => 0);
  for (let i = 0; i < ratios.length; i++) {
    const ratio = ratios[i] as number;
    if (Number.isNaN(ratio)) continue;
    const factor = ratio ** power;
    let highest = Number.NEGATIVE_INFINITY;
    let slot = i * ORIGIN_EVERY_SLOTS;
    for (let h = 0; h < ends.length; h++) {
      const end = i * ORIGIN_EVERY_SLOTS + (ends[h] as number);
      for (; slot < end; slot++) highest = Math.max(highest, excess(backtest, slot, factor));
      if (Number.isNaN(highest)) break;
      (scores[h] as Float64Array)[counts[h] as number] = highest;
      counts[h] = (counts[h] as number) + 1;
    }
  }
  return scores.map((values, h) => values.subarray(0, counts[h]));
}

/** NaN where the slot is missing or beyond the backtest. */
function excess({ path, scale, mean, peak }: Backtest, slot: number, factor: number): number {
  const highest = Number.isNaN(peak[slot]) ? (mean[slot] as number) : (peak[slot] as number);
  return slot < path.length
    ? (highest - (path[slot] as number) * factor) / (scale[slot] as number)
    : Number.NaN;
}
