/** How predictive-horizontal-pod-autoscaler makes one number of its proposals (internal/controllers). */

export type DecisionType = "maximum" | "minimum" | "mean" | "median";

/** 0 for no proposal. A mean is rounded half away from zero, the median of an even number towards zero. */
export function combine(proposals: readonly number[], type: DecisionType): number {
  if (proposals.length === 0) return 0;
  const ascending = proposals.toSorted((a, b) => a - b);
  const half = Math.floor(ascending.length / 2);
  const [low = 0, high = 0] = [ascending[half - 1], ascending[half]];
  switch (type) {
    case "maximum":
      return ascending.at(-1) ?? 0;
    case "minimum":
      return ascending[0] ?? 0;
    case "mean": {
      const mean = proposals.reduce((sum, each) => sum + each, 0) / proposals.length;
      return Math.sign(mean) * Math.round(Math.abs(mean));
    }
    case "median":
      return ascending.length % 2 === 1 ? high : Math.trunc((low + high) / 2);
  }
}
