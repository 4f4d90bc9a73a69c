/** Reads the newest minutes of many series at once: one call for the series, one more where some could be idle. */
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { type EpochSeconds, MINUTE_SECONDS } from "../../../core/time.ts";
import { type Answer, getMetricData, reasonOf } from "./getMetricData.ts";
import { type Gap, gapOf, idleStepsOf, type Proofs, proofsFor } from "./idleSteps.ts";
import type { Located } from "./locate.ts";
import type { IdleSteps } from "./minuteGrid.ts";

/** A series and the longest stretch of it that somebody wants. */
export interface Wanted {
  readonly located: Located;
  readonly minutes: number;
}

/** What was read of one series. */
export interface MinutesRead {
  readonly answer: Answer;
  readonly idle: IdleSteps;
  /** Why minutes may be missing, when it is known. */
  readonly why: string | null;
}

/** By key. All share one window, up to `end`. Throws when nothing could be read. */
export async function readMinutes(
  client: CloudWatchClient,
  wanted: readonly Wanted[],
  end: EpochSeconds,
  now: EpochSeconds,
): Promise<ReadonlyMap<string, MinutesRead>> {
  if (wanted.length === 0) return new Map();
  const asked = new Map(wanted.map(({ located }) => [located.key, located.series]));
  const window = stretchOf(Math.max(...wanted.map(({ minutes }) => minutes)), end);
  const answers = await getMetricData(client, asked, window);
  const read = wanted.map(({ located, minutes }) => {
    const answer = answers.get(located.key) ?? { points: new Map(), why: "CloudWatch left it out" };
    return { key: located.key, answer, gap: gapOf(located, answer, stretchOf(minutes, end), now) };
  });
  const proofs = await proofsOrNone(
    client,
    read.flatMap(({ gap }) => (gap === null ? [] : [gap])),
  );
  return new Map(
    read.map(({ key, answer, gap }) => [
      key,
      { answer, idle: idleStepsOf(gap, proofs), why: answer.why ?? unproven(gap, proofs) },
    ]),
  );
}

const stretchOf = (minutes: number, end: EpochSeconds) => ({
  start: end - minutes * MINUTE_SECONDS,
  end,
  stepSeconds: MINUTE_SECONDS,
});

/** Without proof nothing is idle: the minutes stay missing, and the series that were read stand. */
async function proofsOrNone(client: CloudWatchClient, gaps: readonly Gap[]): Promise<Proofs> {
  try {
    return await proofsFor(client, gaps, MINUTE_SECONDS);
  } catch (error) {
    const why = reasonOf(error);
    return { alive: new Map(), why: new Map(gaps.map(({ target }) => [target, why])) };
  }
}

function unproven(gap: Gap | null, proofs: Proofs): string | null {
  const why = gap === null ? undefined : proofs.why.get(gap.target);
  if (why === undefined) return null;
  return `whether minutes without data were idle could not be told: ${why}`;
}
