/** What augurs takes and gives: series without gaps in, numbers that have to be looked at out. */
import type { FailedForecast, SlotQuantiles } from "../../core/forecast/compare/forecaster.ts";

/** A forecast beyond this multiple of the highest load of the history is a fault: Prophet's port has given 1e304. */
const MOST_TIMES_HIGHEST = 100;

/** Gaps closed by straight lines, and by the nearest known value at both ends; null when nothing is known. */
export function withoutGaps(values: Float64Array): Float64Array | null {
  const filled = values.slice();
  let last = -1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    const from = last < 0 ? value : (values[last] as number);
    for (let gap = last + 1; gap < i; gap++) {
      filled[gap] = from + ((value - from) * (gap - last)) / (i - last);
    }
    last = i;
  }
  if (last < 0) return null;
  filled.fill(values[last] as number, last + 1);
  return filled;
}

/** Cut at 0; failed when a number is not finite or beyond belief beside the history. */
export function checked(
  bands: readonly ArrayLike<number>[],
  highest: number,
  slots: number,
): SlotQuantiles | FailedForecast {
  const limit = MOST_TIMES_HIGHEST * Math.max(highest, 1);
  for (const band of bands) {
    if (band.length !== slots) return failed(`it forecast ${band.length} of ${slots} slots`);
    const wrong = Array.from(band).find((value) => !(Math.abs(value) <= limit));
    if (wrong !== undefined) {
      return failed(`it forecast ${wrong} where the highest load was ${Number(highest.toPrecision(4))}`);
    }
  }
  return rising(bands.map((band) => Float64Array.from(band, (value) => (value > 0 ? value : 0))));
}

/** Levels of separate draws may cross; each becomes at least as high as the one below it. */
function rising(bands: readonly Float64Array[]): SlotQuantiles {
  let below: Float64Array | null = null;
  return bands.map((band) => {
    const lower = below;
    below = lower === null ? band : band.map((value, i) => Math.max(value, lower[i] as number));
    return below;
  });
}

export const failed = (why: string): FailedForecast => ({ kind: "failed", why });

/** The width of the middle interval whose upper end is the quantile at `level`: 0.95 is the upper end of 90 %. */
export const widthOf = (level: number): number => 2 * level - 1;

export function highestOf(values: Float64Array): number {
  return values.reduce((most, value) => (value > most ? value : most), 0);
}

/** What a trap or a refusal of the library said, in one line. */
export function sayFault(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n", 1)[0]?.slice(0, 160) ?? "";
}
