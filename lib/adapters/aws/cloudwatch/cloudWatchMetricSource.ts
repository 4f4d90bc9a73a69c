/** Readings from CloudWatch: the policy's metrics of all targets in a call or two, and the past of a load. */
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { TargetPolicy } from "../../../core/policy.ts";
import type { Series } from "../../../core/reading.ts";
import { type EpochSeconds, floorTo, MINUTE_SECONDS } from "../../../core/time.ts";
import type { MetricHistory, MetricQuery, MetricSource } from "../../../ports/metricSource.ts";
import { IDLE_PROOF_SECONDS, PUBLICATION_DELAY_SECONDS } from "./limits.ts";
import { keyOf, type Located, locate, type SeriesName } from "./locate.ts";
import { minutesOf } from "./minuteGrid.ts";
import { type FineQuery, readNewestMinutes } from "./newestMinutes.ts";
import { readHistory } from "./readHistory.ts";
import { type MinutesRead, readMinutes, type Wanted } from "./readMinutes.ts";

export class CloudWatchMetricSource implements MetricSource {
  private readonly client: CloudWatchClient;
  private readonly policies: ReadonlyMap<string, TargetPolicy>;

  /** Reads what the policies of `targets` name; others are answered with nulls. */
  constructor(client: CloudWatchClient, targets: readonly TargetPolicy[]) {
    this.client = client;
    this.policies = new Map(targets.map((policy) => [policy.id, policy]));
  }

  /**
   * In the policy's units, up to `PUBLICATION_DELAY_SECONDS` before `now`. Minutes without requests are zero where the
   * target is known to have run. Those whose data could still be late are null, or left out with an earlier end where
   * the minute before them was idle. Throws when all calls failed.
   */
  async read(queries: readonly MetricQuery[], now: EpochSeconds): Promise<readonly Series[]> {
    const end = floorTo(now - PUBLICATION_DELAY_SECONDS, MINUTE_SECONDS);
    const places = queries.map((query) => locate(this.policies, query));
    const fine = fineOf(queries, places);
    const [read, newest] = await Promise.all([
      readMinutes(this.client, longestOf(queries, places), end, now),
      readNewestMinutes(this.client, [...fine.values()], now),
    ]);
    const newestOf = new Map([...fine.keys()].map((i, n) => [i, newest[n] as Series]));
    return queries.map((query, i) => newestOf.get(i) ?? seriesOf(query, places[i], read, end, now));
  }

  /**
   * The whole minutes of `[from, to)`, where `to` stands for now; five-minute values serve as their mean minute where
   * CloudWatch no longer has minutes. Throws, with target and metric, when any part could not be read.
   */
  async history(query: SeriesName, from: EpochSeconds, to: EpochSeconds): Promise<MetricHistory> {
    const place = locate(this.policies, query);
    try {
      if ("problem" in place) throw new Error(place.problem);
      return await readHistory(this.client, place, from, to);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`the history of ${query.metric} of ${query.target} could not be read: ${why}`, {
        cause: error,
      });
    }
  }
}

type Place = Located | { readonly problem: string };

/** By their place among the queries: those for minutes of finer steps that can be located. */
function fineOf(queries: readonly MetricQuery[], places: readonly Place[]): ReadonlyMap<number, FineQuery> {
  const fine = new Map<number, FineQuery>();
  for (const [i, query] of queries.entries()) {
    const { everySeconds } = query;
    const located = places[i];
    if (everySeconds === undefined || located === undefined || "problem" in located) continue;
    fine.set(i, { query: { ...query, everySeconds }, located });
  }
  return fine;
}

/** Each series once, with the most minutes that any of its queries wants. */
function longestOf(queries: readonly MetricQuery[], places: readonly Place[]): readonly Wanted[] {
  const longest = new Map<string, Wanted>();
  for (const [i, { minutes, everySeconds }] of queries.entries()) {
    const located = places[i];
    if (everySeconds !== undefined || located === undefined || "problem" in located) continue;
    const before = longest.get(located.key)?.minutes ?? 0;
    longest.set(located.key, { located, minutes: Math.max(before, minutes) });
  }
  return [...longest.values()];
}

function seriesOf(
  query: MetricQuery,
  place: Place | undefined,
  read: ReadonlyMap<string, MinutesRead>,
  end: EpochSeconds,
  now: EpochSeconds,
): Series {
  const { metric, statistic, minutes } = query;
  const minutesRead = read.get(keyOf(query));
  if (place === undefined || "problem" in place || minutesRead === undefined) {
    const why = place !== undefined && "problem" in place ? place.problem : "it was not read";
    return { metric, statistic, end, values: new Array<null>(minutes).fill(null), why };
  }
  const { answer, idle, why } = minutesRead;
  const values = minutesOf(place, answer, idle, end - minutes * MINUTE_SECONDS, minutes);
  const untold = untoldMinutes(values, idle, end, now);
  return {
    metric,
    statistic,
    end: end - untold * MINUTE_SECONDS,
    values: values.slice(0, values.length - untold),
    ...(why === null ? {} : { why }),
  };
}

/**
 * How many of the newest minutes come after an idle one, have no point, and are too young to be told idle from late: they
 * are not minutes that should be there by now.
 */
function untoldMinutes(
  values: readonly (number | null)[],
  idle: MinutesRead["idle"],
  end: EpochSeconds,
  now: EpochSeconds,
): number {
  const without = values.length - 1 - values.findLastIndex((value) => value !== null);
  const young = (end - floorTo(now - IDLE_PROOF_SECONDS, MINUTE_SECONDS)) / MINUTE_SECONDS;
  return without <= young && idle.has(end - (without + 1) * MINUTE_SECONDS) ? without : 0;
}
