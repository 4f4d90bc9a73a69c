/**
 * Announcing and withdrawing promotions. Nothing needs to fire at their start or end: every tick looks at the dates.
 * Timers, where the world has them, only make it sooner.
 */
import type { Expectation, Promotion } from "../core/promotion.ts";
import type { EpochSeconds } from "../core/time.ts";
import { isoOf } from "../core/time.ts";
import type { World } from "./world.ts";

export interface Announcement {
  readonly target: string;
  readonly name: string;
  readonly start: EpochSeconds;
  readonly end: EpochSeconds;
  readonly expect: Expectation;
  readonly priority?: number;
}

export type AddReport =
  | { readonly kind: "added"; readonly promotion: Promotion; readonly overlaps: readonly Promotion[] }
  | { readonly kind: "refused"; readonly why: string };

/**
 * Stores a promotion. Announcing the same name and start for a target again replaces the first, so a retried call is
 * harmless. Says which promotions of the target it overlaps: the highest priority will count, among equals the largest.
 */
export async function addPromotion(
  world: World,
  announcement: Announcement,
  now: EpochSeconds,
): Promise<AddReport> {
  const { target, name, start, end, expect, priority = 0 } = announcement;
  if (!(end > start)) {
    return {
      kind: "refused",
      why: `the end (${isoOf(end)}) must be after the start (${isoOf(start)}); give a later end`,
    };
  }
  if (end <= now)
    return { kind: "refused", why: `it ended at ${isoOf(end)}; only what is to come can be added` };
  const [amount] = Object.values(expect) as [number];
  if (!(Number.isFinite(amount) && amount > 0)) {
    return { kind: "refused", why: `the expected load must be a number above 0, got ${amount}` };
  }
  const promotion = { id: promotionId(name, start), name, target, start, end, expect, priority };
  const others = await world.promotions.list(target, now);
  await world.promotions.put(promotion);
  const overlaps = others.filter((each) => each.id !== promotion.id && each.start < end && start < each.end);
  return { kind: "added", promotion, overlaps };
}

/** The same name and start are the same promotion. */
export function promotionId(name: string, start: EpochSeconds): string {
  return `${name}@${isoOf(start)}`;
}

/** Those that have not ended, by start. */
export function listPromotions(
  world: World,
  target: string,
  now: EpochSeconds,
): Promise<readonly Promotion[]> {
  return world.promotions.list(target, now);
}

/** `false` when there is none of that id. What was asked for it is released by the next ticks, with the usual holds. */
export function removePromotion(world: World, target: string, id: string): Promise<boolean> {
  return world.promotions.remove(target, id);
}
