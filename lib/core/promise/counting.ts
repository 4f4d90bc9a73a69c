/** Counts the requests that became known since the last time: how many there were and how many were outside the objective. */
import type { Situation } from "../decision.ts";
import { isOn, overridesInForce } from "../promotion.ts";
import { readingAt, type Series } from "../reading.ts";
import { type EpochSeconds, MINUTE_SECONDS } from "../time.ts";
import type { MinuteOfRequests } from "./achieved.ts";

/** Percent of a minute's requests that were inside the objective. */
export const INSIDE_OBJECTIVE = { metric: "insideObjective", statistic: "average" } as const;

export interface Counted {
  readonly until: EpochSeconds;
  readonly minutes: readonly MinuteOfRequests[];
}

/**
 * The minutes from `from` on, as far as both series know them; null where the share is not read. Left out are minutes of a
 * promotion, whose load somebody else announced, and everything while a person's order is in force. After the clock has
 * stepped back counting begins anew.
 */
export function countedSince(situation: Situation, from: EpochSeconds | null): Counted | null {
  const { load, metrics, promotions, overrides, now } = situation;
  const inside = metrics.find(({ metric }) => metric === INSIDE_OBJECTIVE.metric);
  if (load === null || inside === undefined) return null;
  const until = Math.min(load.end, inside.end);
  if (overridesInForce(overrides, now).length > 0) return { until, minutes: [] };
  const minutes: MinuteOfRequests[] = [];
  const since = from === null || from > now ? until : from;
  const known = Math.min(load.values.length, inside.values.length);
  for (let at = Math.max(since, until - known * MINUTE_SECONDS); at < until; at += MINUTE_SECONDS) {
    if (promotions.some((each) => isOn(each, at))) continue;
    const minute = minuteOf(load, inside, at);
    if (minute !== null) minutes.push(minute);
  }
  return { until: Math.max(until, since), minutes };
}

/** A minute without requests has no share; null where either is missing. */
function minuteOf(load: Series, inside: Series, at: EpochSeconds): MinuteOfRequests | null {
  const requests = readingAt(load, (load.end - at) / MINUTE_SECONDS - 1);
  if (requests.kind === "missing") return null;
  if (requests.value === 0) return { requests: 0, outside: 0 };
  const share = readingAt(inside, (inside.end - at) / MINUTE_SECONDS - 1);
  if (share.kind === "missing") return null;
  const count = Math.min(Number.MAX_SAFE_INTEGER, requests.value);
  return { requests: count, outside: count * (1 - Math.min(100, share.value) / 100) };
}
