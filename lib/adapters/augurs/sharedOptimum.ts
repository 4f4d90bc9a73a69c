/** One optimisation for several Prophets over the same data: only their intervals differ, and the fit takes seconds. */
import type {
  ProphetInitialParams,
  ProphetOptimizeOptions,
  ProphetOptimizeOutput,
  ProphetOptimizer,
  ProphetStanData,
} from "@bsull/augurs/prophet";

/** Rows by which columns of regressors are told apart: Fourier terms differ early and late in a series. */
const COMPARED_ROWS = 8;

/**
 * An optimizer that works once and then gives what it found. Prophet's port lists its seasons in an order that differs
 * between instances, so the coefficients are put into the order of the columns that are asked for.
 */
export function sharedOptimum(optimize: ProphetOptimizer["optimize"]): ProphetOptimizer {
  let first: { readonly columns: readonly string[]; readonly output: ProphetOptimizeOutput } | null = null;
  return {
    optimize(init: ProphetInitialParams, json: string, options: ProphetOptimizeOptions) {
      const columns = columnsOf(JSON.parse(json) as ProphetStanData);
      if (first === null) {
        first = { columns, output: optimize(init, json, options) };
        return first.output;
      }
      const { output, columns: known } = first;
      const order = columns.map((column) => known.indexOf(column));
      if (order.includes(-1)) return optimize(init, json, options);
      const beta = Float64Array.from(order, (from) => output.params.beta[from] as number);
      return { ...output, params: { ...output.params, beta } };
    },
  };
}

/** Each column of the regressors as a text that no other column has. */
function columnsOf({ X: cells, K: count, T: rows }: ProphetStanData): readonly string[] {
  const step = Math.max(1, Math.floor(rows / COMPARED_ROWS));
  return Array.from({ length: count }, (_, column) => {
    const seen: number[] = [];
    for (let row = 0; row < rows; row += step) seen.push(cells[row * count + column] as number);
    return seen.join();
  });
}
