/** A request-rate trace as it was read: counts on a regular grid, and what had to be left out. */
import type { EpochSeconds } from "../../core/time.ts";

export interface SetAside {
  readonly why: string;
  readonly rows: number;
  /** Line in the file of the first of them, from 1. */
  readonly firstLine: number;
}

export interface Trace {
  readonly name: string;
  /** Made by our generator, not recorded. */
  readonly synthetic: boolean;
  /** Start of the first step. */
  readonly start: EpochSeconds;
  readonly stepSeconds: number;
  /** Requests in each step; NaN where the file has no usable row. */
  readonly requests: Float64Array;
  /** Token sums of each step, where the file has them; NaN where it has none for a step. */
  readonly inputTokens: Float64Array | null;
  readonly outputTokens: Float64Array | null;
  readonly setAside: readonly SetAside[];
  readonly missingSteps: number;
  /** What was noticed and mended while reading, for the reader. */
  readonly notes: readonly string[];
}

/** A CSV that begins with such a comment was made by a generator; the label survives writing and reading. */
export const SYNTHETIC_COMMENT = "# synthetic";
