/** Promotions: dated windows with an expected load or capacity. Overrides: what a person has ordered for now. */
import { DAY_SECONDS, type EpochSeconds } from "./time.ts";

/**
 * What is expected in the window: a multiple of the usual load, an absolute load, or a number of units, as a person
 * estimated them; or `learned`, where nobody did: what earlier promotions of the same name brought. It is null as it is
 * stored, and null after it was looked up where no earlier one is known.
 */
export type Expectation =
  | { readonly multiplier: number }
  | { readonly load: number }
  | { readonly units: number }
  | { readonly learned: LearnedUplift | null };

/** How many times the usual load a promotion brings, from earlier ones of the same name, with how sure that is. */
export interface LearnedUplift {
  /** The middle: as likely more as less. */
  readonly multiplier: number;
  /** Standard deviation of the next one's multiplier on the logarithmic scale. */
  readonly spread: number;
  /** How many earlier ones it was learned from, and what the smallest and the largest of them brought. */
  readonly occurrences: number;
  readonly lowest: number;
  readonly highest: number;
}

export interface Promotion {
  readonly id: string;
  readonly name: string;
  /** The id of the target. */
  readonly target: string;
  readonly start: EpochSeconds;
  /** Exclusive. */
  readonly end: EpochSeconds;
  readonly expect: Expectation;
  /** Where promotions overlap the highest priority wins; among equals, the largest need. */
  readonly priority: number;
}

/**
 * `pause`: nothing is changed. `pin`: this many units, whatever else says. `freeze-scale-in`: no unit is released.
 * `until` null means until a person takes it away.
 */
export interface Override {
  readonly id: string;
  readonly target: string;
  readonly kind: "pause" | "pin" | "freeze-scale-in";
  /** With `pin` only. */
  readonly units?: number;
  readonly until: EpochSeconds | null;
  /** Who ordered it and why, shown in every decision while it lasts. */
  readonly reason: string;
}

/** One line of the log of orders: an order that was given, or with `until` at its own time one that was withdrawn. */
export interface OrderEntry {
  readonly target: string;
  readonly kind: Override["kind"];
  readonly at: EpochSeconds;
  readonly until: EpochSeconds | null;
}

/**
 * Whether nobody knows what the promotion brings: neither a person nor an earlier one of its name. Then its load is
 * judged like any other.
 */
export function isUnsized({ expect }: Promotion): boolean {
  return "learned" in expect && expect.learned === null;
}

/** Whether a window has begun at `at` and is not over. */
export function isOn({ start, end }: Pick<Promotion, "start" | "end">, at: EpochSeconds): boolean {
  return start <= at && at < end;
}

/**
 * Whether a promotion counts at some instant of `[from, to]`: it is on, and none of a higher priority is. One that is
 * overruled for its middle counts again from the other's end, and that is known in time to ask for its units.
 */
export function countsWithin(
  promotion: Promotion,
  promotions: readonly Promotion[],
  from: EpochSeconds,
  to: EpochSeconds,
): boolean {
  const higher = promotions.filter((each) => each.priority > promotion.priority);
  return [Math.max(from, promotion.start), ...higher.map(({ end }) => end)].some(
    (at) => from <= at && at <= to && isOn(promotion, at) && !higher.some((each) => isOn(each, at)),
  );
}

/**
 * Windows of the past in which a pause or a pin held the capacity, and so may have kept load away: from each order to its
 * end, or to the next of the same kind. A freeze only keeps units. What holds for longer than a day is how the target
 * lives, and is ordinary: left out of learning, there would be nothing left to learn from.
 */
export function heldWindows(
  log: readonly OrderEntry[],
  now: EpochSeconds,
): readonly { readonly start: EpochSeconds; readonly end: EpochSeconds }[] {
  return (["pause", "pin"] as const).flatMap((kind) => {
    const entries = log.filter((each) => each.kind === kind).sort((a, b) => a.at - b.at);
    return entries
      .map(({ at, until }, i) => ({
        start: at,
        end: Math.min(until ?? now, entries[i + 1]?.at ?? now, now),
      }))
      .filter(({ start, end }) => start < end && end - start <= DAY_SECONDS);
  });
}

/** The overrides in force at `now`. */
export function overridesInForce(overrides: readonly Override[], now: EpochSeconds): readonly Override[] {
  return overrides.filter((each) => each.until === null || now < each.until);
}
