/** Pasts of sparse loads, minute by minute, and what is learned from them. */
import { weekdaysIn } from "../../../lib/core/forecast/calendar.ts";
import type { Calendar, History, IdleTable } from "../../../lib/core/forecast/forecast.ts";
import { fitIdle } from "../../../lib/core/idle/fitIdle.ts";
import { type EpochSeconds, MINUTE_SECONDS } from "../../../lib/core/time.ts";
import { instant } from "../arrange.ts";

/** A Monday. */
export const START = instant("2025-10-06T00:00Z");
const DAY_MINUTES = 1_440;
export const UTC: Calendar = weekdaysIn(() => 0);

/** `load` of the nth minute from `START` on. */
export function historyOfMinutes(load: (minute: number) => number, days = 21): History {
  const slots = days * 288;
  return {
    start: START,
    slotSeconds: 300,
    mean: new Float64Array(slots),
    peak: new Float64Array(slots),
    minutes: Float64Array.from({ length: days * DAY_MINUTES }, (_, minute) => load(minute)),
  };
}

export const endOf = ({ start, minutes }: History): EpochSeconds => start + minutes.length * MINUTE_SECONDS;

/** For the two days after the history. */
export function fitted(history: History, calendar: Calendar = UTC): IdleTable {
  const table = fitIdle(history, calendar, { start: endOf(history), slotSeconds: 300 }, 576);
  if (table === null) throw new Error("too few pauses");
  return table;
}

/** The same even draws in every run. */
export function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

export const hourOf = (minute: number): number => Math.floor(minute / 60) % 24;
export const isWeekend = (minute: number): boolean => Math.floor(minute / DAY_MINUTES) % 7 >= 5;

/** Two requests at the start of every hour. */
export const hourly = (minute: number): number => (minute % 60 === 0 ? 2 : 0);

/** One request in seven minutes by chance, in office hours only. */
export function office(seed = 1): (minute: number) => number {
  const draw = draws(seed);
  return (minute) => {
    const hour = hourOf(minute);
    const comes = draw() < 1 / 7;
    return comes && hour >= 9 && hour < 18 && !isWeekend(minute) ? 1 : 0;
  };
}

/** By chance at all hours alike, on average every so many minutes. */
export function memoryless(everyMinutes: number, seed = 1): (minute: number) => number {
  const draw = draws(seed);
  return () => (draw() < 1 / everyMinutes ? 1 : 0);
}

/** Ten minutes with a request in every second one, then silence for about seven hours. */
export function bursts(seed = 1): (minute: number) => number {
  const draw = draws(seed);
  let next = 0;
  return (minute) => {
    if (minute >= next + 10) next = minute + 300 + Math.floor(240 * draw());
    return minute >= next && (minute - next) % 2 === 0 ? 1 : 0;
  };
}
