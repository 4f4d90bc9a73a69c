/** The margin on the planned demand: moved by what was achieved of the promise. */
import type { Notice, Situation } from "../decision.ts";
import type { Memory } from "../memory.ts";
import {
  achievedAfter,
  achievedShare,
  logMarginAt,
  MOST_MARGIN,
  nothingCounted,
} from "../promise/achieved.ts";
import { countedSince } from "../promise/counting.ts";
import { DAY_SECONDS, type EpochSeconds } from "../time.ts";
import type { SizedPolicy } from "../unitLoad/inUse.ts";
import { sayPercent, sayUnits } from "./say.ts";

/** The factor on the demand that a decision at `now` plans with; 1 where nothing steers it. */
export function marginOf(policy: SizedPolicy, { achieved }: Memory, now: EpochSeconds): number {
  return achieved === null || !isSteered(policy) ? 1 : Math.exp(logMarginAt(achieved, now));
}

/** Where a quantile is stated, that is what is planned at; where others set the capacity too, what came of it is not ours. */
export function isSteered({ demand, mode }: Pick<SizedPolicy, "demand" | "mode">): boolean {
  return demand.quantile === null && mode === "full";
}

/** The memory with what has become known of the promise since the last decision. */
export function withAchieved(policy: SizedPolicy, situation: Situation, memory: Memory): Memory {
  const counted = isSteered(policy) ? countedSince(situation, memory.achieved?.countedUntil ?? null) : null;
  if (counted === null) return memory;
  const before = memory.achieved ?? nothingCounted(counted.until);
  if (counted.minutes.length === 0) {
    return { ...memory, achieved: { ...before, countedUntil: counted.until } };
  }
  const achieved = achievedAfter(before, counted.minutes, {
    share: policy.objective.share,
    mayRise: situation.capacity.desired < policy.capacity.max,
  });
  const moved = { movedAt: situation.now, logMarginBefore: logMarginAt(before, situation.now) };
  return { ...memory, achieved: { ...achieved, countedUntil: counted.until, ...moved } };
}

/** `+ 18 % (98.6 % of the requests were inside the objective, 99 % are promised)`; nothing where it changes nothing. */
export function sayMargin(policy: SizedPolicy, { achieved }: Memory, margin: number): string {
  const percent = Math.round(100 * (margin - 1));
  if (percent === 0 || achieved === null) return "";
  const share = achievedShare(achieved);
  const had = share === null ? "" : `${sayPercent(share)} of the requests were inside the objective, `;
  return ` ${percent > 0 ? "+" : "−"} ${Math.abs(percent)} % (${had}${sayPercent(policy.objective.share)} are promised)`;
}

export const PROMISE_NOTICE = "promise out of reach";

/** So many times the promised misses over a day are told; and until they are no more than so many. */
const TOLD_ABOVE = 2;
const TOLD_UNTIL = 1.5;

/** A promise that is missed by far while nothing more can be done for it: somebody has to choose. */
export function promiseNotices(
  policy: SizedPolicy,
  { capacity }: Situation,
  { achieved, noticed }: Memory,
): readonly Notice[] {
  if (achieved === null || !isSteered(policy) || achieved.seconds < DAY_SECONDS) return [];
  const share = achievedShare(achieved);
  const limit = noticed.includes(PROMISE_NOTICE) ? TOLD_UNTIL : TOLD_ABOVE;
  const { share: promised } = policy.objective;
  if (share === null || 1 - share <= limit * (1 - promised)) return [];
  const { max } = policy.capacity;
  const isAtMaximum = capacity.desired >= max;
  if (!isAtMaximum && achieved.logMargin < Math.log(MOST_MARGIN) - 1e-9) return [];
  const why = isAtMaximum
    ? `the maximum is ${sayUnits(max)}: raise it, or promise less`
    : `${MOST_MARGIN} times the forecast demand is planned already: promise less, or hold more with capacity.min`;
  const text = `${sayPercent(share)} of the requests were inside the objective, ${sayPercent(promised)} are promised, and ${why}`;
  return [{ kind: PROMISE_NOTICE, text }];
}
