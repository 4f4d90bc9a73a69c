/** Turns series into the queries of GetMetricData, with ids that stay apart when many series share a call. */
import type { MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { type CloudWatchSeries, cloudWatchStatistic } from "../../../contract/cloudWatchMetrics.ts";
import type { MetricStat } from "../../../core/policy.ts";
import type { Statistic } from "../../../core/reading.ts";
import { MINUTE_SECONDS } from "../../../core/time.ts";

/** What of a series says how it is asked for. */
export type Asked = Pick<CloudWatchSeries, "parts" | "expression">;

/**
 * The queries that make up one series at a period of whole minutes; only the last, whose id is `id`, returns data.
 * `id` holds letters and digits and begins with a small letter.
 */
export function metricDataQueries(id: string, asked: Asked, periodSeconds: number): MetricDataQuery[] {
  const { parts, expression } = asked;
  if (expression === null) {
    return Object.values(parts).map((part) => partQuery(id, part, periodSeconds, true));
  }
  const queries = Object.entries(parts).map(([name, part]) =>
    partQuery(partId(id, name), part, periodSeconds, false),
  );
  return [
    ...queries,
    { Id: id, Expression: expressionOf(id, parts, expression, periodSeconds), ReturnData: true },
  ];
}

/** Queries that the series takes out of the number that a call may hold. */
export function queryCount({ parts, expression }: Asked): number {
  return Object.keys(parts).length + (expression === null ? 0 : 1);
}

/**
 * By what an answer at this period must be divided to be the mean of its minutes: sums and counts grow with the period.
 * In an expression they are divided part by part, where a ratio needs it.
 */
export function divisorOf({ parts, expression }: Asked, periodSeconds: number): number {
  const [only] = Object.values(parts);
  if (expression !== null || only === undefined || !grows(only.statistic)) return 1;
  return periodSeconds / MINUTE_SECONDS;
}

const grows = (statistic: Statistic): boolean => statistic === "sum" || statistic === "sampleCount";

/** The underscore keeps parts apart from series, whose ids have none. */
const partId = (id: string, name: string): string => `${id}_${name}`;

function partQuery(id: string, part: MetricStat, periodSeconds: number, returned: boolean): MetricDataQuery {
  const { namespace, name, dimensions, statistic } = part;
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return {
    Id: id,
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: name, Dimensions },
      Period: periodSeconds,
      Stat: cloudWatchStatistic(statistic),
    },
    ReturnData: returned,
  };
}

/** Text in quotes, or an identifier that is not the end of a number such as 1e3. */
const WORDS = /"[^"]*"|'[^']*'|(?<![\w.])[A-Za-z_]\w*/g;

/** The expression over the parts' new ids. It was written for minutes, so longer periods are shown to it as their mean minute. */
function expressionOf(id: string, parts: Asked["parts"], expression: string, periodSeconds: number): string {
  const minutes = periodSeconds / MINUTE_SECONDS;
  const timeless = minutes === 1 ? expression : expression.replaceAll(/\bPERIOD\(\s*\w+\s*\)/g, "60");
  return timeless.replaceAll(WORDS, (word) => {
    const part = Object.hasOwn(parts, word) ? parts[word] : undefined;
    if (part === undefined) return word;
    const renamed = partId(id, word);
    return minutes > 1 && grows(part.statistic) ? `(${renamed} / ${minutes})` : renamed;
  });
}
