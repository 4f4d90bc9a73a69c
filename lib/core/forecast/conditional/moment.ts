/** What the last hour says, set against what was forecast for it. */

/** Minutes of the stretches whose load is compared with their forecast: what is happening now, lately, and this hour. */
export const WINDOWS_MINUTES = [2, 5, 15, 60] as const;

export const HOUR_MINUTES = 60;

/** How the shortest windows differ from the next longer ones: 2 minutes from 5, and 5 from 15. */
export const TREND_TERMS = 2;

/** The last hour at one moment, on the square-root scale, where errors of counts are of even size. */
export interface Moment {
  /** By window: root of the mean load less root of the mean path. */
  readonly deviations: readonly number[];
  /** Of the shortest windows: the deviation less that of the next longer one, which is where the load is going. */
  readonly trend: readonly number[];
  /** Root of the hour's mean path. */
  readonly pathRoot: number;
  /** Root of the mean load of the last quarter of an hour. */
  readonly loadRoot: number;
  /** How much single minutes swing around the path: standard deviation of their deviations. */
  readonly unrest: number;
}

/**
 * Of the sixty minutes before index `end` in both arrays; minutes unknown (NaN) in either are left out of both. Null when
 * less than half of the hour, or nothing of the last quarter, is known. A window without a known minute is as the next
 * longer one.
 */
export function momentOf(
  load: ArrayLike<number>,
  path: ArrayLike<number>,
  end: number = load.length,
): Moment | null {
  const deviations = WINDOWS_MINUTES.map(() => 0);
  let known = 0;
  let seen = 0;
  let expected = 0;
  let sum = 0;
  let squares = 0;
  let window = 0;
  let loadRoot = Number.NaN;
  for (let ago = 1; ago <= HOUR_MINUTES; ago++) {
    const x = load[end - ago] ?? Number.NaN;
    const p = path[end - ago] ?? Number.NaN;
    if (!(Number.isNaN(x) || Number.isNaN(p))) {
      known++;
      seen += x;
      expected += p;
      const deviation = Math.sqrt(x) - Math.sqrt(p);
      sum += deviation;
      squares += deviation * deviation;
    }
    if (ago !== WINDOWS_MINUTES[window]) continue;
    deviations[window] = Math.sqrt(seen / known) - Math.sqrt(expected / known);
    if (ago === 15) loadRoot = Math.sqrt(seen / known);
    window++;
  }
  if (known * 2 < HOUR_MINUTES || Number.isNaN(loadRoot)) return null;
  for (let w = WINDOWS_MINUTES.length - 2; w >= 0; w--) {
    if (Number.isNaN(deviations[w])) deviations[w] = deviations[w + 1] as number;
  }
  const mean = sum / known;
  return {
    deviations,
    trend: Array.from({ length: TREND_TERMS }, (_, t) => trendOf(deviations, t)),
    pathRoot: Math.sqrt(expected / known),
    loadRoot,
    unrest: Math.sqrt(Math.max(0, squares / known - mean * mean)),
  };
}

function trendOf(deviations: readonly number[], t: number): number {
  return (deviations[t] as number) - (deviations[t + 1] as number);
}

/** What lost minutes may have been, in the load's own unit. */
export interface LostBetween {
  readonly lowest: number;
  readonly highest: number;
}

/**
 * The highest trend of the sixty minutes that end both arrays, whatever the unknown ones of `load` were between the two: it
 * rises with the minutes of the shorter window and falls with those of the longer one before it.
 */
export function highestTrend(
  load: Float64Array,
  path: Float64Array,
  { lowest, highest }: LostBetween,
): readonly number[] {
  return Array.from({ length: TREND_TERMS }, (_, t) => {
    const from = load.length - (WINDOWS_MINUTES[t] as number);
    const filled = load.map((x, i) => (Number.isNaN(x) ? (i >= from ? highest : lowest) : x));
    const moment = momentOf(filled, path);
    return moment === null ? 0 : trendOf(moment.deviations, t);
  });
}
