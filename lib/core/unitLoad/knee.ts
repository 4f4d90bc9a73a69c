/** The load per unit at which the latency leaves the objective, with bounds, from steady minutes alone. */
import type { SteadyMinute } from "./minutes.ts";

/** Up to the knee at most this share of the minutes is beyond the objective; some are, whatever the load. */
const TOLERATED_SHARE = 0.1;

/** Normal quantile of the bounds: each is wrong with one chance in forty. */
const Z = 1.96;

/**
 * Sizes of the stretches that are judged, in minutes. Where not one of 36 is beyond the objective, the share is surely
 * at most a tenth (3.84 ÷ 39.84); three of three are surely more.
 */
const INSIDE_SIZES = [36, 72, 144, 288, 576];
const FEWEST_BEYOND = 3;
const LONGEST_BEYOND = 288;

/** The fewest steady minutes that anything is told from. */
export const FEWEST_MINUTES = INSIDE_SIZES[0] as number;

export interface Knee {
  /** Load per unit where the share of minutes beyond the objective passes the tolerated; null where it does not. */
  readonly at: number | null;
  /** Highest load per unit that is surely carried; null where none is. */
  readonly carried: number | null;
  /** Lowest load per unit that is surely not carried; null where none is known. */
  readonly missed: number | null;
}

/**
 * Minutes are ascending by load. The share beyond the objective grows with the load: its isotonic estimate (Ayer et al.
 * 1955, by pooling adjacent violators) says where it passes what is tolerated. By the same monotony a stretch of minutes
 * that is surely inside (Wilson's interval, 1927) vouches for the lowest load in it, and one that is surely beyond for
 * the highest in it.
 */
export function kneeOf(minutes: readonly SteadyMinute[]): Knee {
  const inside = insideCount(minutes);
  const beyondBefore = runningCount(minutes);
  const carried = carriedUpTo(minutes, inside, beyondBefore);
  const missed = missedFrom(minutes, inside, beyondBefore);
  if (missed === null) return { at: null, carried, missed };
  const above = (minutes[inside] as SteadyMinute).loadPerUnit;
  const below = inside === 0 ? above : (minutes[inside - 1] as SteadyMinute).loadPerUnit;
  return { at: Math.sqrt(below * above), carried, missed };
}

/** How many of the minutes, from the lowest load on, have an isotonic share of at most the tolerated. */
function insideCount(minutes: readonly SteadyMinute[]): number {
  const counts: number[] = [];
  const beyond: number[] = [];
  for (const { isBeyond } of minutes) {
    counts.push(1);
    beyond.push(isBeyond ? 1 : 0);
    while (counts.length > 1 && isFalling(beyond, counts)) {
      const [count, share] = [counts.pop() as number, beyond.pop() as number];
      counts[counts.length - 1] = (counts.at(-1) as number) + count;
      beyond[beyond.length - 1] = (beyond.at(-1) as number) + share;
    }
  }
  let inside = 0;
  for (const [block, count] of counts.entries()) {
    if ((beyond[block] as number) > TOLERATED_SHARE * count) break;
    inside += count;
  }
  return inside;
}

function isFalling(beyond: readonly number[], counts: readonly number[]): boolean {
  const last = counts.length - 1;
  return (
    (beyond[last - 1] as number) * (counts[last] as number) >=
    (beyond[last] as number) * (counts[last - 1] as number)
  );
}

/** `[i]`: minutes beyond the objective among the first `i`. */
function runningCount(minutes: readonly SteadyMinute[]): Uint32Array {
  const counts = new Uint32Array(minutes.length + 1);
  for (const [i, { isBeyond }] of minutes.entries()) {
    counts[i + 1] = (counts[i] as number) + (isBeyond ? 1 : 0);
  }
  return counts;
}

function carriedUpTo(
  minutes: readonly SteadyMinute[],
  end: number,
  beyondBefore: Uint32Array,
): number | null {
  let highest: number | null = null;
  for (const size of INSIDE_SIZES) {
    for (let first = end - size; first >= 0; first--) {
      const beyond = (beyondBefore[first + size] as number) - (beyondBefore[first] as number);
      if (wilson(beyond, size).most > TOLERATED_SHARE) continue;
      highest = Math.max(highest ?? 0, (minutes[first] as SteadyMinute).loadPerUnit);
      break;
    }
  }
  return highest;
}

function missedFrom(
  minutes: readonly SteadyMinute[],
  first: number,
  beyondBefore: Uint32Array,
): number | null {
  const longest = Math.min(minutes.length, first + LONGEST_BEYOND);
  for (let end = first + FEWEST_BEYOND; end <= longest; end++) {
    const beyond = (beyondBefore[end] as number) - (beyondBefore[first] as number);
    if (beyond < FEWEST_BEYOND || wilson(beyond, end - first).least <= TOLERATED_SHARE) continue;
    return (minutes[end - 1] as SteadyMinute).loadPerUnit;
  }
  return null;
}

/** Bounds of a share of which `count` of `of` were seen (Wilson's score interval). */
function wilson(count: number, of: number): { readonly least: number; readonly most: number } {
  const share = count / of;
  const scale = 1 + Z ** 2 / of;
  const middle = (share + Z ** 2 / (2 * of)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return { least: middle - half, most: middle + half };
}
