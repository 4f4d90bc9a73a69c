/**
 * Whether the last unit is worth idling for, and whether the first is worth starting ahead of a request: an optimal
 * stopping problem on the chances of the next minutes, solved backwards.
 */

/** What is paid for a start and for requests that come before it is done, all in minutes of a unit. */
export interface ColdStart {
  /** From asking for a unit to it serving. */
  readonly leadMinutes: number;
  /** Until a request at no units is seen and a unit asked for. */
  readonly noticeMinutes: number;
  /** Price of a request that misses the objective. */
  readonly missedMinutes: number;
  /** Load of a burst's first minute, and of each one after. */
  readonly firstLoad: number;
  readonly laterLoad: number;
}

/** Expected costs from now until the next request is served, in minutes of a unit. */
export interface Worth {
  /** Staying with a unit for another minute at least. */
  readonly keep: number;
  /** Being without one from now on, for as long as that is best. */
  readonly release: number;
  /** With none: starting one now. */
  readonly start: number;
  /** With none: waiting a minute at least. */
  readonly wait: number;
}

/** Unit-minutes that a cold start costs when a request comes to no units: the start itself, and what it misses. */
export function coldStartMinutes(cost: ColdStart): number {
  return cost.leadMinutes + missed(cost, cost.leadMinutes + cost.noticeMinutes);
}

function missed({ missedMinutes, firstLoad, laterLoad }: ColdStart, minutes: number): number {
  return missedMinutes * (firstLoad * Math.min(1, minutes) + laterLoad * Math.max(0, minutes - 1));
}

/**
 * Costs of the best plan from each state. `chances`: of each minute ahead that a request comes in it, none having come
 * before; after them each minute has the chance `beyond`. A minute with a unit costs 1; a request at no units costs
 * `coldStartMinutes`; one that comes while a unit starts costs the rest of the start and what that misses. After a
 * request all plans are alike, so it ends the account.
 *
 * With a unit: keep(j) = 1 + (1 − p_j) · min(keep(j+1), cold(j+1)). Without: wait(j) = p_j · C + (1 − p_j) · cold(j+1),
 * cold = min(wait, start). For chances that are alike in all minutes it is keep if 1 ÷ p < C, whatever the idle time:
 * ski rental with a known distribution (Karlin, Manasse, McGeoch, Owicki 1994), with a way back.
 */
export function worthOf(chances: Float64Array, beyond: number, cost: ColdStart): Worth {
  const minutes = chances.length;
  const cold = coldStartMinutes(cost);
  const lead = Math.max(1, Math.round(cost.leadMinutes));
  const startCosts = startCostsOf(cost, lead);
  const keep = new Float64Array(minutes + 1);
  const without = new Float64Array(minutes + 1);
  keep[minutes] = beyond > 0 ? Math.min(1 / beyond, 1 + cold) : 1 + cold;
  without[minutes] = cold;
  let start = Number.POSITIVE_INFINITY;
  let wait = cold;
  for (let j = minutes - 1; j >= 0; j--) {
    const none = 1 - (chances[j] as number);
    keep[j] = 1 + none * Math.min(keep[j + 1] as number, without[j + 1] as number);
    wait = (chances[j] as number) * cold + none * (without[j + 1] as number);
    start = startAt(chances, beyond, startCosts, keep, j);
    without[j] = Math.min(wait, start);
  }
  return { keep: keep[0] as number, release: without[0] as number, start, wait };
}

/** By minutes since the start: what a request costs that comes then. */
function startCostsOf(cost: ColdStart, lead: number): Float64Array {
  return Float64Array.from({ length: lead }, (_, since) => {
    const rest = lead - since;
    return rest - 1 + missed(cost, rest - 0.5);
  });
}

function startAt(
  chances: Float64Array,
  beyond: number,
  startCosts: Float64Array,
  keep: Float64Array,
  from: number,
): number {
  let none = 1;
  let sum = 0;
  for (let since = 0; since < startCosts.length; since++) {
    const chance = chances[from + since] ?? beyond;
    sum += none * (1 + chance * (startCosts[since] as number));
    none *= 1 - chance;
  }
  return sum + none * (keep[Math.min(keep.length - 1, from + startCosts.length)] as number);
}
