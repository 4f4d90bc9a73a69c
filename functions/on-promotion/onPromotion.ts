/** Announces and withdraws promotions for people and programs that invoke it, and wakes the loop when a timer says so. */
import type { TargetPolicy } from "../../lib/core/policy.ts";
import type { Promotion } from "../../lib/core/promotion.ts";
import { listPromotions } from "../../lib/usecases/promotions.ts";
import {
  cancelPromotion,
  type ScheduleReport,
  schedulePromotion,
} from "../../lib/usecases/schedulePromotion.ts";
import { entry, type Invocation } from "../lambda/entry.ts";
import { type Parsed, setAside, untimely } from "../lambda/parsed.ts";
import type { Runtime } from "../lambda/runtime.ts";
import { type WakeUpSummary, wakeUp } from "../lambda/wakeUp.ts";
import { type PromotionEvent, parsePromotionEvent } from "./promotionEvent.ts";

type Answer =
  | WakeUpSummary
  | ScheduleReport
  | { readonly promotions: readonly Promotion[] }
  | { readonly removed: boolean };

/** After a change the target is looked at at once: a promotion may begin within its lead time. */
export function onPromotion(runtime: Runtime) {
  return entry<PromotionEvent, Answer>(runtime, {
    parse: (event, invocation) => checked(runtime, parsePromotionEvent(event), invocation),
    run: (event, invocation) => carryOut(runtime, event, invocation),
  });
}

function checked(
  runtime: Runtime,
  parsed: Parsed<PromotionEvent>,
  { now }: Invocation,
): Parsed<PromotionEvent> {
  if (parsed.kind === "set aside") return parsed;
  const { event } = parsed;
  if (policyOf(runtime, event.target) === undefined) {
    const known = runtime.policy.targets.map(({ id }) => id).join(", ");
    return setAside(
      `there is no target ${event.target} in the deployed policy; there are: ${known.slice(0, 500)}`,
    );
  }
  const why = "scheduledTime" in event ? untimely(event.scheduledTime, now) : null;
  return why === null ? parsed : setAside(why);
}

async function carryOut(runtime: Runtime, event: PromotionEvent, invocation: Invocation): Promise<Answer> {
  const policy = policyOf(runtime, event.target) as TargetPolicy;
  if ("scheduledTime" in event) return wakeUp(runtime, [policy], invocation);
  const world = runtime.world();
  const { now } = invocation;
  switch (event.action) {
    case "list":
      return { promotions: await listPromotions(world, event.target, now) };
    case "remove": {
      const removed = await cancelPromotion(world, runtime.timers, event.target, event.id);
      if (removed) await wakeUp(runtime, [policy], invocation);
      return { removed };
    }
    case "add": {
      const report = await schedulePromotion(world, runtime.timers, policy, event, now);
      if (report.kind === "added") await wakeUp(runtime, [policy], invocation);
      return report;
    }
  }
}

function policyOf({ policy }: Runtime, target: string): TargetPolicy | undefined {
  return policy.targets.find(({ id }) => id === target);
}
