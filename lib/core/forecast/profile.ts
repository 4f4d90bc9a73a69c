/** The load that a day of the week usually brings: recent weeks count more, other weekdays fill in where data is short. */
import type { DayTable } from "./calendar.ts";

/** Days after which a past day counts half (forecasting practice: 28 days of history is the sweet spot, half of it here). */
const HALF_LIFE_DAYS = 14;

/**
 * Weight of all other weekdays together, in same-weekday days of full weight. One fresh same-weekday day therefore
 * gets 1 / 1.15 = 87 %, and with none at all the profile is the day pattern.
 */
const OTHER_WEEKDAYS_WEIGHT = 0.15;

/** Local day numbers count from a Thursday; only equality of the remainder matters. */
const weekdayOf = (day: number): number => ((day % 7) + 7) % 7;

/**
 * The expected day `day` on the square-root scale, from the table's days before `before`. A slot that no past day
 * knows is as the nearest known one of the day; all are NaN when none is known.
 */
export function profileOf(table: DayTable, day: number, before: number): Float64Array {
  const { slotsPerDay } = table;
  const rows = Math.min(table.days, before - table.firstDay);
  const same = new Float64Array(slotsPerDay);
  const sameWeight = new Float64Array(slotsPerDay);
  const other = new Float64Array(slotsPerDay);
  const otherWeight = new Float64Array(slotsPerDay);
  for (let row = 0; row < rows; row++) {
    const weight = 0.5 ** ((before - 1 - table.firstDay - row) / HALF_LIFE_DAYS);
    const alike = weekdayOf(table.firstDay + row) === weekdayOf(day);
    const sum = alike ? same : other;
    const total = alike ? sameWeight : otherWeight;
    const offset = row * slotsPerDay;
    for (let slot = 0; slot < slotsPerDay; slot++) {
      const value = table.mean[offset + slot] as number;
      if (Number.isNaN(value)) continue;
      sum[slot] = (sum[slot] as number) + weight * value;
      total[slot] = (total[slot] as number) + weight;
    }
  }
  const profile = same.map((sum, slot) =>
    blend(sum, sameWeight[slot] as number, other[slot] as number, otherWeight[slot] as number),
  );
  return smooth(withoutHoles(profile));
}

function blend(sameSum: number, sameWeight: number, otherSum: number, otherWeight: number): number {
  if (otherWeight === 0) return sameSum / sameWeight;
  const prior = (OTHER_WEEKDAYS_WEIGHT * otherSum) / otherWeight;
  return (sameSum + prior) / (sameWeight + OTHER_WEEKDAYS_WEIGHT);
}

/** A time of day that is never measured is not a time without load: the nearest known slot stands in. */
function withoutHoles(profile: Float64Array): Float64Array {
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

/** Weights 1-2-1 over neighbouring slots, which takes the noise of single days off without moving a ramp. */
function smooth(profile: Float64Array): Float64Array {
  const last = profile.length - 1;
  return profile.map((middle, slot) => {
    const left = profile[Math.max(0, slot - 1)] as number;
    const right = profile[Math.min(last, slot + 1)] as number;
    const smoothed = (left + 2 * middle + right) / 4;
    return Number.isNaN(smoothed) ? middle : smoothed;
  });
}
