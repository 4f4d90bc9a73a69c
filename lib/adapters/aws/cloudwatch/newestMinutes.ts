/** The last sixty seconds of series that are published more often than every minute. */
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { type Series, sane } from "../../../core/reading.ts";
import { type EpochSeconds, floorTo, MINUTE_SECONDS } from "../../../core/time.ts";
import type { MetricQuery } from "../../../ports/metricSource.ts";
import { type Answer, getMetricData, reasonOf } from "./getMetricData.ts";
import { STEP_PUBLICATION_DELAY_SECONDS } from "./limits.ts";
import type { Located } from "./locate.ts";

/** A query for them, and where its metric is. */
export interface FineQuery {
  readonly query: MetricQuery & { readonly everySeconds: number };
  readonly located: Located;
}

/**
 * One series a query, in its order: minutes counted back from the newest step that should be there. A minute of which a step
 * is missing is null, since a step without requests cannot be told from one that is late. Never throws: what could not be
 * read is null with the reason, and the minutes of the ordinary series stand.
 */
export async function readNewestMinutes(
  client: CloudWatchClient,
  queries: readonly FineQuery[],
  now: EpochSeconds,
): Promise<readonly Series[]> {
  const byStep = Map.groupBy(queries, ({ query }) => query.everySeconds);
  const read = new Map<FineQuery, Series>();
  for (const [everySeconds, alike] of byStep) {
    const end = floorTo(now - STEP_PUBLICATION_DELAY_SECONDS, everySeconds);
    const minutes = Math.max(...alike.map(({ query }) => query.minutes));
    const stretch = { start: end - minutes * MINUTE_SECONDS, end, stepSeconds: everySeconds };
    const asked = new Map(alike.map(({ located }) => [located.key, located.series]));
    const answers = await getMetricData(client, asked, stretch).catch(reasonOf);
    for (const each of alike) read.set(each, seriesOf(each, answers, end));
  }
  return queries.map((each) => read.get(each) as Series);
}

function seriesOf(
  { query, located }: FineQuery,
  answers: ReadonlyMap<string, Answer> | string,
  end: EpochSeconds,
): Series {
  const { metric, statistic, minutes, everySeconds } = query;
  const answer = typeof answers === "string" ? null : (answers.get(located.key) ?? null);
  const why = typeof answers === "string" ? answers : (answer?.why ?? null);
  const values = Array.from({ length: minutes }, (_, i) => {
    const from = end - (minutes - i) * MINUTE_SECONDS;
    const steps = Array.from({ length: MINUTE_SECONDS / everySeconds }, (_each, s) =>
      answer?.points.get(from + s * everySeconds),
    );
    const raw = wholeOf(steps, statistic);
    return raw === null ? null : sane(raw * located.series.scale);
  });
  return { metric, statistic, end, values, ...(why === null ? {} : { why }) };
}

/** One value of a minute from those of its steps; null where one is missing. The policy allows no other statistic. */
function wholeOf(steps: readonly (number | undefined)[], statistic: MetricQuery["statistic"]): number | null {
  const known = steps.filter((value) => value !== undefined);
  if (known.length < steps.length) return null;
  if (statistic === "maximum") return Math.max(...known);
  const sum = known.reduce((total, value) => total + value, 0);
  return statistic === "average" ? sum / known.length : sum;
}
