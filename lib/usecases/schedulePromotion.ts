/**
 * A promotion with timers that wake the controller when something changes for it. The one-minute tick would see it
 * anyway: timers make it sooner, so losing one loses nothing, and one that cannot be set does not stop the promotion.
 */
import { leadTimesOf, PROMOTION_LEAD_TIME_LEVEL, REVIEW_SECONDS, unitsFor } from "../core/decide/context.ts";
import { leadTimeQuantile } from "../core/leadTime/leadTimes.ts";
import { EMPTY_MEMORY, type Memory } from "../core/memory.ts";
import type { TargetPolicy } from "../core/policy.ts";
import type { Promotion } from "../core/promotion.ts";
import type { EpochSeconds } from "../core/time.ts";
import type { PromotionTimers } from "../ports/promotionTimers.ts";
import { messageOf } from "./messageOf.ts";
import { type AddReport, type Announcement, addPromotion, removePromotion } from "./promotions.ts";
import type { World } from "./world.ts";

export type TimersReport =
  | { readonly kind: "set"; readonly at: readonly EpochSeconds[] }
  | { readonly kind: "not set"; readonly why: string };

export type ScheduleReport =
  | (Extract<AddReport, { kind: "added" }> & { readonly timers: TimersReport })
  | Extract<AddReport, { kind: "refused" }>;

/** Stores the promotion, then sets its timers. */
export async function schedulePromotion(
  world: World,
  timers: PromotionTimers,
  policy: TargetPolicy,
  announcement: Announcement,
  now: EpochSeconds,
): Promise<ScheduleReport> {
  const report = await addPromotion(world, announcement, now);
  if (report.kind === "refused") return report;
  try {
    const memory = (await world.memories.load(policy.id)) ?? EMPTY_MEMORY;
    const at = wakeUpsOf(report.promotion, policy, memory, now);
    await timers.set(policy.id, report.promotion.id, at);
    return { ...report, timers: { kind: "set", at } };
  } catch (error) {
    return { ...report, timers: { kind: "not set", why: messageOf(error) } };
  }
}

/** Takes the promotion back, then its timers; `false` when there was none. */
export async function cancelPromotion(
  world: World,
  timers: PromotionTimers,
  target: string,
  id: string,
): Promise<boolean> {
  const existed = await removePromotion(world, target, id);
  await timers.clear(target, id);
  return existed;
}

/**
 * The instants still to come at which something changes for a promotion: when its units must be asked for to be ready
 * at its start, its start and its end.
 */
export function wakeUpsOf(
  promotion: Promotion,
  policy: TargetPolicy,
  memory: Memory,
  now: EpochSeconds,
): readonly EpochSeconds[] {
  const { start, end } = promotion;
  const level = PROMOTION_LEAD_TIME_LEVEL;
  // What is under way now will have ended by then.
  const leadTimes = leadTimesOf(policy, { ...memory, starting: null }, start);
  const units = unitsNamed(promotion, policy);
  const step = units === null ? {} : { units: Math.max(1, units - (memory.seen?.ready ?? 0)) };
  const lead = leadTimeQuantile(leadTimes, { level, ...step });
  return [Math.floor(start - lead - REVIEW_SECONDS), start, end].filter((at) => at > now);
}

/** Null where they depend on the usual load, which only a decision knows. */
function unitsNamed({ expect }: Promotion, { load }: TargetPolicy): number | null {
  if ("units" in expect) return expect.units;
  const perUnit = load?.perUnit ?? null;
  return "load" in expect && perUnit !== null ? unitsFor(expect.load, perUnit) : null;
}
