/** Linear quantile regression with weights of at least 0. */

const SWEEPS = 10;
const RIDGE = 1e-3;

/** How long to look, and weights to begin with: those of a like question save most of the rounds. */
export interface Effort {
  readonly rounds: number;
  readonly from: Float64Array | null;
  /** Terms whose weight stays as it is: none where there is nothing to begin with. */
  readonly without: ReadonlySet<number>;
}

const FROM_NOTHING: Effort = { rounds: 25, from: null, without: new Set() };

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
    descend(gram, right, weights, width, without);
  }
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
function descend(
  gram: Float64Array,
  right: Float64Array,
  weights: Float64Array,
  width: number,
  without: ReadonlySet<number>,
): void {
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let j = 0; j < width; j++) {
      if (without.has(j)) continue;
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
