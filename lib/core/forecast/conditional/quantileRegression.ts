/** Linear quantile regression with weights of at least 0. */

const SWEEPS = 10;
const RIDGE = 1e-3;

/** How long to look, and weights to begin with: those of a like question save most of the rounds. */
export interface Effort {
  readonly rounds: number;
  readonly from: Float64Array | null;
  /** Terms that get no weight. */
  readonly without: ReadonlySet<number>;
}

const NOTHING: ReadonlySet<number> = new Set();
const FROM_NOTHING: Effort = { rounds: 25, from: null, without: NOTHING };

/**
 * The weights w ≥ 0 that make `terms · w` the `level` quantile of `y`: pinball loss, minimised by iteratively reweighted
 * least squares (Schlossmacher 1973) with coordinate descent in each round, and a small ridge that shares the weight among
 * terms that say the same. `terms` holds `width` numbers for each of `y`.
 */
export function quantileWeights(
  terms: Float64Array,
  width: number,
  y: Float64Array,
  level: number,
  { rounds, from, without }: Effort = FROM_NOTHING,
): Float64Array {
  const used = Array.from({ length: width }, (_, j) => j).filter((j) => !without.has(j));
  const columns = used.map((j) => columnOf(terms, width, j));
  const weights = Float64Array.from(used, (j) => from?.[j] ?? 0);
  const equations = equationsOf(used.length, y.length);
  const typical = medianSize(y);
  for (let round = 0; round < rounds; round++) {
    // The kink of the loss is rounded off, less and less.
    const least = Math.max(typical * 0.5 ** Math.min(round, 8), 1e-3 * typical) + 1e-9;
    reweigh(equations.pull, residualsOf(columns, y, weights), level, least);
    setUp(equations, columns, y);
    descend(equations, weights);
  }
  const all = new Float64Array(width);
  for (const [u, j] of used.entries()) all[j] = weights[u] as number;
  return all;
}

function columnOf(terms: Float64Array, width: number, j: number): Float64Array {
  const column = new Float64Array(terms.length / width);
  for (let i = 0; i < column.length; i++) column[i] = terms[i * width + j] as number;
  return column;
}

function residualsOf(columns: readonly Float64Array[], y: Float64Array, weights: Float64Array): Float64Array {
  const residuals = y.slice();
  for (const [j, column] of columns.entries()) {
    const weight = weights[j] as number;
    if (weight === 0) continue;
    for (let i = 0; i < residuals.length; i++) {
      residuals[i] = (residuals[i] as number) - weight * (column[i] as number);
    }
  }
  return residuals;
}

/** How much each of `y` counts in the next least squares, so that their minimum is that of the pinball loss. */
function reweigh(pull: Float64Array, residuals: Float64Array, level: number, least: number): void {
  for (let i = 0; i < pull.length; i++) {
    const residual = residuals[i] as number;
    pull[i] = (residual > 0 ? level : 1 - level) / Math.max(Math.abs(residual), least);
  }
}

/** The normal equations: `gram` is symmetric, row after row. */
interface Equations {
  readonly gram: Float64Array;
  readonly right: Float64Array;
  readonly pull: Float64Array;
  /** A column times the pull. */
  readonly pulled: Float64Array;
}

function equationsOf(width: number, count: number): Equations {
  return {
    gram: new Float64Array(width * width),
    right: new Float64Array(width),
    pull: new Float64Array(count),
    pulled: new Float64Array(count),
  };
}

/** So many rows of all columns stay in the processor's nearest cache. */
const BLOCK = 128;

/** Column by column within blocks of rows, which is faster than row by row: nothing is written in the innermost loop. */
function setUp(
  { gram, right, pull, pulled }: Equations,
  columns: readonly Float64Array[],
  y: Float64Array,
): void {
  const width = columns.length;
  gram.fill(0);
  right.fill(0);
  for (let from = 0; from < y.length; from += BLOCK) {
    const to = Math.min(y.length, from + BLOCK);
    for (let j = 0; j < width; j++) {
      const column = columns[j] as Float64Array;
      for (let i = from; i < to; i++) pulled[i] = (pull[i] as number) * (column[i] as number);
      right[j] = (right[j] as number) + product(pulled, y, from, to);
      for (let k = 0; k <= j; k++) {
        const at = j * width + k;
        gram[at] = (gram[at] as number) + product(pulled, columns[k] as Float64Array, from, to);
      }
    }
  }
  for (let j = 0; j < width; j++) {
    for (let k = 0; k < j; k++) gram[k * width + j] = gram[j * width + k] as number;
  }
}

/** The inner product of a stretch, in four sums that do not wait for each other. */
function product(a: Float64Array, b: Float64Array, from: number, to: number): number {
  let s = 0;
  let t = 0;
  let u = 0;
  let v = 0;
  let i = from;
  for (; i + 3 < to; i += 4) {
    s += (a[i] as number) * (b[i] as number);
    t += (a[i + 1] as number) * (b[i + 1] as number);
    u += (a[i + 2] as number) * (b[i + 2] as number);
    v += (a[i + 3] as number) * (b[i + 3] as number);
  }
  for (; i < to; i++) s += (a[i] as number) * (b[i] as number);
  return s + t + (u + v);
}

/** The mean pinball loss of `terms · weights` as the `level` quantile of `y`. */
export function quantileLoss(
  terms: Float64Array,
  width: number,
  y: Float64Array,
  level: number,
  weights: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    let residual = y[i] as number;
    for (let j = 0; j < width; j++) residual -= (weights[j] as number) * (terms[i * width + j] as number);
    sum += residual > 0 ? level * residual : (level - 1) * residual;
  }
  return sum / y.length;
}

/** Coordinate descent on the normal equations, no weight below 0. */
function descend({ gram, right }: Equations, weights: Float64Array): void {
  const width = weights.length;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let j = 0; j < width; j++) {
      const own = gram[j * width + j] as number;
      let rest = right[j] as number;
      for (let k = 0; k < width; k++) {
        if (k !== j) rest -= (gram[j * width + k] as number) * (weights[k] as number);
      }
      weights[j] = own > 0 ? Math.max(0, rest / (own * (1 + RIDGE))) : 0;
    }
  }
}

function medianSize(y: Float64Array): number {
  const sizes = y.map(Math.abs).sort();
  return (sizes[sizes.length >> 1] ?? 0) + 1e-6;
}
