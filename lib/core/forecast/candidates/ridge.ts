/** Ridge regression by Cholesky factorisation of the normal equations. */

/**
 * Solves (G + ridge·I, the first coefficient free) b = r for a symmetric `gram` of which the lower triangle is filled, row
 * after row. Coefficients without any data come out as 0.
 */
export function solveRidge(gram: Float64Array, right: Float64Array, ridge: number): Float64Array {
  const n = right.length;
  const low = new Float64Array(gram);
  for (let i = 0; i < n; i++) low[i * n + i] = (low[i * n + i] as number) + (i === 0 ? 1e-9 : ridge);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = low[i * n + j] as number;
      for (let k = 0; k < j; k++) sum -= (low[i * n + k] as number) * (low[j * n + k] as number);
      low[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (low[j * n + j] as number);
    }
  }
  const b = new Float64Array(right);
  for (let i = 0; i < n; i++) {
    let sum = b[i] as number;
    for (let k = 0; k < i; k++) sum -= (low[i * n + k] as number) * (b[k] as number);
    b[i] = sum / (low[i * n + i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i] as number;
    for (let k = i + 1; k < n; k++) sum -= (low[k * n + i] as number) * (b[k] as number);
    b[i] = sum / (low[i * n + i] as number);
  }
  return b;
}
