/**
 * From the outcomes of a policy at each value of its knob to one number: what it costs to leave no more than a given
 * share of requests outside the objective. Policies can then be compared at equal violations, not at equal settings.
 */

export interface Outcome {
  /** Share of all offered requests that missed the objective, were refused, timed out or never finished. */
  readonly violations: number;
  /** Unit-seconds from asking to termination. */
  readonly cost: number;
}

/**
 * The lower-left convex hull: violations rise, costs fall, ever more slowly. Between two of its points lies what
 * switching between their settings in time would reach. Outcomes that are not finite are left out.
 */
export function hullOf<T extends Outcome>(outcomes: readonly T[]): readonly T[] {
  const sorted = outcomes
    .filter(({ violations, cost }) => Number.isFinite(violations) && Number.isFinite(cost))
    .toSorted((a, b) => a.violations - b.violations || a.cost - b.cost);
  const hull: T[] = [];
  for (const point of sorted) {
    if (hull.length > 0 && point.cost >= (hull.at(-1) as T).cost) continue;
    while (hull.length > 1 && !turnsUp(hull.at(-2) as T, hull.at(-1) as T, point)) hull.pop();
    hull.push(point);
  }
  return hull;
}

/** Whether the middle point lies below the line between its neighbours. */
function turnsUp(left: Outcome, middle: Outcome, right: Outcome): boolean {
  const across = (right.violations - left.violations) * (middle.cost - left.cost);
  const up = (middle.violations - left.violations) * (right.cost - left.cost);
  return across < up;
}

/** The cost at which no more than `share` of the requests is violated; null when the policy never got there. */
export function costAt(outcomes: readonly Outcome[], share: number): number | null {
  const hull = hullOf(outcomes);
  const next = hull.findIndex(({ violations }) => violations > share);
  if (next === 0 || hull.length === 0) return null;
  const left = hull.at(next === -1 ? -1 : next - 1) as Outcome;
  const right = hull[next];
  if (next === -1 || right === undefined) return left.cost;
  const part = (share - left.violations) / (right.violations - left.violations);
  return left.cost + part * (right.cost - left.cost);
}
