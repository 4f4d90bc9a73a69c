/** Pods of a Kubernetes HPA for its tests; samples and requests in thousandths. */
import type { Pod } from "../../../../lib/sim/peers/hpa/podReplicas.ts";

/** A running pod for each sample; null has none. */
export const running = (samples: readonly (number | null)[], request: number | null = null): readonly Pod[] =>
  samples.map((value) => ({ phase: "Running", sample: value === null ? null : { value }, request }));

/** Pods that wait to be started. */
export const pending = (count: number, request: number | null = null): readonly Pod[] =>
  new Array<Pod>(count).fill({ phase: "Pending", sample: null, request });

/** `count` times the same sample. */
export const times = <T>(count: number, sample: T): readonly T[] => new Array<T>(count).fill(sample);
