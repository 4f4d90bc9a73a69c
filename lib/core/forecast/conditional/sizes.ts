/** How large errors usually are by time of day. */
import { median } from "../../quantile.ts";

/** Half hours. */
export const DAY_PARTS = 48;
const PART_MINUTES = 1440 / DAY_PARTS;

/** Share of the overall size in each part's own: little data must not make one hour look certain. */
const SHRINKAGE = 0.4;

const LEAST_SIZE = 0.03;

export interface Sizes {
  readonly byPart: Float64Array;
  /** For each error: the size at its time of day as all other days tell it. */
  readonly withoutOwnDay: Float64Array;
}

/** Mean absolute distance from the median error, pooled over each half hour and the two beside it, shrunk to the overall one. */
export function sizesByTime(
  errors: Float64Array,
  minuteOfDay: readonly number[],
  day: readonly number[],
): Sizes {
  const middle = median(Array.from(errors));
  const days = (day.at(-1) ?? 0) + 1;
  const sums = new Float64Array(days * DAY_PARTS);
  const counts = new Float64Array(days * DAY_PARTS);
  for (let i = 0; i < errors.length; i++) {
    const cell = (day[i] as number) * DAY_PARTS + Math.floor((minuteOfDay[i] as number) / PART_MINUTES);
    sums[cell] = (sums[cell] as number) + Math.abs((errors[i] as number) - middle);
    counts[cell] = (counts[cell] as number) + 1;
  }
  const all = pooled(sums, counts, days, -1);
  const without =
    days < 2 ? [all] : Array.from({ length: days }, (_, own) => pooled(sums, counts, days, own));
  return {
    byPart: all,
    withoutOwnDay: errors.map((_, i) => {
      const table = without[days < 2 ? 0 : (day[i] as number)] as Float64Array;
      return table[Math.floor((minuteOfDay[i] as number) / PART_MINUTES)] as number;
    }),
  };
}

function pooled(sums: Float64Array, counts: Float64Array, days: number, own: number): Float64Array {
  const sum = new Float64Array(DAY_PARTS);
  const count = new Float64Array(DAY_PARTS);
  let total = 0;
  let known = 0;
  for (let day = 0; day < days; day++) {
    if (day === own) continue;
    for (let part = 0; part < DAY_PARTS; part++) {
      const cell = day * DAY_PARTS + part;
      sum[part] = (sum[part] as number) + (sums[cell] as number);
      count[part] = (count[part] as number) + (counts[cell] as number);
      total += sums[cell] as number;
      known += counts[cell] as number;
    }
  }
  const overall = known === 0 ? LEAST_SIZE : Math.max(LEAST_SIZE, total / known);
  const around = (values: Float64Array, part: number): number =>
    (values[(part + DAY_PARTS - 1) % DAY_PARTS] as number) +
    (values[part] as number) +
    (values[(part + 1) % DAY_PARTS] as number);
  return sum.map((_, part) => {
    const seen = around(count, part);
    const local = seen > 0 ? around(sum, part) / seen : overall;
    return Math.max(LEAST_SIZE, (1 - SHRINKAGE) * local + SHRINKAGE * overall);
  });
}
