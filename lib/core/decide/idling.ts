/** The last unit: whether it is worth idling for the next request, and whether to start the first one ahead of it. */
import type { Situation } from "../decision.ts";
import type { IdleTable } from "../forecast/forecast.ts";
import { AGE_STARTS, ageClassOf } from "../idle/ages.ts";
import { chancesAhead, chanceWithin } from "../idle/idleTable.ts";
import { idleAfter } from "../idle/idleTime.ts";
import { missedRequestUnitHours } from "../idle/price.ts";
import { type ColdStart, coldStartMinutes, worthOf } from "../idle/stopping.ts";
import { type LeadTimes, leadTimeQuantile } from "../leadTime/leadTimes.ts";
import type { Memory } from "../memory.ts";
import { goesToNone, holdsRequests } from "../policy.ts";
import { readingAt, type Series } from "../reading.ts";
import { HOUR_SECONDS, MINUTE_SECONDS, sayDuration } from "../time.ts";
import type { SizedPolicy } from "../unitLoad/inUse.ts";
import { sayPercent } from "./say.ts";

/** What is said of the last unit; the other units are the demand's. */
export interface Idling {
  /** `keep` and `release` of the last unit, `start` and `wait` where there is none. */
  readonly verdict: "keep" | "release" | "start" | "wait";
  readonly reason: string;
}

/** How far ahead the chances are looked at one by one: as far as a decision's forecast reaches. */
export const IDLE_REACH_SECONDS = 3 * HOUR_SECONDS;

/** A target is busy until so many minutes in a row are known to have been without load. */
const LEAST_IDLE_MINUTES = 3;

/** Requests at no units are seen by an alarm or the next wake-up. */
const NOTICE_MINUTES = 1;

/** The lead time that starts are planned with. */
const LEAD_TIME_LEVEL = 0.9;

/** A release has to save this much, in minutes of a unit: chances are estimates, and a tie is no reason to move. */
const LEAST_SAVING_MINUTES = 0.1;

/** What is all but sure is not said to be sure. */
const MOST_SAID = 0.99;

/** The memory with the idle time brought up to date; without one for a target that never goes to no unit. */
export function withIdleTime(policy: SizedPolicy, { load, capacity }: Situation, memory: Memory): Memory {
  // A record of before there was an idle time has none in its memory.
  const before = memory.idle ?? null;
  const idle = goesToNone(policy) ? idleAfter(before, load, capacity) : null;
  return idle === before && memory.idle !== undefined ? memory : { ...memory, idle };
}

/**
 * Null where the demand decides about the last unit like about any other: the target never goes to none, is not known to
 * be idle, or states no load. `situation`: with its forecast even while the gate has that off, since what is scored there
 * is the level of the load, not when it comes.
 */
export function idlingOf(
  policy: SizedPolicy,
  situation: Situation,
  { idle }: Memory,
  leadTimes: LeadTimes,
  current: number,
): Idling | null {
  if (policy.load === null || !goesToNone(policy) || idle === null) return null;
  const { now, forecast, load } = situation;
  const isNone = situation.capacity.desired === 0 && situation.capacity.ready === 0;
  const known = (idle.until - idle.since) / MINUTE_SECONDS;
  if (known < LEAST_IDLE_MINUTES || (!isNone && now - idle.until > policy.staleAfterSeconds)) return null;
  const idleMinutes = (now - idle.since) / MINUTE_SECONDS;
  const table = forecast.kind === "known" ? (forecast.idle ?? null) : null;
  const cost = coldStartOf(policy, leadTimes, table ?? lastHourOf(load));
  if (table === null || forecast.kind === "missing") return withoutChances(cost, idleMinutes, current);
  const chances = chancesAhead(table, forecast, now, idleMinutes, lookedAt(cost));
  return withChances(table, chances, cost, idleMinutes, current);
}

function coldStartOf(
  policy: SizedPolicy,
  leadTimes: LeadTimes,
  { firstLoad, laterLoad }: Pick<IdleTable, "firstLoad" | "laterLoad">,
): ColdStart {
  const leadSeconds = leadTimeQuantile(leadTimes, { level: LEAD_TIME_LEVEL, units: 1 });
  const price = missedRequestUnitHours(policy.objective.share, policy.load?.perUnit ?? 1);
  return {
    leadMinutes: leadSeconds / MINUTE_SECONDS,
    noticeMinutes: NOTICE_MINUTES,
    missedMinutes: isMissedByWaiting(policy, leadSeconds) ? price * (HOUR_SECONDS / MINUTE_SECONDS) : 0,
    firstLoad,
    laterLoad,
  };
}

/** A queue holds requests through a cold start: they are missed only where the objective is stated and shorter. */
function isMissedByWaiting({ kind, objective }: SizedPolicy, leadSeconds: number): boolean {
  if (!holdsRequests(kind)) return true;
  return objective.latencyP95Ms !== null && objective.latencyP95Ms < leadSeconds * 1000;
}

/** What came in the last hour stands in for what comes after a pause; at least one request. */
function lastHourOf(load: Series | null): Pick<IdleTable, "firstLoad" | "laterLoad"> {
  let sum = 0;
  let busy = 0;
  let known = 0;
  for (let ago = 0; ago < (load?.values.length ?? 0); ago++) {
    const reading = readingAt(load as Series, ago);
    if (reading.kind === "missing") continue;
    known++;
    sum += reading.value;
    if (reading.value > 0) busy++;
  }
  return { firstLoad: busy === 0 ? 1 : sum / busy, laterLoad: known === 0 ? 0 : sum / known };
}

/** Idling for longer than a cold start costs never pays, whatever comes after it, nor does a start so much ahead. */
function lookedAt(cost: ColdStart): number {
  const minutes = Math.ceil(coldStartMinutes(cost) + cost.leadMinutes) + 1;
  return Math.min(IDLE_REACH_SECONDS / MINUTE_SECONDS, minutes);
}

/**
 * Idle for as long as a cold start costs: at most twice the cost of knowing when the next request comes, whatever that is
 * (Karlin et al. 1988; e ÷ (e − 1) with chance, which a decision that can be made again does not have).
 */
function withoutChances(cost: ColdStart, idleMinutes: number, current: number): Idling {
  const cold = coldStartMinutes(cost);
  const reason = `idle for ${sayMinutes(idleMinutes)}; a cold start costs as much as ${sayMinutes(cold)} of idling, and too few pauses are known to tell more`;
  if (current === 0) return { verdict: "wait", reason };
  return { verdict: idleMinutes < cold ? "keep" : "release", reason };
}

function withChances(
  table: IdleTable,
  chances: Float64Array,
  cost: ColdStart,
  idleMinutes: number,
  current: number,
): Idling {
  const cold = coldStartMinutes(cost);
  const beyond =
    table.byAge[ageClassOf(Math.floor(idleMinutes) + chances.length)] ?? table.byAge[AGE_STARTS.length - 1];
  const { keep, release, start, wait } = worthOf(chances, beyond ?? 0, cost);
  const starts = current === 0 && start < wait;
  const within = Math.min(chances.length, Math.max(1, cold));
  const likely = sayPercent(
    Math.min(MOST_SAID, Math.round(100 * chanceWithin(chances, Math.round(within))) / 100),
  );
  const reason = `next request within ${sayMinutes(within)}: ${likely} likely (idle for ${sayMinutes(idleMinutes)}, ${table.pauses} pauses known), and a cold start costs as much as ${sayMinutes(cold)} of idling`;
  if (current === 0) return { verdict: starts ? "start" : "wait", reason };
  return { verdict: release + LEAST_SAVING_MINUTES < keep ? "release" : "keep", reason };
}

const sayMinutes = (minutes: number): string => sayDuration(Math.round(minutes) * MINUTE_SECONDS);
