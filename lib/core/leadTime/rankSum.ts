/** Whether some of the values are larger or smaller than the others, without assuming how they are distributed. */

/** Values in order, once for all the questions that are put to them. */
export interface Ranked {
  readonly values: readonly number[];
  /** Indices of the values, the smallest first. */
  readonly order: readonly number[];
  /** The rank of each value, from 1 on; equal values share theirs. */
  readonly ranks: Float64Array;
  /** Sum of t³ − t over groups of t equal values. */
  readonly ties: number;
}

export function ranked(values: readonly number[]): Ranked {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Float64Array(values.length);
  let ties = 0;
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && values[order[end] as number] === values[order[first] as number]) end++;
    for (let i = first; i < end; i++) ranks[order[i] as number] = (first + 1 + end) / 2;
    ties += (end - first) ** 3 - (end - first);
    first = end;
  }
  return { values, order, ranks, ties };
}

/**
 * The standardized rank sum of the values for which `isIn` holds: about normal with mean 0 and variance 1 where they are
 * distributed as the others, positive where they are larger. Equal values share their ranks, and the variance is
 * corrected for them (Mann and Whitney 1947; Lehmann, "Nonparametrics", 1975, section 1.4). 0 where either group is
 * empty or all values are equal.
 */
export function rankSumScore({ ranks, ties }: Ranked, isIn: (index: number) => boolean): number {
  const count = ranks.length;
  let rankSum = 0;
  let inside = 0;
  for (let i = 0; i < count; i++) {
    if (!isIn(i)) continue;
    rankSum += ranks[i] as number;
    inside++;
  }
  const outside = count - inside;
  if (inside === 0 || outside === 0) return 0;
  const variance = ((inside * outside) / 12) * (count + 1 - ties / (count * (count - 1)));
  return variance <= 0 ? 0 : (rankSum - (inside * (count + 1)) / 2) / Math.sqrt(variance);
}

/** The middle of the values for which `isIn` holds, or halfway between the middle two; NaN for none. */
export function medianOf({ values, order }: Ranked, isIn: (index: number) => boolean): number {
  const inside = order.filter(isIn);
  const low = values[inside[Math.ceil(inside.length / 2) - 1] ?? -1] ?? Number.NaN;
  const high = values[inside[Math.floor(inside.length / 2)] ?? -1] ?? Number.NaN;
  return (low + high) / 2;
}
