/** The moments from which a trace is forecast, and the slots that it is forecast in. */
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS } from "../../time.ts";
import { FORECAST_SLOT_SECONDS, type History } from "../forecast.ts";
import { historyEndOf } from "./forecaster.ts";

/** A whole week lets every forecaster see each weekday once. */
const WISHED_HISTORY_DAYS = 7;

export interface OriginOptions {
  readonly horizonSeconds: number;
  readonly everySeconds: number;
  /** Null: see `leastHistoryDaysOf`. */
  readonly leastHistoryDays: number | null;
  /** Null: all. */
  readonly mostOrigins: number | null;
}

/** Five minutes where the trace is finer, otherwise the trace's own step; null where that does not divide a day. */
export function slotSecondsOf(stepSeconds: number): number | null {
  if (stepSeconds > HOUR_SECONDS) return null;
  const slotSeconds = Math.max(stepSeconds, FORECAST_SLOT_SECONDS);
  return DAY_SECONDS % slotSeconds === 0 ? slotSeconds : null;
}

/** Seven days where the trace has them and a horizon after them; otherwise half of its whole days, at least one. */
export function leastHistoryDaysOf(traceSeconds: number, horizonSeconds: number): number {
  if (traceSeconds >= WISHED_HISTORY_DAYS * DAY_SECONDS + horizonSeconds) return WISHED_HISTORY_DAYS;
  return Math.max(1, Math.floor(traceSeconds / DAY_SECONDS / 2));
}

/**
 * Ends of histories with enough before and a whole horizon after them, in rising order. Of more than `mostOrigins` an even
 * choice remains, never all on one weekday, the newest among them.
 */
export function originsOf(whole: History, options: OriginOptions): readonly EpochSeconds[] {
  const { horizonSeconds, everySeconds, mostOrigins } = options;
  const end = historyEndOf(whole);
  const least = options.leastHistoryDays ?? leastHistoryDaysOf(end - whole.start, horizonSeconds);
  const origins: EpochSeconds[] = [];
  const every = Math.max(1, Math.round(everySeconds / whole.slotSeconds)) * whole.slotSeconds;
  const first = whole.start + Math.ceil((least * DAY_SECONDS) / whole.slotSeconds) * whole.slotSeconds;
  for (let origin = first; origin + horizonSeconds <= end; origin += every) origins.push(origin);
  if (mostOrigins === null || origins.length <= mostOrigins) return origins;
  let stride = Math.ceil(origins.length / mostOrigins);
  if ((stride * every) % (WISHED_HISTORY_DAYS * DAY_SECONDS) === 0) stride++;
  return origins.filter((_, i) => (origins.length - 1 - i) % stride === 0);
}
