/** Which kinds of day are alike, found from the data: Saturday helps Sunday only where they look the same. */
import type { DayTable } from "../calendar.ts";

/** How much a past day of one kind says of a coming day of another: 1 is as much as one of the same kind. */
export type Likeness = (kind: number, other: number) => number;

/** Power of the ratio of distances: at 3, days that are twice as far apart as two of one kind count an eighth. */
const SHARPNESS = 3;

/** Slots that one point of a day's shape averages, as a share of the day: an hour. */
const POINTS_PER_DAY = 24;

/** Kinds that were never seen together with data are taken to be this much alike. */
const UNKNOWN_LIKENESS = 0.5;

/**
 * Mean squared distance between hourly shapes of days, same kind against other kinds, from the rows before `rows` alone.
 */
export function likenessOf(table: DayTable, rows: number): Likeness {
  const shapes = Array.from({ length: rows }, (_, row) => shapeOf(table, row));
  const sums = new Map<string, { sum: number; count: number }>();
  for (let a = 0; a < rows; a++) {
    for (let b = a + 1; b < rows; b++) {
      const distance = distanceOf(shapes[a] as Float64Array, shapes[b] as Float64Array);
      if (Number.isNaN(distance)) continue;
      const key = keyOf(table.kindOf(table.firstDay + a), table.kindOf(table.firstDay + b));
      const found = sums.get(key) ?? { sum: 0, count: 0 };
      sums.set(key, { sum: found.sum + distance, count: found.count + 1 });
    }
  }
  const meanOf = (key: string): number => {
    const found = sums.get(key);
    return found === undefined ? Number.NaN : found.sum / found.count;
  };
  return (kind, other) => {
    if (kind === other) return 1;
    const between = meanOf(keyOf(kind, other));
    if (Number.isNaN(between)) return UNKNOWN_LIKENESS;
    const within = meanOf(keyOf(kind, kind));
    const own = Number.isNaN(within) ? nearest(sums) : within;
    return between <= own ? 1 : (own / between) ** SHARPNESS;
  };
}

/** Where no two days of one kind were seen, the nearest two kinds stand for it. */
function nearest(sums: ReadonlyMap<string, { readonly sum: number; readonly count: number }>): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { sum, count } of sums.values()) least = Math.min(least, sum / count);
  return least;
}

const keyOf = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

function shapeOf({ mean, slotsPerDay }: DayTable, row: number): Float64Array {
  const per = slotsPerDay / POINTS_PER_DAY;
  return Float64Array.from({ length: POINTS_PER_DAY }, (_, point) => {
    let sum = 0;
    let count = 0;
    const from = row * slotsPerDay + Math.round(point * per);
    const to = row * slotsPerDay + Math.round((point + 1) * per);
    for (let cell = from; cell < to; cell++) {
      const value = mean[cell] as number;
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    return sum / count;
  });
}

/** NaN unless a quarter of the day is known of both. */
function distanceOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (Number.isNaN(difference)) continue;
    sum += difference * difference;
    count++;
  }
  return count * 4 >= a.length ? sum / count : Number.NaN;
}
