/** The backtested days minute by minute: what came, beside what had been forecast for it. */
import { DAY_SECONDS, MINUTE_SECONDS } from "../../time.ts";
import type { Judged } from "../bands.ts";
import { cellOf, type DayTable, steadyOffset } from "../calendar.ts";
import type { Calendar, History } from "../forecast.ts";

/** Minutes of consecutive days, beside the path that was forecast for them before. NaN is missing. */
export interface Replayed {
  /** Minute of the UTC day at index 0. */
  readonly firstMinuteOfDay: number;
  readonly load: Float64Array;
  readonly path: Float64Array;
}

/** `judged`: newest first. Of each origin the first day ahead is taken, so that the days join without overlap. */
export function replayedOf(
  history: History,
  table: DayTable,
  { utcOffset }: Calendar,
  judged: readonly Judged[],
  minuteOfHour: readonly number[],
): Replayed {
  const { slotsPerDay, slotSeconds } = table;
  const end = history.start + history.mean.length * slotSeconds;
  const from = Math.max(history.start, end - judged.length * DAY_SECONDS);
  const perSlot = slotSeconds / MINUTE_SECONDS;
  const count = ((end - from) / slotSeconds) * perSlot;
  const load = new Float64Array(count);
  const path = new Float64Array(count).fill(Number.NaN);
  const offset = steadyOffset(utcOffset);
  const oldest = judged.at(-1)?.cell ?? 0;
  for (let slot = 0; slot * perSlot < count; slot++) {
    const at = from + slot * slotSeconds;
    const cell = cellOf(table, at, offset);
    const { cell: origin = 0, path: ahead } =
      judged[judged.length - 1 - Math.floor((cell - oldest) / slotsPerDay)] ?? {};
    const root = ahead?.[cell - origin] ?? Number.NaN;
    const isKnown = !Number.isNaN(table.mean[cell] ?? Number.NaN);
    for (let i = 0; i < perSlot; i++) {
      const minute = at / MINUTE_SECONDS + i;
      const index = slot * perSlot + i;
      path[index] = root * root * (minuteOfHour[minute % 60] as number);
      load[index] = isKnown
        ? minuteLoad(history, (at - history.start) / MINUTE_SECONDS + i, perSlot)
        : Number.NaN;
    }
  }
  return { firstMinuteOfDay: (from / MINUTE_SECONDS) % 1440, load, path };
}

/** Where only slots are known, each of their minutes is taken to be as their mean. */
function minuteLoad({ minutes, mean }: History, minute: number, perSlot: number): number {
  const known = minutes[minute] ?? Number.NaN;
  return Number.isNaN(known) ? (mean[Math.floor(minute / perSlot)] as number) : known;
}
