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
  if (without.size > 0) return withColumns(terms, width, y, level, { rounds, from, without });
  const weights = from === null ? new Float64Array(width) : Float64Array.from(from);
  const gram = new Float64Array(width * width);
  const right = new Float64Array(width);
  const typical = medianSize(y);
  for (let round = 0; round < rounds; round++) {
    // The kink of the loss is rounded off, less and less.
    const least = Math.max(typical * 0.5 ** Math.min(round, 8), 1e-3 * typical) + 1e-9;
    gram.fill(0);
    right.fill(0);
    for (let i = 0; i < y.length; i++) {
      const row = i * width;
      let residual = y[i] as number;
      for (let j = 0; j < width; j++) residual -= (weights[j] as number) * (terms[row + j] as number);
      const weight = (residual > 0 ? level : 1 - level) / Math.max(Math.abs(residual), least);
      for (let j = 0; j < width; j++) {
        const each = weight * (terms[row + j] as number);
        right[j] = (right[j] as number) + each * (y[i] as number);
        for (let k = 0; k <= j; k++) {
          gram[j * width + k] = (gram[j * width + k] as number) + each * (terms[row + k] as number);
        }
      }
    }
    descend(gram, right, weights, width);
  }
  return weights;
}

/** Without a few of the columns: the others are copied once, since the normal equations cost their number squared. */
function withColumns(
  terms: Float64Array,
  width: number,
  y: Float64Array,
  level: number,
  { rounds, from, without }: Effort,
): Float64Array {
  const used = Array.from({ length: width }, (_, j) => j).filter((j) => !without.has(j));
  const copied = new Float64Array(y.length * used.length);
  for (let i = 0; i < y.length; i++) {
    for (let u = 0; u < used.length; u++) {
      copied[i * used.length + u] = terms[i * width + (used[u] as number)] as number;
    }
  }
  const start = from === null ? null : Float64Array.from(used, (j) => from[j] as number);
  const found = quantileWeights(copied, used.length, y, level, { rounds, from: start, without: NOTHING });
  const weights = new Float64Array(width);
  for (const [u, j] of used.entries()) weights[j] = found[u] as number;
  return weights;
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

/** Coordinate descent on the normal equations, no weight below 0. `gram` holds the lower triangle. */
function descend(gram: Float64Array, right: Float64Array, weights: Float64Array, width: number): void {
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let j = 0; j < width; j++) {
      const own = gram[j * width + j] as number;
      let rest = right[j] as number;
      for (let k = 0; k < width; k++) {
        if (k === j) continue;
        rest -= (gram[k < j ? j * width + k : k * width + j] as number) * (weights[k] as number);
      }
      weights[j] = own > 0 ? Math.max(0, rest / (own * (1 + RIDGE))) : 0;
    }
  }
}

function medianSize(y: Float64Array): number {
  const sizes = y.map(Math.abs).sort();
  return (sizes[sizes.length >> 1] ?? 0) + 1e-6;
}
