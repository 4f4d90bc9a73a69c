/** Signals for the tests of Crane's forecaster, in steps of ten minutes unless a test says otherwise. */

export const STEP_SECONDS = 600;
/** Steps of a day. */
export const DAY_STEPS = 144;

/** A sum of waves, each with how often it goes round in `per` steps, and its amplitude. */
export function waves(
  count: number,
  mean: number,
  parts: readonly (readonly [number, number])[],
  per: number = count,
): Float64Array {
  return Float64Array.from({ length: count }, (_, t) =>
    parts.reduce(
      (sum, [times, amplitude]) => sum + amplitude * Math.cos((2 * Math.PI * times * t) / per),
      mean,
    ),
  );
}

export function repeated(values: ArrayLike<number>, times: number): Float64Array {
  return Float64Array.from({ length: values.length * times }, (_, i) => values[i % values.length] as number);
}
