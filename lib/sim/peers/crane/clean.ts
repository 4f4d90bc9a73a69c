/** What Crane does to a history before it looks for periods (gocrane/crane pkg/prediction/dsp/preprocessing.go). */

/** A longer time between two samples is not filled: what lies before it is dropped. */
const LONGEST_GAP_SECONDS = 3600;

const HIGHEST_SHARE = 0.999;
const LOWEST_SHARE = 0.001;

/** NaN is missing. The end stays where it is: whole hours are kept, counted back from it. */
export function cleaned(values: Float64Array, stepSeconds: number): Float64Array {
  const longest = LONGEST_GAP_SECONDS / stepSeconds - 1;
  const filled = filledGaps(values.subarray(startAfterGap(values, longest)));
  const perHour = Math.max(1, Math.round(3600 / stepSeconds));
  const whole = filled.subarray(filled.length % perHour);
  return withoutOutliers(whole);
}

/** The index from which no more than `longest` steps in a row are missing. */
function startAfterGap(values: Float64Array, longest: number): number {
  let start = 0;
  let missing = 0;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i])) {
      if (missing > longest || start + missing === i) start = i;
      missing = 0;
    } else missing++;
  }
  return missing > longest ? values.length : start;
}

/** Linearly between known neighbours; missing ones at the end are left out. */
function filledGaps(values: Float64Array): Float64Array {
  let last = values.length;
  while (last > 0 && Number.isNaN(values[last - 1])) last--;
  const filled = values.slice(0, last);
  for (let i = 1; i < last; i++) {
    if (!Number.isNaN(filled[i])) continue;
    let next = i;
    while (Number.isNaN(filled[next])) next++;
    const [from, to] = [filled[i - 1] as number, filled[next] as number];
    const steps = next - i + 1;
    for (let k = i; k < next; k++) filled[k] = from + ((to - from) * (k - i + 1)) / steps;
  }
  return filled;
}

/** A sample beyond the outermost thousandths is as the one before it. */
function withoutOutliers(values: Float64Array): Float64Array {
  if (values.length === 0) return values;
  const sorted = values.slice().sort();
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] as number;
  const [low, high] = [at(LOWEST_SHARE), at(HIGHEST_SHARE)];
  const kept = values.slice();
  for (let i = 1; i < kept.length; i++) {
    const value = kept[i] as number;
    if (value > high || value < low) kept[i] = kept[i - 1] as number;
  }
  return kept;
}
