/** Learns from the history what each past promotion brought, and remembers it for when the history has moved on. */
import { type KnownPast, type Occurrence, occurrenceOf } from "../core/forecast/uplift.ts";
import type { Promotion } from "../core/promotion.ts";
import { messageOf } from "./messageOf.ts";
import type { World } from "./world.ts";

/**
 * Measures the promotions that ended within the history, and stores what is new or was measured on more days than what
 * is remembered. What cannot be learned or stored now is said, and never keeps a forecast from being made: the next
 * refresh tries again.
 */
export async function learnUplifts(
  world: World,
  target: string,
  promotions: readonly Promotion[],
  { open, usual, calendar }: KnownPast,
): Promise<readonly string[]> {
  const end = open.start + open.mean.length * open.slotSeconds;
  const ended = promotions.filter((each) => each.start >= open.start && each.end <= end);
  if (ended.length === 0) return [];
  try {
    const remembered = await world.uplifts.list(target);
    const measured = ended.map((each) => occurrenceOf(each, promotions, { open, usual, calendar }));
    const learned = measured.filter((each) => each !== null && isBetter(each, remembered));
    await Promise.all(learned.map((each) => world.uplifts.put(each as Occurrence)));
    return ended
      .filter(({ id }, i) => measured[i] === null && !remembered.some((each) => each.id === id))
      .map(sayUnmeasured);
  } catch (error) {
    return [`what past promotions brought could not be remembered: ${messageOf(error)}`];
  }
}

const sayUnmeasured = ({ id }: Promotion): string =>
  `what the promotion ${id} brought cannot be told: its load is not known, or no day around it was ordinary at that time`;

function isBetter(learned: Occurrence, remembered: readonly Occurrence[]): boolean {
  const known = remembered.find(({ id }) => id === learned.id);
  return known === undefined || learned.days > known.days;
}
