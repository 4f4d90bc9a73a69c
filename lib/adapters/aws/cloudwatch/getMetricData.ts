/** GetMetricData for any number of series: as few calls as its limits allow, all pages, one answer a series. */
import {
  type CloudWatchClient,
  type GetMetricDataOutput,
  type MessageData,
  type MetricDataQuery,
  type MetricDataResult,
  paginateGetMetricData,
} from "@aws-sdk/client-cloudwatch";
import type { EpochSeconds } from "../../../core/time.ts";
import { MOST_POINTS, MOST_QUERIES } from "./limits.ts";
import { type Asked, metricDataQueries, queryCount } from "./queries.ts";

/** `[start, end)` in steps of the period that is asked for; `start` is on a step. */
export interface Stretch {
  readonly start: EpochSeconds;
  readonly end: EpochSeconds;
  readonly stepSeconds: number;
}

export interface Answer {
  /** Raw values by the start of their step; nonsense is kept as it comes, a step without data is not there. */
  readonly points: ReadonlyMap<EpochSeconds, number>;
  /** Why points may be missing that CloudWatch has; null when it answered completely. */
  readonly why: string | null;
}

/**
 * One answer for each key. Where one call of several fails, its series are without points, with the reason.
 * Throws when all calls failed.
 */
export async function getMetricData(
  client: CloudWatchClient,
  series: ReadonlyMap<string, Asked>,
  stretch: Stretch,
): Promise<ReadonlyMap<string, Answer>> {
  const chunks = chunksOf([...series], stretch);
  const outcomes = await Promise.allSettled(chunks.map((chunk) => askChunk(client, chunk, stretch)));
  const failures = outcomes.filter(({ status }) => status === "rejected");
  const answers = outcomes.flatMap((outcome, i) => {
    if (outcome.status === "fulfilled") return outcome.value;
    const why = reasonOf(outcome.reason);
    if (failures.length === chunks.length) {
      throw new Error(`no metric could be read from CloudWatch: ${why}`, { cause: outcome.reason });
    }
    return (chunks[i] ?? []).map(
      ([key]) => [key, unanswered(`the call to CloudWatch failed: ${why}`)] as const,
    );
  });
  return new Map(answers);
}

type Entry = readonly [key: string, asked: Asked];

/** Series are never split. One that alone holds more points than a call may is sent and refused. */
function chunksOf(entries: readonly Entry[], { start, end, stepSeconds }: Stretch): Entry[][] {
  const most = Math.min(MOST_QUERIES, Math.floor((MOST_POINTS * stepSeconds) / Math.max(1, end - start)));
  const chunks: Entry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const count = queryCount(entry[1]);
    const last = chunks.at(-1);
    if (last === undefined || count > room) {
      chunks.push([entry]);
      room = most - count;
    } else {
      last.push(entry);
      room -= count;
    }
  }
  return chunks;
}

async function askChunk(
  client: CloudWatchClient,
  entries: readonly Entry[],
  stretch: Stretch,
): Promise<(readonly [string, Answer])[]> {
  const queries = entries.flatMap(([, asked], i) => metricDataQueries(`q${i}`, asked, stretch.stepSeconds));
  const { results, messages } = await allPages(client, queries, stretch);
  return entries.map(([key], i) => {
    const pages = results.get(`q${i}`);
    return [
      key,
      pages === undefined ? unanswered(`CloudWatch left it out${said(messages)}`) : answerOf(pages),
    ];
  });
}

interface Collected {
  readonly results: ReadonlyMap<string, readonly MetricDataResult[]>;
  readonly messages: readonly MessageData[];
}

async function allPages(
  client: CloudWatchClient,
  queries: MetricDataQuery[],
  { start, end }: Stretch,
): Promise<Collected> {
  const input = {
    MetricDataQueries: queries,
    StartTime: new Date(start * 1000),
    EndTime: new Date(end * 1000),
    ScanBy: "TimestampAscending" as const,
  };
  const pages: GetMetricDataOutput[] = [];
  for await (const page of paginateGetMetricData({ client, stopOnSameToken: true }, input)) pages.push(page);
  const results = pages.flatMap(({ MetricDataResults }) => MetricDataResults ?? []);
  return {
    results: Map.groupBy(results, ({ Id }) => Id ?? ""),
    messages: pages.flatMap(({ Messages }) => Messages ?? []),
  };
}

/** Early pages of a series say PartialData; the last one tells how it ended. */
function answerOf(pages: readonly MetricDataResult[]): Answer {
  const status = pages.at(-1)?.StatusCode ?? "no status";
  const messages = said(pages.flatMap(({ Messages }) => Messages ?? []));
  if (status === "Complete") return { points: pointsOf(pages), why: null };
  if (status === "PartialData") {
    return { points: pointsOf(pages), why: `CloudWatch answered only a part of it (PartialData)${messages}` };
  }
  return unanswered(`CloudWatch answered ${status}${messages}`);
}

function pointsOf(pages: readonly MetricDataResult[]): ReadonlyMap<EpochSeconds, number> {
  const points = new Map<EpochSeconds, number>();
  for (const { Timestamps = [], Values = [] } of pages) {
    for (const [i, timestamp] of Timestamps.entries()) {
      const value = Values[i];
      if (value !== undefined) points.set(timestamp.getTime() / 1000, value);
    }
  }
  return points;
}

const unanswered = (why: string): Answer => ({ points: new Map(), why });

function said(messages: readonly MessageData[]): string {
  if (messages.length === 0) return "";
  return `: ${messages.map(({ Code, Value }) => [Code, Value].filter(Boolean).join(" ")).join("; ")}`;
}

/** Name and message of what was thrown: with services the name says what kind of failure it is. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
