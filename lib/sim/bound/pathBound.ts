/**
 * A cost that no policy can undercut, tighter than the linear programme: units are whole, and a step that is given more than
 * it can serve delays what comes after the first of them, as a first-in-first-out queue does.
 *
 * Once a violated request has a price, the cheapest path of ready units is found by dynamic programming over (step, units).
 * Its cost less the price of the violations that are allowed is the Lagrangian dual of the question: a lower bound at every
 * price (Geoffrion 1974, "Lagrangean relaxation for integer programming"). What is left out can only make plans cheaper:
 * every step begins with an empty queue, nothing is ever locked, and a start is billed the shortest lead time.
 */
import { type CapacityProblem, missesOf, requestsOf } from "./capacityProblem.ts";

export interface Priced {
  /** Unit-seconds plus the price of every violation. */
  readonly cost: number;
  readonly violations: number;
}

/** The cheapest path of whole units when a violated request costs `price` unit-seconds. */
export function cheapestPath(
  problem: CapacityProblem,
  price: number,
  misses: readonly Float64Array[] = missesOf(problem),
): Priced {
  const { stepSeconds, min, startSeconds } = problem;
  const widths = misses[0]?.length ?? 1;
  // Of the best path that ends with min + i units: its cost and its violations.
  const cost = new Float64Array(widths);
  const violations = new Float64Array(widths);
  for (const [step, missedBy] of misses.entries()) {
    if (step > 0) relaxChanges(cost, violations, startSeconds);
    for (let i = 0; i < widths; i++) {
      const missed = missedBy[i] as number;
      cost[i] = (cost[i] as number) + (min + i) * stepSeconds + price * missed;
      violations[i] = (violations[i] as number) + missed;
    }
  }
  let best = 0;
  for (let i = 1; i < widths; i++) if ((cost[i] as number) < (cost[best] as number)) best = i;
  return { cost: cost[best] as number, violations: violations[best] as number };
}

/** Before a step, units may be started, each at its price, or released for nothing. */
function relaxChanges(cost: Float64Array, violations: Float64Array, startSeconds: number): void {
  for (let i = 1; i < cost.length; i++) {
    const started = (cost[i - 1] as number) + startSeconds;
    if (started >= (cost[i] as number)) continue;
    cost[i] = started;
    violations[i] = violations[i - 1] as number;
  }
  for (let i = cost.length - 2; i >= 0; i--) {
    if ((cost[i + 1] as number) >= (cost[i] as number)) continue;
    cost[i] = cost[i + 1] as number;
    violations[i] = violations[i + 1] as number;
  }
}

/** Prices, in unit-seconds for a request, between which the best one is looked for; at the ends one side does not matter. */
const LOWEST_PRICE = 1e-4;
const HIGHEST_PRICE = 1e5;
const HALVINGS = 22;

/** Unit-seconds below which no plan keeps violations to `share` of the requests. */
export function pathBound(
  problem: CapacityProblem,
  share: number,
  misses: readonly Float64Array[] = missesOf(problem),
): number {
  const allowed = share * requestsOf(problem);
  let low = Math.log(LOWEST_PRICE);
  let high = Math.log(HIGHEST_PRICE);
  let best = 0;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    const price = Math.exp(middle);
    const { cost, violations } = cheapestPath(problem, price, misses);
    best = Math.max(best, cost - price * allowed);
    if (violations > allowed) low = middle;
    else high = middle;
  }
  return best;
}
