/**
 * One optimisation for several Prophets over the same data: only their intervals differ, and the fit takes seconds. It also
 * makes the fit repeatable: Prophet's port lists its seasons in an order that differs from one instance to the next, and
 * the optimiser ends elsewhere, by about one part in 10 000, for another order.
 */
import type {
  ProphetInitialParams,
  ProphetOptimizeOptions,
  ProphetOptimizeOutput,
  ProphetOptimizer,
  ProphetStanData,
} from "@bsull/augurs/prophet";

/** Rows by which columns of regressors are told apart: Fourier terms differ early and late in a series. */
const COMPARED_ROWS = 8;

/** As it is in truth: a row of regressors for each time, which the declarations call a flat list. */
type StanData = Omit<ProphetStanData, "X"> & { readonly X: readonly (readonly number[])[] };

/** Works once, on the columns in an order of its own, and gives what it found in the order that is asked for. */
export function sharedOptimum(optimize: ProphetOptimizer["optimize"]): ProphetOptimizer {
  let found: ProphetOptimizeOutput | null = null;
  return {
    optimize(init: ProphetInitialParams, json: string, options: ProphetOptimizeOptions) {
      const data = JSON.parse(json) as StanData;
      const order = fixedOrder(data);
      const beta = Float64Array.from(order, (from) => init.beta[from] as number);
      found ??= optimize({ ...init, beta }, JSON.stringify(inOrder(data, order)), options);
      const own = new Float64Array(order.length);
      for (const [to, from] of order.entries()) own[from] = found.params.beta[to] as number;
      return { ...found, params: { ...found.params, beta: own } };
    },
  };
}

/** Indices of the columns, sorted by what stands in them. */
function fixedOrder({ X: rows, K: count }: StanData): readonly number[] {
  const step = Math.max(1, Math.floor(rows.length / COMPARED_ROWS));
  const texts = Array.from({ length: count }, (_, column) =>
    rows.flatMap((row, i) => (i % step === 1 ? [row[column]] : [])).join(),
  );
  return [...texts.keys()].sort((a, b) => ((texts[a] as string) < (texts[b] as string) ? -1 : 1));
}

function inOrder(data: StanData, order: readonly number[]): StanData {
  const picked = (values: readonly number[]): number[] => order.map((from) => values[from] as number);
  return {
    ...data,
    X: data.X.map(picked),
    s_a: picked(data.s_a),
    s_m: picked(data.s_m),
    sigmas: picked(data.sigmas),
  };
}
