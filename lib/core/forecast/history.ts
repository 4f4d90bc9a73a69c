/** Turns minutes of load into the slots that a forecast learns from, with gaps and promotions left out. */
import { type EpochSeconds, floorTo, MINUTE_SECONDS } from "../time.ts";
import { FORECAST_SLOT_SECONDS, type History } from "./forecast.ts";

/** A window of time whose load says nothing about ordinary days. `end` is exclusive. */
export interface MaskedWindow {
  readonly start: EpochSeconds;
  readonly end: EpochSeconds;
}

export interface LoadSamples {
  readonly start: EpochSeconds;
  /** 60, or coarser where the source keeps old data coarser; a divisor of the slot. */
  readonly stepSeconds: number;
  readonly values: readonly (number | null)[];
}

/**
 * Slots of mean and peak load per minute, and the minutes themselves. A slot with less than half of its samples is missing
 * (NaN), and so is every slot that touches a masked window. Peak and minutes are known only where samples are minutes.
 */
export function historyOf(
  samples: LoadSamples,
  masked: readonly MaskedWindow[],
  slotSeconds: number = FORECAST_SLOT_SECONDS,
): History {
  const end = samples.start + samples.values.length * samples.stepSeconds;
  const start = floorTo(samples.start, slotSeconds);
  const slots = Math.max(0, Math.ceil((end - start) / slotSeconds));
  const perSlot = slotSeconds / samples.stepSeconds;
  const isMinutes = samples.stepSeconds === MINUTE_SECONDS;
  const sum = new Float64Array(slots);
  const count = new Uint16Array(slots);
  const peak = new Float64Array(slots);
  const minutes = new Float64Array((slots * slotSeconds) / MINUTE_SECONDS).fill(Number.NaN);
  for (let i = 0; i < samples.values.length; i++) {
    const value = samples.values[i];
    if (value === null || value === undefined || !(value >= 0) || value === Number.POSITIVE_INFINITY)
      continue;
    const at = samples.start + i * samples.stepSeconds - start;
    const slot = Math.floor(at / slotSeconds);
    sum[slot] = (sum[slot] as number) + value;
    count[slot] = (count[slot] as number) + 1;
    if (value > (peak[slot] as number)) peak[slot] = value;
    if (isMinutes) minutes[Math.floor(at / MINUTE_SECONDS)] = value;
  }
  const mean = sum.map((total, slot) =>
    (count[slot] as number) * 2 >= perSlot ? total / (count[slot] as number) : Number.NaN,
  );
  const history: History = { start, slotSeconds, mean, peak, minutes };
  for (const window of masked) mask(history, window);
  for (let slot = 0; slot < slots; slot++) {
    if (!isMinutes || Number.isNaN(mean[slot])) peak[slot] = Number.NaN;
  }
  return history;
}

function mask({ start, slotSeconds, mean, minutes }: History, window: MaskedWindow): void {
  const first = Math.max(0, Math.floor((window.start - start) / slotSeconds));
  const last = Math.min(mean.length, Math.ceil((window.end - start) / slotSeconds));
  if (last <= first) return;
  mean.fill(Number.NaN, first, last);
  const perSlot = slotSeconds / MINUTE_SECONDS;
  minutes.fill(Number.NaN, first * perSlot, last * perSlot);
}

/** Share of slots that are missing or masked; 1 for an empty history. */
export function missingShare(history: History): number {
  if (history.mean.length === 0) return 1;
  let missing = 0;
  for (const value of history.mean) if (Number.isNaN(value)) missing++;
  return missing / history.mean.length;
}
