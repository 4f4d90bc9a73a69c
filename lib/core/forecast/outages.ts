/** Stretches where a busy target saw nothing: an outage, not a lack of demand, so that it is not learnt as one. */
import { median } from "../quantile.ts";
import { MINUTE_SECONDS } from "../time.ts";
import type { DayTable } from "./calendar.ts";

/** A stretch is at least this long. */
const LEAST_SECONDS = 15 * MINUTE_SECONDS;

/** At most this share of what is usual at that time of day. */
const SILENT_SHARE = 0.02;

/** Requests that a stretch usually brings; with fewer, silence is chance. */
const LEAST_USUAL_REQUESTS = 50;

/** Share of other days on which a time of day may be as silent and still be a busy one. */
const OFTEN_SILENT = 0.2;

const LEAST_OTHER_DAYS = 3;

/** A time of day that was as silent on more than this share of the other days of its kind is quiet, as a closed Sunday is. */
const SILENT_SHARE_OF_KIND = 0.5;

/**
 * The table with outages left out (NaN). A time of day that is silent on a fifth of the days, such as a closed weekend, is
 * not an outage; nor is one that is silent on most other days of its kind.
 */
export function withoutOutages(table: DayTable): DayTable {
  const { slotsPerDay, slotSeconds, mean } = table;
  const usual = usualBySlot(table);
  const isQuiet = quietByKind(table, usual);
  const leastSlots = Math.max(1, Math.ceil(LEAST_SECONDS / slotSeconds));
  let cleaned: Float64Array | null = null;
  let from = -1;
  let requests = 0;
  for (let cell = 0; cell <= mean.length; cell++) {
    const expected = cell < mean.length ? (usual[cell % slotsPerDay] as number) : Number.NaN;
    const value = cell < mean.length ? (mean[cell] as number) ** 2 : Number.NaN;
    if (value <= SILENT_SHARE * expected && expected > 0 && !isQuiet(cell)) {
      if (from < 0) [from, requests] = [cell, 0];
      requests += (expected * slotSeconds) / MINUTE_SECONDS;
      continue;
    }
    if (from >= 0 && cell - from >= leastSlots && requests >= LEAST_USUAL_REQUESTS) {
      cleaned ??= Float64Array.from(mean);
      cleaned.fill(Number.NaN, from, cell);
    }
    from = -1;
  }
  return cleaned === null ? table : { ...table, mean: cleaned };
}

/** Tells of a silent cell whether other days of its kind are as silent at that time of day. */
function quietByKind(
  { mean, days, slotsPerDay, firstDay, kindOf }: DayTable,
  usual: Float64Array,
): (cell: number) => boolean {
  const known = new Map<number, number>();
  const silent = new Map<number, number>();
  const keyOf = (row: number, slot: number): number => kindOf(firstDay + row) * slotsPerDay + slot;
  for (let row = 0; row < days; row++) {
    for (let slot = 0; slot < slotsPerDay; slot++) {
      const load = (mean[row * slotsPerDay + slot] as number) ** 2;
      if (Number.isNaN(load)) continue;
      const key = keyOf(row, slot);
      known.set(key, (known.get(key) ?? 0) + 1);
      if (load <= SILENT_SHARE * (usual[slot] as number)) silent.set(key, (silent.get(key) ?? 0) + 1);
    }
  }
  return (cell) => {
    const slot = cell % slotsPerDay;
    const key = keyOf((cell - slot) / slotsPerDay, slot);
    return (silent.get(key) ?? 0) - 1 > SILENT_SHARE_OF_KIND * ((known.get(key) ?? 0) - 1);
  };
}

/** Load per minute that is usual at each slot of the day; 0 where it is often silent or too few days are known. */
function usualBySlot({ mean, days, slotsPerDay }: DayTable): Float64Array {
  return Float64Array.from({ length: slotsPerDay }, (_, slot) => {
    const loads: number[] = [];
    for (let row = 0; row < days; row++) {
      const root = mean[row * slotsPerDay + slot] as number;
      if (!Number.isNaN(root)) loads.push(root * root);
    }
    if (loads.length <= LEAST_OTHER_DAYS) return 0;
    const usual = median(loads);
    const silent = loads.filter((load) => load <= SILENT_SHARE * usual).length;
    return silent > Math.max(1, OFTEN_SILENT * loads.length) ? 0 : usual;
  });
}
