/** Adds up pinball losses and coverages, slot by slot. */
import type { QuantileScore } from "./result.ts";

/**
 * The loss of a quantile `q` at `level` when `y` came: level × (y − q) above it, (1 − level) × (q − y) below
 * (Koenker and Bassett 1978). Its mean is lowest at the true quantile.
 */
export function pinball(level: number, q: number, y: number): number {
  return y >= q ? level * (y - q) : (1 - level) * (q - y);
}

/** Sums over slots, which can be added up over buckets. */
export class QuantileLoss {
  private slots = 0;
  private load = 0;
  private readonly levels: readonly number[];
  private readonly loss: Float64Array;
  private readonly covered: Float64Array;

  constructor(levels: readonly number[]) {
    this.levels = levels;
    this.loss = new Float64Array(levels.length);
    this.covered = new Float64Array(levels.length);
  }

  /** What came in one slot, and the quantiles of it by level. */
  add(actual: number, quantileAt: (level: number) => number): void {
    this.slots++;
    this.load += actual;
    for (const [l, level] of this.levels.entries()) {
      const q = quantileAt(l);
      this.loss[l] = (this.loss[l] as number) + pinball(level, q, actual);
      if (actual <= q) this.covered[l] = (this.covered[l] as number) + 1;
    }
  }

  score(): QuantileScore {
    const { slots, load } = this;
    const losses = Array.from(this.loss, (loss) => (load > 0 ? (2 * loss) / load : null));
    const coverage = Array.from(this.covered, (covered) => (slots > 0 ? covered / slots : null));
    const sum = losses.reduce<number>((total, loss) => total + (loss ?? Number.NaN), 0);
    return { slots, wql: load > 0 ? sum / losses.length : null, losses, coverage };
  }
}
