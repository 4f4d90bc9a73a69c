/**
 * Announcing and withdrawing promotions. Nothing needs to fire at their start or end: every tick looks at the dates.
 * Timers, where the world has them, only make it sooner.
 */
import { sayExpectation } from "../core/decide/expectation.ts";
import { sized, upliftFor } from "../core/forecast/uplift.ts";
import type { Expectation, LearnedUplift, Promotion } from "../core/promotion.ts";
import { isUnsized } from "../core/promotion.ts";
import type { EpochSeconds } from "../core/time.ts";
import { isoOf } from "../core/time.ts";
import type { World } from "./world.ts";

export interface Announcement {
  readonly target: string;
  readonly name: string;
  readonly start: EpochSeconds;
  readonly end: EpochSeconds;
  /** A person's estimate; without one, what earlier promotions of the name brought. */
  readonly expect?: Expectation;
  readonly priority?: number;
}

export type AddReport =
  | {
      readonly kind: "added";
      /** Without an estimate: with what is known so far of earlier ones; it is looked up again for each decision. */
      readonly promotion: Promotion;
      /** What is expected, in words. */
      readonly expects: string;
      /** What earlier ones of the name brought, to compare an estimate with; null where none is known. */
      readonly learned: LearnedUplift | null;
      readonly overlaps: readonly Promotion[];
    }
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
  const { target, name, start, end, expect = { learned: null }, priority = 0 } = announcement;
  if (!(end > start)) {
    return {
      kind: "refused",
      why: `the end (${isoOf(end)}) must be after the start (${isoOf(start)}); give a later end`,
    };
  }
  if (end <= now)
    return { kind: "refused", why: `it ended at ${isoOf(end)}; only what is to come can be added` };
  const amount = "learned" in expect ? 1 : (Object.values(expect)[0] as number);
  if (!(Number.isFinite(amount) && amount > 0)) {
    return { kind: "refused", why: `the expected load must be a number above 0, got ${amount}` };
  }
  const id = promotionId(name, start);
  const stored = "learned" in expect ? { learned: null } : expect;
  const others = await world.promotions.list(target, now);
  await world.promotions.put({ id, name, target, start, end, expect: stored, priority });
  // After it is stored: what it expects is only said here, and not knowing it must not refuse the promotion.
  const occurrences = await world.uplifts.list(target).catch(() => null);
  const promotion = sized({ id, name, target, start, end, expect: stored, priority }, occurrences ?? []);
  const isUnread = occurrences === null && isUnsized(promotion);
  return {
    kind: "added",
    promotion,
    expects: isUnread
      ? "what earlier ones brought, which cannot be read now"
      : sayExpectation(promotion.expect),
    learned: upliftFor(promotion, occurrences ?? []),
    overlaps: others.filter((each) => each.id !== id && each.start < end && start < each.end),
  };
}

/** What earlier promotions of a name brought, to be offered for one that begins at `start`; null where none is known. */
export async function offerUplift(
  world: World,
  target: string,
  name: string,
  start: EpochSeconds,
): Promise<LearnedUplift | null> {
  return upliftFor({ target, name, start }, await world.uplifts.list(target));
}

/** The same name and start are the same promotion. */
export function promotionId(name: string, start: EpochSeconds): string {
  return `${name}@${isoOf(start)}`;
}

/** Those that have not ended, by start; those without an estimate with what is known of earlier ones. */
export async function listPromotions(
  world: World,
  target: string,
  now: EpochSeconds,
): Promise<readonly Promotion[]> {
  const promotions = await world.promotions.list(target, now);
  if (!promotions.some(isUnsized)) return promotions;
  const occurrences = await world.uplifts.list(target);
  return promotions.map((each) => sized(each, occurrences));
}

/**
 * `false` when there is none of that id. What was asked for it is released by the next ticks, with the usual holds. What
 * was learned from it is forgotten too: a promotion that is taken back after it should have been did not take place.
 */
export async function removePromotion(world: World, target: string, id: string): Promise<boolean> {
  const existed = await world.promotions.remove(target, id);
  await world.uplifts.remove(target, id);
  return existed;
}
