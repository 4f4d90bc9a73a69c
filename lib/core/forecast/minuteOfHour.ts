/** What comes at the same minutes of every hour: jobs on the hour, polls at half past. */
import { HOUR_SECONDS, MINUTE_SECONDS } from "../time.ts";
import type { History } from "./forecast.ts";

const MINUTES = 60;

/** Nothing recurs, or nothing is known of single minutes. */
export const EVEN_HOUR: readonly number[] = new Array<number>(MINUTES).fill(1);

/** Hours that must be known before a minute can be told from chance. */
const LEAST_HOURS = 48;

/** A minute is only told from its slot when it differs by more than this, and by so many standard errors. */
const LEAST_DIFFERENCE = 0.1;
const STANDARD_ERRORS = 4;

/** Two weeks: what recurred earlier may have been moved since. */
const NEWEST_HOURS = 14 * 24;

/**
 * Load of each minute of the hour (UTC) ÷ the mean of its slot, 1 where it does not differ from it beyond chance. Hours
 * count alike whatever their load; three decimals.
 */
export function minuteOfHourOf({ start, slotSeconds, mean, minutes }: History): readonly number[] {
  const perSlot = slotSeconds / MINUTE_SECONDS;
  const sum = new Float64Array(MINUTES);
  const squares = new Float64Array(MINUTES);
  const count = new Float64Array(MINUTES);
  for (let i = Math.max(0, minutes.length - NEWEST_HOURS * MINUTES); i < minutes.length; i++) {
    const ratio = (minutes[i] as number) / (mean[Math.floor(i / perSlot)] as number);
    if (!Number.isFinite(ratio)) continue;
    const minute = Math.floor(((start + i * MINUTE_SECONDS) % HOUR_SECONDS) / MINUTE_SECONDS);
    sum[minute] = (sum[minute] as number) + ratio;
    squares[minute] = (squares[minute] as number) + ratio * ratio;
    count[minute] = (count[minute] as number) + 1;
  }
  return EVEN_HOUR.map((even, minute) => {
    const hours = count[minute] as number;
    if (hours < LEAST_HOURS) return even;
    const ratio = (sum[minute] as number) / hours;
    const variance = Math.max(0, (squares[minute] as number) / hours - ratio * ratio);
    const differs = Math.abs(ratio - 1);
    const beyondChance = differs > STANDARD_ERRORS * Math.sqrt(variance / hours);
    return differs > LEAST_DIFFERENCE && beyondChance ? Math.round(ratio * 1000) / 1000 : even;
  });
}
