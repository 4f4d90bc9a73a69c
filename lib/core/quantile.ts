/** Empirical quantiles, as the forecast's calibration and the lead-time distribution need them. */

/**
 * The `level` quantile of ascending values, by the conformal rule: the ⌈level (n + 1)⌉-th smallest, which a further
 * exchangeable value stays under with probability `level` (Vovk, Gammerman and Shafer 2005). With too few values for
 * the level it is the largest. NaN for no values.
 */
export function conformalQuantile(ascending: Float64Array | readonly number[], level: number): number {
  const count = ascending.length;
  if (count === 0) return Number.NaN;
  const rank = Math.min(count, Math.max(1, Math.ceil(level * (count + 1) - 1e-9)));
  return ascending[rank - 1] as number;
}

/** The middle value, or halfway between the middle two; NaN for none. */
export function median(values: readonly number[]): number {
  // Sorted as numbers without a comparison for each pair: a decision takes several.
  const ascending = Float64Array.from(values).sort();
  const half = ascending.length / 2;
  const low = ascending[Math.ceil(half) - 1] ?? Number.NaN;
  const high = ascending[Math.floor(half)] ?? Number.NaN;
  return low === high ? low : (low + high) / 2;
}

/** Linear interpolation of `y` over ascending `x`, level beyond both ends. */
export function interpolate(x: readonly number[], y: readonly number[], at: number): number {
  const last = x.length - 1;
  if (at <= (x[0] as number)) return y[0] as number;
  if (at >= (x[last] as number)) return y[last] as number;
  let right = 1;
  while ((x[right] as number) < at) right++;
  const left = right - 1;
  const share = (at - (x[left] as number)) / ((x[right] as number) - (x[left] as number));
  return (y[left] as number) + share * ((y[right] as number) - (y[left] as number));
}
