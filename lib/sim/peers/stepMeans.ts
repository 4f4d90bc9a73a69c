/** Means over the newest ten-second readings. */

/** The mean of the last `count` values, or of as many as there are; NaN for none, and where one is missing. */
export function meanOfLast(values: Float64Array, count: number): number {
  const first = Math.max(0, values.length - count);
  let sum = 0;
  for (let i = first; i < values.length; i++) sum += values[i] as number;
  return sum / (values.length - first);
}
