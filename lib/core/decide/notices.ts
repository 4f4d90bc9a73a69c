/** What people should hear of when it begins. */
import type { Bound, Notice } from "../decision.ts";
import { contradictsPolicy, LEAD_TIME_NOTICE, sayContradiction } from "../leadTime/contradiction.ts";
import { isUnsized } from "../promotion.ts";
import { isoOf } from "../time.ts";
import { unitLoadNotices } from "../unitLoad/inUse.ts";
import type { Context } from "./context.ts";
import { sayExpectation } from "./expectation.ts";
import { promiseNotices } from "./margin.ts";
import { sayRule } from "./rules.ts";
import { sayUnits } from "./say.ts";

/** Of a forecast that was there and is not used: somebody should look at the model, not at the refresh. */
export const GATED_NOTICE = "forecast gated";

/** Everything that holds now and is worth a word; the decision sends only what was not noticed before. */
export function noticesOf(
  { policy, situation, rules, memory, leadTimes }: Context,
  bounds: readonly Bound[],
): readonly Notice[] {
  const notices: Notice[] = [];
  const { capacity, forecast } = situation;
  if (capacity.problem !== null) notices.push({ kind: "capacity problem", text: capacity.problem });
  for (const bound of bounds) {
    if (bound.by !== "maximum") continue;
    notices.push({ kind: "maximum", text: `${sayUnits(bound.from)} asked for, but ${bound.reason}` });
  }
  for (const state of rules) {
    if (state.rule.scale !== "freeze" || !state.breaching) continue;
    notices.push({ kind: `error guard ${state.rule.path}`, text: `scale-in is frozen: ${sayRule(state)}` });
  }
  for (const { rule, blind, isUnknown } of rules) {
    if (blind === null || !isUnknown) continue;
    notices.push({
      kind: `blind ${rule.path}`,
      text: `nothing is released while ${rule.metric} is unknown: ${blind}`,
    });
  }
  for (const why of situation.unread ?? []) {
    notices.push({ kind: "orders unread", text: `nothing is released: ${why}` });
  }
  // While orders cannot be read, nobody knows that there is none.
  const unsized = situation.unread === undefined ? situation.promotions.filter(isUnsized) : [];
  for (const { id, start, expect } of unsized) {
    notices.push({
      kind: `no estimate ${id}`,
      text: `the promotion ${id} from ${isoOf(start)} has no estimate: it expects ${sayExpectation(expect)}; announce it again with one`,
    });
  }
  if (contradictsPolicy(leadTimes, memory.noticed.includes(LEAD_TIME_NOTICE))) {
    notices.push({ kind: LEAD_TIME_NOTICE, text: sayContradiction(leadTimes) });
  }
  notices.push(...promiseNotices(policy, situation, memory));
  notices.push(...unitLoadNotices(situation, policy, memory.noticed));
  if (policy.load !== null && forecast.kind === "missing") {
    const kind = memory.gate?.state === "bad" ? GATED_NOTICE : "no forecast";
    notices.push({ kind, text: `deciding from readings alone: ${forecast.why}` });
  }
  return notices;
}
