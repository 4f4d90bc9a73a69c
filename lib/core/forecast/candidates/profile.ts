/** The day that the past leads one to expect: a weighted mean of past days, more of it from recent and from similar ones. */
import type { DayTable } from "../calendar.ts";
import type { Likeness } from "./likeness.ts";

/** The window over which a profile is smoothed, in all; a sharp ramp is left to the naive candidates. */
const SMOOTHING_SECONDS = 1_500;

export interface ProfileOptions {
  readonly halfLifeDays: number;
  readonly likeness: Likeness;
}

/** The expected row `row`, from the cells before `before` alone; NaN only when nothing at all is known. */
export function profileOf(
  table: DayTable,
  row: number,
  before: number,
  { halfLifeDays, likeness }: ProfileOptions,
): Float64Array {
  const { slotsPerDay, firstDay, kindOf, mean } = table;
  const sum = new Float64Array(slotsPerDay);
  const weight = new Float64Array(slotsPerDay);
  const kind = kindOf(firstDay + row);
  const lastRow = Math.min(table.days, Math.ceil(before / slotsPerDay));
  for (let past = 0; past < lastRow; past++) {
    const each = 0.5 ** ((lastRow - 1 - past) / halfLifeDays) * likeness(kind, kindOf(firstDay + past));
    const offset = past * slotsPerDay;
    const end = Math.min(slotsPerDay, before - offset);
    for (let slot = 0; slot < end; slot++) {
      const value = mean[offset + slot] as number;
      if (Number.isNaN(value)) continue;
      sum[slot] = (sum[slot] as number) + each * value;
      weight[slot] = (weight[slot] as number) + each;
    }
  }
  const raw = sum.map((total, slot) => total / (weight[slot] as number));
  return smoothed(withoutHoles(raw), SMOOTHING_SECONDS / table.slotSeconds);
}

/** A time of day that was never measured is not a time without load: the nearest known slot stands in. */
export function withoutHoles(profile: Float64Array): Float64Array {
  return profile.map((value, slot) => {
    if (!Number.isNaN(value)) return value;
    for (let distance = 1; distance < profile.length; distance++) {
      const before = profile[slot - distance] ?? Number.NaN;
      const after = profile[slot + distance] ?? Number.NaN;
      if (!Number.isNaN(before) || !Number.isNaN(after)) return Number.isNaN(before) ? after : before;
    }
    return Number.NaN;
  });
}

/** Triangular weights over `slots` slots in all, around midnight too; a step of the day stays where it is. */
export function smoothed(profile: Float64Array, slots: number): Float64Array {
  const reach = Math.floor(slots / 2);
  if (reach < 1) return profile;
  const size = profile.length;
  return profile.map((_, slot) => {
    let sum = 0;
    let total = 0;
    for (let away = -reach; away <= reach; away++) {
      const weight = reach + 1 - Math.abs(away);
      sum += weight * (profile[(slot + away + size) % size] as number);
      total += weight;
    }
    return sum / total;
  });
}
