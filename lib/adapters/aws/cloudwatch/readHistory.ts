/**
 * The past of one series for the forecast: minutes as long as CloudWatch keeps them, and before that values of five
 * minutes as their mean minute. It is whole or it is an error, since nulls would say that there was nothing.
 */
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { type EpochSeconds, floorTo, MINUTE_SECONDS } from "../../../core/time.ts";
import type { MetricHistory } from "../../../ports/metricSource.ts";
import { type Answer, getMetricData, type Stretch } from "./getMetricData.ts";
import { gapOf, idleStepsOf, proofsFor } from "./idleSteps.ts";
import {
  FIVE_MINUTES_KEPT_SECONDS,
  FIVE_MINUTES_SECONDS,
  MINUTES_KEPT_SECONDS,
  MOST_POINTS,
} from "./limits.ts";
import type { Located } from "./locate.ts";
import { minutesOf } from "./minuteGrid.ts";
import { type Asked, queryCount } from "./queries.ts";

/**
 * The whole minutes of `[from, to)`. `to` stands for now: the ages of the data are counted from it, so that only a
 * history that reaches up to now has all its minutes. Minutes older than 63 days are null.
 * Throws when any part of it could not be read.
 */
export async function readHistory(
  client: CloudWatchClient,
  located: Located,
  from: EpochSeconds,
  to: EpochSeconds,
): Promise<MetricHistory> {
  const start = Math.ceil(from / MINUTE_SECONDS) * MINUTE_SECONDS;
  const end = Math.max(start, floorTo(to, MINUTE_SECONDS));
  const finerFrom = Math.max(start, onFive(to - MINUTES_KEPT_SECONDS));
  const coarserFrom = Math.min(finerFrom, Math.max(start, onFive(to - FIVE_MINUTES_KEPT_SECONDS)));
  const unkept = new Array<null>((coarserFrom - start) / MINUTE_SECONDS).fill(null);
  const [coarser, finer] = await Promise.all([
    minutesBetween(client, located, coarserFrom, finerFrom, FIVE_MINUTES_SECONDS, to),
    minutesBetween(client, located, finerFrom, end, MINUTE_SECONDS, to),
  ]);
  return { start, stepSeconds: MINUTE_SECONDS, values: [...unkept, ...coarser, ...finer] };
}

const onFive = (at: EpochSeconds): EpochSeconds =>
  Math.ceil(at / FIVE_MINUTES_SECONDS) * FIVE_MINUTES_SECONDS;

async function minutesBetween(
  client: CloudWatchClient,
  located: Located,
  from: EpochSeconds,
  to: EpochSeconds,
  stepSeconds: number,
  now: EpochSeconds,
): Promise<(number | null)[]> {
  if (to <= from) return [];
  const whole = { start: floorTo(from, stepSeconds), end: to, stepSeconds };
  const answer = await completeAnswer(client, located.series, whole);
  const gap = gapOf(located, answer, whole, now);
  const proofs = await proofsFor(client, gap === null ? [] : [gap], stepSeconds);
  for (const why of proofs.why.values()) throw new Error(`its proof of life is not whole: ${why}`);
  return minutesOf(
    located,
    answer,
    idleStepsOf(gap, proofs),
    from,
    (to - from) / MINUTE_SECONDS,
    stepSeconds,
  );
}

/** In as many calls as its points need; metric math is not paged, so that a call must hold all of its own. */
async function completeAnswer(client: CloudWatchClient, asked: Asked, whole: Stretch): Promise<Answer> {
  const lengthSeconds = Math.floor(MOST_POINTS / queryCount(asked)) * whole.stepSeconds;
  const stretches: Stretch[] = [];
  for (let start = whole.start; start < whole.end; start += lengthSeconds) {
    stretches.push({ ...whole, start, end: Math.min(whole.end, start + lengthSeconds) });
  }
  const answers = await Promise.all(
    stretches.map((stretch) => getMetricData(client, new Map([["", asked]]), stretch)),
  );
  const parts = answers.flatMap((answer) => [...answer.values()]);
  for (const { why } of parts) if (why !== null) throw new Error(why);
  return { points: new Map(parts.flatMap(({ points }) => [...points])), why: null };
}
