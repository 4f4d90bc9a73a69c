/** When the next request comes, given how long none has come, the time of day and the minute of the hour. */
import type { IdleTable } from "../forecast/forecast.ts";
import { type EpochSeconds, HOUR_SECONDS, MINUTE_SECONDS } from "../time.ts";
import { ageClassOf, nextAgeClass } from "./ages.ts";

/** Nothing is certain, however regular it was. */
const SUREST = 0.995;

/** Where a table's slots are. */
export interface SlotPlace {
  readonly start: EpochSeconds;
  readonly slotSeconds: number;
}

/**
 * The chance of each of the next `minutes` minutes from `now` on that a request comes in it, given that none came before;
 * `idleMinutes` have passed without one. Slots beyond the table's are as likely as usual.
 */
export function chancesAhead(
  table: IdleTable,
  { start, slotSeconds }: SlotPlace,
  now: EpochSeconds,
  idleMinutes: number,
  minutes: number,
): Float64Array {
  const chances = new Float64Array(minutes);
  let age = ageClassOf(Math.max(0, Math.floor(idleMinutes)));
  let ofHour = Math.floor((((now % HOUR_SECONDS) + HOUR_SECONDS) % HOUR_SECONDS) / MINUTE_SECONDS);
  for (let ahead = 0; ahead < minutes; ahead++) {
    const idle = Math.floor(idleMinutes) + ahead;
    age = nextAgeClass(age, idle);
    const slot = Math.floor((now + ahead * MINUTE_SECONDS - start) / slotSeconds);
    const factor = (table.rate[slot] ?? 1) * (table.minuteOfHour[ofHour] ?? 1);
    chances[ahead] = Math.min(SUREST, (table.byAge[age] as number) * factor);
    ofHour = ofHour === 59 ? 0 : ofHour + 1;
  }
  return chances;
}

/** The chance that a request comes within the first `minutes` of the given chances. */
export function chanceWithin(chances: ArrayLike<number>, minutes: number): number {
  let none = 1;
  for (let i = 0; i < Math.min(minutes, chances.length); i++) none *= 1 - (chances[i] as number);
  return 1 - none;
}
