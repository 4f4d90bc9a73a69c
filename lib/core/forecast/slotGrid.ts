/** From cells of the wall clock back to the slots of a forecast, one after the other. */
import type { EpochSeconds } from "../time.ts";
import { cellOf, type DayTable, steadyOffset } from "./calendar.ts";
import type { UtcOffset } from "./forecast.ts";

/** The slots of a forecast. */
export interface SlotGrid {
  readonly start: EpochSeconds;
  /** Of the history. */
  readonly end: EpochSeconds;
  readonly slots: number;
  readonly slotSeconds: number;
}

/** The path along a forecast's slots: those already past from the day's beginning, the others from the history's end. */
export function pathAlong(
  table: DayTable,
  { start, end, slots, slotSeconds }: SlotGrid,
  utcOffset: UtcOffset,
  pathFrom: (origin: number, count: number) => Float64Array,
): Float64Array {
  const offset = steadyOffset(utcOffset);
  const cellAt = (at: EpochSeconds): number => cellOf(table, at, offset);
  const first = cellAt(start);
  const origin = cellAt(end);
  // A day with a changing clock has an hour more or less of cells than of slots.
  const spare = table.slotsPerDay / 12;
  const before = pathFrom(first, Math.max(0, origin - first) + spare);
  const after = pathFrom(origin, cellAt(start + slots * slotSeconds) - origin + spare);
  return Float64Array.from({ length: slots }, (_, i) => {
    const at = start + i * slotSeconds;
    const cell = cellAt(at);
    const root = at < end ? before[cell - first] : after[cell - origin];
    return root === undefined || Number.isNaN(root) ? 0 : Math.max(0, root) ** 2;
  });
}

/** What is known by slot of the day, for each slot of a forecast. */
export function dayAlong(
  table: DayTable,
  { start, slots, slotSeconds }: SlotGrid,
  utcOffset: UtcOffset,
  ofDay: Float64Array,
): Float64Array {
  const offset = steadyOffset(utcOffset);
  const size = table.slotsPerDay;
  return Float64Array.from({ length: slots }, (_, i) => {
    const cell = cellOf(table, start + i * slotSeconds, offset);
    return ofDay[((cell % size) + size) % size] as number;
  });
}
