/**
 * One engine more or one fewer by what is measured, re-implemented from ai-dynamo/dynamo
 * components/src/dynamo/planner/core/load_scaling.py.
 */

/** Share of the objective below which one engine fewer must stay. */
export const SCALE_DOWN_SENSITIVITY = 0.8;

export interface LoadInput {
  readonly engines: number;
  readonly objectiveSeconds: number;
  /** Estimated now, and with the load of all engines on one fewer. */
  readonly latencySeconds: number;
  readonly latencyWithOneFewerSeconds: number;
}

/** +1, −1 or 0. */
export function loadStep(input: LoadInput, sensitivity: number = SCALE_DOWN_SENSITIVITY): -1 | 0 | 1 {
  const { engines, objectiveSeconds, latencySeconds, latencyWithOneFewerSeconds } = input;
  if (latencySeconds > objectiveSeconds) return 1;
  const bears = engines > 1 && latencyWithOneFewerSeconds < sensitivity * objectiveSeconds;
  return bears ? -1 : 0;
}

/** Load of each engine when one of `engines` is gone. */
export const loadFactorWithOneFewer = (engines: number): number => engines / (engines - 1);

export interface Thresholds {
  readonly up: number;
  readonly down: number;
}

/** "Easy" mode: prefill queue over context length, decode use of the KV cache; the second pair is the latency preset. */
export const PREFILL_THRESHOLDS: Thresholds = { up: 1, down: 0.1 };
export const DECODE_THRESHOLDS: Thresholds = { up: 1, down: 0.6 };
export const PREFILL_LATENCY_THRESHOLDS: Thresholds = { up: 0.1, down: 0 };
export const DECODE_LATENCY_THRESHOLDS: Thresholds = { up: 0.4, down: 0.1 };

/** Any engine above asks for one more; all below allow one fewer. */
export function thresholdStep(engines: readonly number[], { up, down }: Thresholds): -1 | 0 | 1 {
  if (engines.some((value) => value > up)) return 1;
  return engines.length > 0 && engines.every((value) => value < down) ? -1 : 0;
}
