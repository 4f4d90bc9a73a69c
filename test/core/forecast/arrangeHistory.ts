/** Pasts of known shape for the tests of the forecast. */
import type { History } from "../../../lib/core/forecast/forecast.ts";
import { historyOf, type MaskedWindow } from "../../../lib/core/forecast/history.ts";
import { DAY_SECONDS, type EpochSeconds, MINUTE_SECONDS } from "../../../lib/core/time.ts";
import { instant } from "../arrange.ts";

/** A Monday. */
export const MONDAY = instant("2025-10-06T00:00Z");
export const UTC = (): number => 0;
export const SLOTS_PER_DAY = 288;

/** Load of a minute: 200 by night, 800 from 08:00 to 20:00, and a third of that at weekends. */
export function shopLoad(at: EpochSeconds): number {
  const hour = (at % DAY_SECONDS) / 3600;
  const isWeekend = Math.floor((at - MONDAY) / DAY_SECONDS) % 7 >= 5;
  return (hour >= 8 && hour < 20 ? 800 : 200) * (isWeekend ? 1 / 3 : 1);
}

/** Numbers from 0 to 1 that look random and are the same each time. */
export function noise(at: number): number {
  const x = Math.sin(at * 12.9898) * 43_758.5453;
  return x - Math.floor(x);
}

/** Minutes of a load from Monday on. */
export function pastOf(
  days: number,
  load: (at: EpochSeconds) => number | null,
  masked: readonly MaskedWindow[] = [],
): History {
  const values = Array.from({ length: days * 1440 }, (_, minute) => load(MONDAY + minute * MINUTE_SECONDS));
  return historyOf({ start: MONDAY, stepSeconds: MINUTE_SECONDS, values }, masked);
}
