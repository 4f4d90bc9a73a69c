/** The largest of several metrics' proposals, and what a metric without one keeps from happening (horizontal.go). */
import type { Proposal } from "./podReplicas.ts";

export interface Combined {
  /** Null leaves the count as it is. */
  readonly replicas: number | null;
  /** Why a metric gave no proposal; null when all did. */
  readonly error: string | null;
}

/** A metric that is missing may not cause a scale-down; a scale-up that others ask for goes ahead. */
export function largestProposal(current: number, proposals: readonly Proposal[]): Combined {
  let error: string | null = null;
  let largest: number | null = null;
  for (const proposal of proposals) {
    if (proposal.kind === "error") error ??= proposal.why;
    else largest = Math.max(largest ?? 0, proposal.replicas);
  }
  if (largest === null) return { replicas: null, error: error ?? "there is no metric" };
  return { replicas: error !== null && largest < current ? null : largest, error };
}
