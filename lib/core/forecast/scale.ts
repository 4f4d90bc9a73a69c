/** How wide the model's errors usually are, by time of day. */

/** Share of the overall scale in each slot's own: little data must not make one hour look certain. */
const SHRINKAGE = 0.4;

/** Half of the window over which errors are pooled, in slots of five minutes: an hour and a quarter each side. */
const HALF_WINDOW_SLOTS = 15;

/** On the square-root scale counts err by about 0.5 whatever their size; a scale below this is too good to be true. */
const LOWEST_SCALE = 0.05;

/** Mean absolute residual for each slot of the day, pooled over the backtested days and nearby slots. */
export function scaleOf(path: Float64Array, mean: Float64Array, slotsPerDay: number): Float64Array {
  const sum = new Float64Array(slotsPerDay);
  const count = new Float64Array(slotsPerDay);
  let total = 0;
  let known = 0;
  for (let i = 0; i < path.length; i++) {
    const residual = Math.abs((mean[i] as number) - (path[i] as number));
    if (Number.isNaN(residual)) continue;
    const slot = i % slotsPerDay;
    sum[slot] = (sum[slot] as number) + residual;
    count[slot] = (count[slot] as number) + 1;
    total += residual;
    known++;
  }
  const overall = known === 0 ? LOWEST_SCALE : Math.max(LOWEST_SCALE, total / known);
  const pooledSum = circularWindowSum(sum);
  const pooledCount = circularWindowSum(count);
  return sum.map((_, slot) => {
    const local =
      (pooledCount[slot] as number) > 0
        ? (pooledSum[slot] as number) / (pooledCount[slot] as number)
        : overall;
    return Math.max(LOWEST_SCALE, (1 - SHRINKAGE) * local + SHRINKAGE * overall);
  });
}

function circularWindowSum(values: Float64Array): Float64Array {
  const size = values.length;
  const at = (i: number): number => values[((i % size) + size) % size] as number;
  let running = 0;
  for (let i = -HALF_WINDOW_SLOTS; i <= HALF_WINDOW_SLOTS; i++) running += at(i);
  return values.map((_, slot) => {
    const window = running;
    running += at(slot + HALF_WINDOW_SLOTS + 1) - at(slot - HALF_WINDOW_SLOTS);
    return window;
  });
}
