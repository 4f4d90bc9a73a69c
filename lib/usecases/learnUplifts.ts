/** Learns from the history what each past promotion brought, and remembers it for when the history has moved on. */
import type { Calendar, History } from "../core/forecast/forecast.ts";
import { type Occurrence, occurrenceOf } from "../core/forecast/uplift.ts";
import type { Promotion } from "../core/promotion.ts";
import { messageOf } from "./messageOf.ts";
import type { World } from "./world.ts";

/** The same slots with promotions in them, and without. */
export interface Pasts {
  readonly open: History;
  readonly usual: History;
  readonly calendar: Calendar;
}

/**
 * Measures the promotions that ended within the history, and stores what is new or was measured on more days than what
 * is remembered. What cannot be learned or stored now is said, and never keeps a forecast from being made: the next
 * refresh tries again.
 */
export async function learnUplifts(
  world: World,
  target: string,
  promotions: readonly Promotion[],
  { open, usual, calendar }: Pasts,
): Promise<readonly string[]> {
  const end = open.start + open.mean.length * open.slotSeconds;
  const ended = promotions.filter((each) => each.start >= open.start && each.end <= end);
  if (ended.length === 0) return [];
  try {
    const remembered = await world.uplifts.list(target);
    const learned = ended
      .map((each) => occurrenceOf(each, promotions, open, usual, calendar))
      .filter((each) => each !== null && isBetter(each, remembered));
    await Promise.all(learned.map((each) => world.uplifts.put(each as Occurrence)));
    return [];
  } catch (error) {
    return [`what past promotions brought could not be remembered: ${messageOf(error)}`];
  }
}

function isBetter(learned: Occurrence, remembered: readonly Occurrence[]): boolean {
  const known = remembered.find(({ id }) => id === learned.id);
  return known === undefined || learned.days > known.days;
}
