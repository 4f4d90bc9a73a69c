/** The margin on the planned demand: moved by what was achieved of the promise. */
import type { Situation } from "../decision.ts";
import type { Memory } from "../memory.ts";
import { achievedAfter, achievedShare, marginAt, nothingCounted } from "../promise/achieved.ts";
import { countedSince } from "../promise/counting.ts";
import type { EpochSeconds } from "../time.ts";
import type { SizedPolicy } from "../unitLoad/inUse.ts";
import { sayPercent } from "./say.ts";

/** The factor on the demand that a decision at `now` plans with; 1 where nothing steers it. */
export function marginOf(policy: SizedPolicy, { achieved }: Memory, now: EpochSeconds): number {
  return achieved === null || !isSteered(policy) ? 1 : marginAt(achieved, now);
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
  const achieved = achievedAfter(before, counted.minutes, {
    share: policy.objective.share,
    mayRise: situation.capacity.desired < policy.capacity.max,
  });
  const moved =
    counted.minutes.length === 0
      ? {}
      : { movedAt: situation.now, logMarginBefore: Math.log(marginAt(before, situation.now)) };
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
