/**
 * What a step of AWS step scaling does to a capacity: which step a breach falls into, and how a change is rounded, as the
 * Application Auto Scaling User Guide says ("Step adjustments", "Scaling adjustment types").
 */

export interface StepRange {
  /** Of the breach (metric − threshold); null is open. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly change: number;
}

export interface Adjustment {
  readonly type: "ChangeInCapacity" | "ExactCapacity" | "PercentChangeInCapacity";
  readonly steps: readonly StepRange[];
  /** With PercentChangeInCapacity: at least so many units. */
  readonly minimumMagnitude?: number;
}

/**
 * The step that a breach falls into; null when none covers it. Above the threshold the lower bound belongs to the step
 * and the upper does not; below it is the other way round.
 */
export function stepFor({ steps }: Adjustment, breach: number): StepRange | null {
  const covers = ({ lower, upper }: StepRange): boolean =>
    breach >= 0
      ? (lower === null || breach >= lower) && (upper === null || breach < upper)
      : (lower === null || breach > lower) && (upper === null || breach <= upper);
  return steps.find(covers) ?? null;
}

/** The capacity after a step; never below 0. */
export function adjusted(
  { type, minimumMagnitude = 0 }: Adjustment,
  { change }: StepRange,
  units: number,
): number {
  switch (type) {
    case "ExactCapacity":
      return Math.max(0, change);
    case "ChangeInCapacity":
      return Math.max(0, units + change);
    case "PercentChangeInCapacity": {
      const rounded = roundedChange((units * change) / 100);
      const size = change === 0 ? 0 : Math.max(Math.abs(rounded), minimumMagnitude);
      return Math.max(0, units + Math.sign(change) * size);
    }
  }
}

/** Above 1 down, from 0 to 1 to 1, from −1 to 0 to −1, below −1 toward zero; 0 stays. */
export function roundedChange(change: number): number {
  if (change === 0) return 0;
  return Math.abs(change) < 1 ? Math.sign(change) : Math.trunc(change);
}

/** Throws a RangeError when two steps cover the same breach, or more than one is open at an end. */
export function checkSteps(steps: readonly StepRange[]): void {
  const bounds = steps.map(({ lower, upper }) => ({
    lower: lower ?? Number.NEGATIVE_INFINITY,
    upper: upper ?? Number.POSITIVE_INFINITY,
  }));
  const sorted = bounds.toSorted((a, b) => a.lower - b.lower);
  for (const [i, { lower, upper }] of sorted.entries()) {
    if (!(lower < upper))
      throw new RangeError(`step scaling: a step must end above its start, got ${lower} to ${upper}`);
    const before = sorted[i - 1];
    if (before !== undefined && lower < before.upper) {
      throw new RangeError(`step scaling: steps must not overlap, got ${lower} below ${before.upper}`);
    }
  }
}
