/** How wide the model's errors usually are, by time of day. */

/** Share of the overall scale in each slot's own: little data must not make one hour look certain. */
const SHRINKAGE = 0.4;

/** Half of the window over which errors are pooled: an hour and a quarter each side. */
const HALF_WINDOW_SECONDS = 4_500;

/** On the square-root scale counts err by about 0.5 whatever their size; a scale below this is too good to be true. */
const LOWEST_SCALE = 0.05;

/** Mean of the absolute residuals for each slot of the day, pooled over days and nearby slots. NaN is missing. */
export function scaleOf(residuals: Float64Array, slotsPerDay: number, slotSeconds: number): Float64Array {
  const sum = new Float64Array(slotsPerDay);
  const count = new Float64Array(slotsPerDay);
  let total = 0;
  let known = 0;
  for (let i = 0; i < residuals.length; i++) {
    const residual = residuals[i] as number;
    if (Number.isNaN(residual)) continue;
    const slot = i % slotsPerDay;
    sum[slot] = (sum[slot] as number) + residual;
    count[slot] = (count[slot] as number) + 1;
    total += residual;
    known++;
  }
  const overall = known === 0 ? LOWEST_SCALE : Math.max(LOWEST_SCALE, total / known);
  const reach = Math.max(1, Math.round(HALF_WINDOW_SECONDS / slotSeconds));
  const pooledSum = circularWindowSum(sum, reach);
  const pooledCount = circularWindowSum(count, reach);
  return sum.map((_, slot) => {
    const seen = pooledCount[slot] as number;
    const local = seen > 0.5 ? (pooledSum[slot] as number) / seen : overall;
    return Math.max(LOWEST_SCALE, (1 - SHRINKAGE) * local + SHRINKAGE * overall);
  });
}

function circularWindowSum(values: Float64Array, reach: number): Float64Array {
  const size = values.length;
  const at = (i: number): number => values[((i % size) + size) % size] as number;
  let running = 0;
  for (let i = -reach; i <= reach; i++) running += at(i);
  return values.map((_, slot) => {
    const window = running;
    running += at(slot + reach + 1) - at(slot - reach);
    return window;
  });
}
