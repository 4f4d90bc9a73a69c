/** Declared changes of level: the past before them is brought to the level after them, so that a forecast learns one level. */
import type { LevelShift } from "../declaredEvent.ts";
import { DAY_SECONDS, HOUR_SECONDS, isoOf } from "../time.ts";
import { localSlotOf } from "./calendar.ts";
import type { Calendar, Forecast, History } from "./forecast.ts";
import { compare, typicalRatioOf } from "./usual.ts";

/** Without a stated factor, nothing is changed until so much has been seen after the shift, */
const LEAST_AFTER_SECONDS = 6 * HOUR_SECONDS;
/** and more than this adds little. */
const MOST_AFTER_SECONDS = 7 * DAY_SECONDS;

/** A factor beyond these is taken for a mistake of the data, not of the level. */
const FACTORS = { least: 0.02, most: 50 } as const;

/** A shift with the factor that is used for it; null where none was stated and none can be told yet. */
export interface JudgedShift extends LevelShift {
  readonly factor: number | null;
}

/**
 * Works out the factors of shifts, oldest first, on the history as the earlier ones left it. A factor that was not
 * stated is the load since the shift ÷ that of the same times of day before it, the middle one of whole hours.
 */
export function judgeShifts(
  history: History,
  shifts: readonly LevelShift[],
  calendar: Calendar,
): readonly JudgedShift[] {
  const ordered = shifts.toSorted((a, b) => a.at - b.at);
  const judged: JudgedShift[] = [];
  let level = history;
  for (const [i, shift] of ordered.entries()) {
    const until = ordered[i + 1]?.at ?? Number.POSITIVE_INFINITY;
    const factor = shift.factor ?? estimateOf(level, shift, until, calendar);
    judged.push({ ...shift, factor });
    level = shifted(level, [{ ...shift, factor }]);
  }
  return judged;
}

function estimateOf(history: History, { at }: LevelShift, until: number, calendar: Calendar): number | null {
  const { day } = localSlotOf(at, history.slotSeconds, calendar.utcOffset);
  const to = Math.min(until, at + MOST_AFTER_SECONDS);
  const since = compare(history, history, calendar, { from: at, to, isAllowed: (each) => each < day });
  if (since.seen.length * history.slotSeconds < LEAST_AFTER_SECONDS) return null;
  const factor = typicalRatioOf(since, history.slotSeconds);
  return factor >= FACTORS.least && factor <= FACTORS.most ? factor : null;
}

/** The history with all load before each shift multiplied by its factor, and so by all later ones. */
export function shifted(history: History, shifts: readonly JudgedShift[]): History {
  const end = history.start + history.mean.length * history.slotSeconds;
  const due = shifts.filter(({ at, factor }) => factor !== null && history.start < at && at <= end);
  if (due.length === 0) return history;
  const scaled = (values: Float64Array, stepSeconds: number): Float64Array =>
    values.map((value, i) => value * factorAt(due, history.start + i * stepSeconds));
  return {
    ...history,
    mean: scaled(history.mean, history.slotSeconds),
    peak: scaled(history.peak, history.slotSeconds),
    minutes: scaled(history.minutes, (history.mean.length * history.slotSeconds) / history.minutes.length),
  };
}

const factorAt = (shifts: readonly JudgedShift[], at: number): number =>
  shifts.reduce((product, shift) => (at < shift.at ? product * (shift.factor ?? 1) : product), 1);

/**
 * The forecast with shifts that are still to come after the end of the history: from then on its path, and what a week
 * ago would say, are multiplied by the factor, and the scale of errors by its root.
 */
export function withShiftsAhead(
  forecast: Forecast,
  shifts: readonly JudgedShift[],
  historyEnd: number,
): Forecast {
  const ahead = shifts.filter(({ at, factor }) => at > historyEnd && factor !== null);
  if (ahead.length === 0) return forecast;
  const { start, slotSeconds } = forecast;
  const factor = (i: number): number =>
    ahead.reduce(
      // The slot in which it happens is already at the higher of the two levels.
      (product, { at, factor: by }) => {
        const begins =
          (by as number) >= 1 ? start + (i + 1) * slotSeconds > at : start + i * slotSeconds >= at;
        return begins ? product * (by as number) : product;
      },
      1,
    );
  return {
    ...forecast,
    median: forecast.median.map((value, i) => value * factor(i)),
    naive: forecast.naive.map((value, i) => value * factor(i)),
    scale: forecast.scale.map((value, i) => value * Math.sqrt(factor(i))),
  };
}

/** What a person should hear of shifts that do nothing yet. */
export function sayUnjudged(shifts: readonly JudgedShift[]): readonly string[] {
  return shifts
    .filter(({ factor }) => factor === null)
    .map(
      ({ name, at }) =>
        `the level shift ${name} (${isoOf(at)}) has no factor, and none can be told before ${LEAST_AFTER_SECONDS / HOUR_SECONDS} h after it and a day before it are known: the level is taken not to have changed`,
    );
}
