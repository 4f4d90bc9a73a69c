/** Gathers what a decision depends on, for many targets in few calls. */

import { FURTHEST_HORIZON_SECONDS, reachOf } from "../core/decide/context.ts";
import { isSteered } from "../core/decide/margin.ts";
import type { RuleAlarm, Situation } from "../core/decision.ts";
import { sized } from "../core/forecast/uplift.ts";
import { daysNeeded, viewOf } from "../core/forecast/view.ts";
import type { Memory } from "../core/memory.ts";
import type { TargetPolicy } from "../core/policy.ts";
import { INSIDE_OBJECTIVE } from "../core/promise/counting.ts";
import { isUnsized, type Promotion } from "../core/promotion.ts";
import type { Series } from "../core/reading.ts";
import { type EpochSeconds, MINUTE_SECONDS } from "../core/time.ts";
import { basisOf, type UnitLoad, unknown, usable } from "../core/unitLoad/unitLoad.ts";
import type { MetricQuery } from "../ports/metricSource.ts";
import { messageOf } from "./messageOf.ts";
import type { World } from "./world.ts";

/** The level correction looks at an hour. */
const LOAD_MINUTES = 60;

export interface TargetReadings {
  readonly load: Series | null;
  readonly newestMinute?: Series;
  readonly metrics: readonly Series[];
  readonly alarms?: readonly RuleAlarm[];
}

/**
 * Reads the metrics of all targets in one call; those of a rule only while its alarm rings, or where it has none. When
 * the source fails as a whole, every series is missing with the reason: the targets hold or go up by their forecast,
 * and none is left undecided.
 */
export async function readMetrics(
  world: World,
  targets: readonly TargetPolicy[],
  now: EpochSeconds,
): Promise<ReadonlyMap<string, TargetReadings>> {
  const alarms = await alarmStates(world, targets);
  const queries = targets.map((target) => ({
    target,
    ...queriesOf(target, alarms?.get(target.id) ?? [], now),
  }));
  const flat = queries.flatMap(({ load, newestMinute, metrics }) => [...load, ...newestMinute, ...metrics]);
  const series = await readOrMissing(world, flat, now);
  let taken = 0;
  const take = (asked: readonly MetricQuery[]): readonly Series[] => {
    const from = taken;
    taken += asked.length;
    return series.slice(from, taken);
  };
  const readings = new Map<string, TargetReadings>();
  for (const { target, load, newestMinute, metrics } of queries) {
    const [loadSeries = null] = take(load);
    const [newest] = take(newestMinute);
    readings.set(target.id, {
      load: loadSeries,
      ...(newest === undefined ? {} : { newestMinute: newest }),
      metrics: take(metrics),
      ...(alarms === null ? {} : { alarms: alarms.get(target.id) ?? [] }),
    });
  }
  return readings;
}

/** Null where no alarm watches, or where they cannot be read: then the metrics themselves are. */
async function alarmStates(
  world: World,
  targets: readonly TargetPolicy[],
): Promise<ReadonlyMap<string, readonly RuleAlarm[]> | null> {
  try {
    return (await world.alarms?.states(targets.map(({ id }) => id))) ?? null;
  } catch {
    return null;
  }
}

interface TargetQueries {
  /** One, or none where the policy states no load. */
  readonly load: readonly MetricQuery[];
  /** One where the load is published more often than every minute. */
  readonly newestMinute: readonly MetricQuery[];
  readonly metrics: readonly MetricQuery[];
}

function queriesOf(target: TargetPolicy, alarms: readonly RuleAlarm[], now: EpochSeconds): TargetQueries {
  const unread = new Set(alarms.filter(({ state }) => state !== "ringing").map(({ rule }) => rule));
  const longest = new Map<string, MetricQuery>();
  for (const { path, metric, statistic, ofMinutes } of target.rules) {
    if (unread.has(path)) continue;
    const key = `${metric} ${statistic}`;
    const minutes = Math.max(ofMinutes, longest.get(key)?.minutes ?? 0);
    longest.set(key, { target: target.id, metric, statistic, minutes });
  }
  const { load } = target;
  if (load !== null && isSteered(target) && isCountingTime(now)) {
    longest.set("", { target: target.id, ...INSIDE_OBJECTIVE, minutes: LOAD_MINUTES });
  }
  if (load === null) return { load: [], newestMinute: [], metrics: [...longest.values()] };
  const { metric, statistic, everySeconds } = load;
  const asked = { target: target.id, metric, statistic };
  return {
    load: [{ ...asked, minutes: LOAD_MINUTES }],
    newestMinute: everySeconds === undefined ? [] : [{ ...asked, minutes: 1, everySeconds }],
    metrics: [...longest.values()],
  };
}

/** What moves over days is read once an hour, for all of its minutes: every minute it would cost as much as the load. */
const isCountingTime = (now: EpochSeconds): boolean => Math.floor(now / MINUTE_SECONDS) % LOAD_MINUTES === 0;

async function readOrMissing(
  world: World,
  queries: readonly MetricQuery[],
  now: EpochSeconds,
): Promise<readonly Series[]> {
  if (queries.length === 0) return [];
  let why = "the metric source answered with too few series";
  try {
    const series = await world.metrics.read(queries, now);
    if (series.length === queries.length) return series;
  } catch (error) {
    why = `the metric source failed: ${messageOf(error)}`;
  }
  const end = Math.floor(now / MINUTE_SECONDS) * MINUTE_SECONDS;
  return queries.map(({ metric, statistic, minutes }) => ({
    metric,
    statistic,
    end,
    values: new Array<null>(minutes).fill(null),
    why,
  }));
}

/**
 * Everything else that one target's decision depends on. Promotions and overrides that cannot be read keep units from
 * being released, and do not keep the target from being raised. Throws when the target itself cannot be described.
 */
export async function observe(
  world: World,
  policy: TargetPolicy,
  memory: Memory,
  readings: TargetReadings,
  now: EpochSeconds,
): Promise<Situation> {
  const unread: string[] = [];
  const [capacity, forecastUpTo, announced, overrides, unitLoad] = await Promise.all([
    world.capacity.describe(policy.id),
    readForecast(world, policy, now),
    readOrNone(world.promotions.list(policy.id, now - LOAD_MINUTES * MINUTE_SECONDS), "promotions", unread),
    readOrNone(world.overrides.list(policy.id, now), "overrides", unread),
    readUnitLoad(world, policy, unread),
  ]);
  const forecast = forecastUpTo(reachOf(policy, memory, capacity, now));
  const promotions = await sizePromotions(world, policy.id, announced, unread);
  const orders = { promotions, overrides, ...(unread.length === 0 ? {} : { unread: unread.sort() }) };
  return { now, capacity, ...readings, forecast, ...(unitLoad === null ? {} : { unitLoad }), ...orders };
}

/**
 * Null where none can be learned. Where the policy leaves it to be learned and it cannot be read, nothing is released
 * until it can; a policy that states its own needs none.
 */
async function readUnitLoad(world: World, policy: TargetPolicy, unread: string[]): Promise<UnitLoad | null> {
  const basis = basisOf(policy);
  if (basis === null) return null;
  try {
    return usable(await world.unitLoads.get(policy.id), basis);
  } catch (error) {
    const why = `the learned unit load cannot be read: ${messageOf(error)}`;
    if (policy.load?.perUnit === null) unread.push(why);
    return unknown(why);
  }
}

/** With what earlier ones brought, where nobody gave an estimate; that is read only when there is such a one. */
async function sizePromotions(
  world: World,
  target: string,
  promotions: readonly Promotion[],
  unread: string[],
): Promise<readonly Promotion[]> {
  if (!promotions.some(isUnsized)) return promotions;
  const occurrences = await readOrNone(world.uplifts.list(target), "effects of earlier promotions", unread);
  return promotions.map((each) => sized(each, occurrences));
}

/** None where the list cannot be read, after noting why in `unread`. */
async function readOrNone<T>(
  list: Promise<readonly T[]>,
  what: string,
  unread: string[],
): Promise<readonly T[]> {
  try {
    return await list;
  } catch (error) {
    unread.push(`the ${what} cannot be read: ${messageOf(error)}`);
    return [];
  }
}

/**
 * The view of so many seconds ahead, from days that any decision may need: how far this one looks is known only when its
 * capacity is, and a start that has just ended may have changed it. A store that fails is a missing forecast: the target
 * falls back to its readings and says so.
 */
async function readForecast(
  world: World,
  policy: TargetPolicy,
  now: EpochSeconds,
): Promise<(reachSeconds: number) => Situation["forecast"]> {
  try {
    const days = await world.forecasts.get(policy.id, daysNeeded(now, FURTHEST_HORIZON_SECONDS));
    return (reachSeconds) => viewOf(days, now, reachSeconds, policy.demand.forecastStaleAfterSeconds);
  } catch (error) {
    const why = `the forecast store failed: ${messageOf(error)}`;
    return () => ({ kind: "missing", why });
  }
}
