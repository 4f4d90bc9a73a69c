/** Promotions: dated windows with an expected load or capacity. Overrides: what a person has ordered for now. */
import type { EpochSeconds } from "./time.ts";

/** What is expected in the window: a multiple of the usual load, an absolute load, or a number of units. */
export type Expectation =
  | { readonly multiplier: number }
  | { readonly load: number }
  | { readonly units: number };

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
  const isOn = ({ start, end }: Promotion, at: EpochSeconds): boolean => start <= at && at < end;
  return [Math.max(from, promotion.start), ...higher.map(({ end }) => end)].some(
    (at) => from <= at && at <= to && isOn(promotion, at) && !higher.some((each) => isOn(each, at)),
  );
}

/** The overrides in force at `now`. */
export function overridesInForce(overrides: readonly Override[], now: EpochSeconds): readonly Override[] {
  return overrides.filter((each) => each.until === null || now < each.until);
}
