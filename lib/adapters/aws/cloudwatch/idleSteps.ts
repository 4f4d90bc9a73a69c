/**
 * Tells minutes without requests from minutes without data. CloudWatch publishes nothing for either; where a series that
 * every running unit publishes is there and the requests are not, there were none.
 */
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { proofOfLifeOf } from "../../../contract/cloudWatchMetrics.ts";
import type { MetricStat } from "../../../core/policy.ts";
import { type EpochSeconds, floorTo } from "../../../core/time.ts";
import { type Answer, getMetricData, type Stretch } from "./getMetricData.ts";
import { IDLE_PROOF_SECONDS } from "./limits.ts";
import type { Located } from "./locate.ts";
import type { IdleSteps } from "./minuteGrid.ts";
import type { Asked } from "./queries.ts";

export interface Gap {
  readonly target: string;
  readonly proof: Asked;
  /** Steps without a point that are old enough to be judged. */
  readonly steps: readonly EpochSeconds[];
}

/**
 * The steps of the stretch that could turn out to be idle: old enough at `now` that their data is not merely late, in a
 * complete answer, of a sum that is absent without requests. Null where there is nothing to prove, or nothing to prove it by.
 */
export function gapOf(
  { policy, name, series }: Located,
  answer: Answer,
  { start, end, stepSeconds }: Stretch,
  now: EpochSeconds,
): Gap | null {
  if (!series.absentWhenIdle || name.statistic !== "sum" || answer.why !== null) return null;
  const proof = proofOfLifeOf(policy);
  if (proof === null) return null;
  const judgedUntil = Math.min(end, floorTo(now - IDLE_PROOF_SECONDS, stepSeconds));
  const steps: EpochSeconds[] = [];
  for (let at = start; at < judgedUntil; at += stepSeconds) if (!answer.points.has(at)) steps.push(at);
  return steps.length === 0 ? null : { target: policy.id, proof: askedFor(proof), steps };
}

const askedFor = (proof: MetricStat): Asked => ({ parts: { m: proof }, expression: null });

/** What was found for each target; `why` where its proof could not be read completely. */
export interface Proofs {
  readonly alive: ReadonlyMap<string, IdleSteps>;
  readonly why: ReadonlyMap<string, string>;
}

/**
 * Reads the proof of the gaps' targets over the gaps, once a target. The steps of a target that are `alive` are idle
 * where they are gaps. Throws when nothing could be read.
 */
export async function proofsFor(
  client: CloudWatchClient,
  gaps: readonly Gap[],
  stepSeconds: number,
): Promise<Proofs> {
  if (gaps.length === 0) return { alive: new Map(), why: new Map() };
  const asked = new Map(gaps.map(({ target, proof }) => [target, proof]));
  const start = Math.min(...gaps.map(({ steps }) => steps[0] ?? Number.POSITIVE_INFINITY));
  const end = Math.max(...gaps.map(({ steps }) => steps.at(-1) ?? 0)) + stepSeconds;
  const answers = [...(await getMetricData(client, asked, { start, end, stepSeconds }))];
  return {
    alive: new Map(answers.map(([target, { points }]) => [target, livingSteps(points)])),
    why: new Map(answers.flatMap(([target, { why }]) => (why === null ? [] : [[target, why]]))),
  };
}

function livingSteps(points: Answer["points"]): IdleSteps {
  return new Set([...points].flatMap(([at, value]) => (value > 0 ? [at] : [])));
}

/** Those of the gap in which the target is known to have run. */
export function idleStepsOf(gap: Gap | null | undefined, { alive }: Proofs): IdleSteps {
  const living = gap ? alive.get(gap.target) : undefined;
  return new Set(gap?.steps.filter((at) => living?.has(at)));
}
