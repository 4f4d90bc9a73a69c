/**
 * What happened at this time last week (or yesterday), and what happens right now, whichever is more: the simplest
 * forecast that anybody would write, and so the one that every other has to beat.
 */
import { type EpochSeconds, MINUTE_SECONDS } from "../../core/time.ts";
import type { Peer, PeerObservation } from "./peer.ts";

export interface SameTimeLastOptions {
  readonly seasonSeconds: number;
  readonly perUnit: number;
  readonly min: number;
  readonly max: number;
  /** What a decision must cover: the lead time and the time until the next one. */
  readonly coverSeconds: number;
  /** Both loads are multiplied by this; the knob. */
  readonly factor: number;
  /** The largest wish of this time counts, so that a noisy minute does not release anything. */
  readonly stabilizationSeconds: number;
}

/** The newest minutes whose highest load is what there is now. */
const RECENT_MINUTES = 3;

interface Wish {
  readonly at: EpochSeconds;
  readonly units: number;
}

export interface SameTimeLastState {
  /** Times rising, units falling: the first is the largest. */
  readonly wishes: readonly Wish[];
}

export function sameTimeLast(options: SameTimeLastOptions): Peer<SameTimeLastState> {
  const { perUnit, min, max, factor, seasonSeconds, stabilizationSeconds } = options;
  const days = Math.round(seasonSeconds / 86_400);
  const when = days === 7 ? "last week" : days === 1 ? "yesterday" : `${days} days ago`;
  return {
    name: days === 7 ? "same-time-last-week" : `same-time-${days}-days-ago`,
    label: `Same time ${when} + reactive`,
    about: `The highest load of the same stretch ${when}, or of the last ${RECENT_MINUTES} minutes if that is higher, times ${factor}.`,
    periodSeconds: MINUTE_SECONDS,
    initial: { wishes: [] },
    step: ({ wishes }, observation, now) => {
      const load = highestLoad(options, observation, now);
      const wish = load === null ? observation.desired : Math.ceil((load * factor) / perUnit);
      const units = Math.min(max, Math.max(min, wish));
      const kept = wishes.filter((each) => now - each.at < stabilizationSeconds && each.units > units);
      const next = [...kept, { at: now, units }];
      const desired = (next[0] as Wish).units;
      return {
        desired,
        state: { wishes: next },
        reason: `Wants ${desired}: ${load ?? "no"} requests a minute`,
      };
    },
  };
}

/** Null when neither the season before nor the last minutes are known. */
function highestLoad(
  { seasonSeconds, coverSeconds }: SameTimeLastOptions,
  { load, end }: PeerObservation,
  now: EpochSeconds,
): number | null {
  const before = highestBetween(load, now - seasonSeconds, now - seasonSeconds + coverSeconds);
  const recent = highestBetween(load, end - RECENT_MINUTES * MINUTE_SECONDS, end);
  const highest = Math.max(before, recent);
  return highest === Number.NEGATIVE_INFINITY ? null : highest;
}

/** The highest known minute that overlaps `[from, to)`; minus infinity when none is known. */
export function highestBetween(
  { start, perMinute }: PeerObservation["load"],
  from: EpochSeconds,
  to: EpochSeconds,
): number {
  const first = Math.max(0, Math.floor((from - start) / MINUTE_SECONDS));
  const last = Math.min(perMinute.length, Math.ceil((to - start) / MINUTE_SECONDS));
  let highest = Number.NEGATIVE_INFINITY;
  for (let minute = first; minute < last; minute++) {
    const value = perMinute[minute] as number;
    if (value > highest) highest = value;
  }
  return highest;
}
