/** Made-up services for the forecaster's acceptance: the load of a seed is the same each time. */
import { forecastOver, outlookOf } from "../../../lib/core/decide/demand.ts";
import { weekdaysIn } from "../../../lib/core/forecast/calendar.ts";
import { ensemble } from "../../../lib/core/forecast/ensemble.ts";
import type { Calendar, Forecast, ForecastView, History } from "../../../lib/core/forecast/forecast.ts";
import { historyOf } from "../../../lib/core/forecast/history.ts";
import { daysOf, type StoredDay, viewOf } from "../../../lib/core/forecast/view.ts";
import { DAY_SECONDS, type EpochSeconds, MINUTE_SECONDS } from "../../../lib/core/time.ts";
import { poisson, stream } from "../../../lib/sim/random.ts";
import { aPolicy, aSituation } from "../arrange.ts";
import { MONDAY } from "./arrangeHistory.ts";
import { normals } from "./arrangeTable.ts";

const MINUTES_PER_DAY = 1_440;
/** In UTC. */
export const WALL_CLOCK: Calendar = weekdaysIn(() => 0);

/** Requests of each minute from Monday on: a morning and an evening hump, half of it at weekends; each day and hour has a level of its own. */
export function serviceOf(seed: number, days: number): number[] {
  const normal = normals(seed);
  const count = poisson(stream(seed, "service"));
  const kept = 0.5 ** (1 / 60);
  let ofDay = 0;
  let ofHour = 0;
  return Array.from({ length: days * MINUTES_PER_DAY }, (_, minute) => {
    if (minute % MINUTES_PER_DAY === 0) ofDay = 0.6 * ofDay + 0.08 * normal();
    ofHour = kept * ofHour + Math.sqrt(1 - kept * kept) * normal();
    return count(usualAt(minute) * Math.exp(ofDay + 0.06 * ofHour));
  });
}

function usualAt(minute: number): number {
  const hour = (minute % MINUTES_PER_DAY) / 60;
  const isWeekend = Math.floor(minute / MINUTES_PER_DAY) % 7 >= 5;
  const hump = (at: number, width: number): number => Math.exp(-(((hour - at) / width) ** 2));
  return (isWeekend ? 0.5 : 1) * (40 + 500 * hump(11, 3) + 350 * hump(19.5, 2.5));
}

export const historyFrom = (minutes: readonly (number | null)[], slotSeconds = 300): History =>
  historyOf({ start: MONDAY, stepSeconds: MINUTE_SECONDS, values: minutes }, [], slotSeconds);

/** The forecast of the next days; throws where there is none. */
export function forecastFrom(history: History, days = 2, calendar: Calendar = WALL_CLOCK): Forecast {
  const forecast = ensemble().fit(history, (days * DAY_SECONDS) / history.slotSeconds, calendar);
  if (forecast === null) throw new Error("no forecast");
  return forecast;
}

/** What the days of a forecast would tell decisions: the load that all of the next seconds stay under, given the last hour. */
export function decisionsFrom(
  history: History,
): (now: EpochSeconds, lastHour: readonly (number | null)[], seconds: number, level: number) => number {
  const madeAt = history.start + history.mean.length * history.slotSeconds;
  const days = daysOf("chat", forecastFrom(history), history, madeAt);
  const policy = aPolicy();
  return (now, lastHour, seconds, level) => {
    const forecast = viewAt(days, now);
    const load = { metric: "invocations", statistic: "sum", end: now, values: lastHour } as const;
    const { seen } = outlookOf(policy, aSituation({ now, load, forecast }));
    return forecastOver(forecast, seen, { from: now, to: now + seconds }, level);
  };
}

function viewAt(days: readonly StoredDay[], now: EpochSeconds): ForecastView {
  const view = viewOf(days, now, 7_200, 3 * DAY_SECONDS);
  if (view.kind === "missing") throw new Error(view.why);
  return view;
}

/** Mean pinball loss of a path at a level against what came. */
export function pinballOf(path: ArrayLike<number>, actual: ArrayLike<number>, level: number): number {
  let sum = 0;
  for (let i = 0; i < actual.length; i++) {
    const over = (actual[i] as number) - (path[i] as number);
    sum += over > 0 ? level * over : (level - 1) * over;
  }
  return sum / actual.length;
}
