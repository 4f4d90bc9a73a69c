/**
 * The plan of somebody who knows every request: units for each slot, chosen by dynamic programming over the changes, with
 * the time that the platform takes between two of them.
 */
import { FluidQueue } from "../physics/queue.ts";
import { type CapacityProblem, mostUnits } from "./capacityProblem.ts";

/** Slots that must lie between a change and the next, by their directions. */
export interface ChangeGaps {
  readonly upUp: number;
  readonly upDown: number;
  readonly downUp: number;
  readonly downDown: number;
}

/** Requests of each slot that are missed with so many units: `missed[slot * widths + units − min]`. */
export interface SlotMisses {
  readonly slots: number;
  readonly slotSeconds: number;
  readonly widths: number;
  readonly missed: Float32Array;
}

/** A slot begins with an empty queue; inside it what one step leaves waits in the next. */
export function slotMissesOf(problem: CapacityProblem, stepsPerSlot: number): SlotMisses {
  const { arrivals, min } = problem;
  const slots = Math.ceil(arrivals.length / stepsPerSlot);
  const stepsOf = Array.from({ length: slots }, (_, slot) =>
    Array.from({ length: stepsPerSlot }, (_, i) => arrivals[slot * stepsPerSlot + i] ?? 0),
  );
  const widths = mostUnitsOf(problem, stepsOf) - min + 1;
  const missed = new Float32Array(slots * widths);
  for (const [slot, steps] of stepsOf.entries()) {
    for (let i = 0; i < widths; i++) {
      const here = missedIn(problem, steps, min + i);
      if (here === 0) break;
      missed[slot * widths + i] = here;
    }
  }
  return { slots, slotSeconds: problem.stepSeconds * stepsPerSlot, widths, missed };
}

/** What waits from one step to the next may have a use for more units than any step alone. */
function mostUnitsOf(problem: CapacityProblem, slots: readonly (readonly number[])[]): number {
  let units = mostUnits(problem);
  const missing = (steps: readonly number[]): boolean => missedIn(problem, steps, units) > 0;
  let short = slots.filter(missing);
  while (units < problem.max && short.length > 0) {
    units++;
    short = short.filter(missing);
  }
  return units;
}

function missedIn({ queue, stepSeconds }: CapacityProblem, steps: readonly number[], units: number): number {
  const fluid = new FluidQueue(queue);
  let missed = 0;
  for (const arrivals of steps) missed += fluid.advance(arrivals, units, stepSeconds).violations;
  return missed;
}

type Direction = 0 | 1;
const UP: Direction = 0;
const DOWN: Direction = 1;

/**
 * Units of each slot on the cheapest way when a missed request costs `price` unit-seconds. It begins with any number.
 *
 * A change is born in a slot with a direction and a number of units; what happens until the next one depends on nothing
 * else. So the best way to be settled at a number of units is kept relative to the running cost of staying there, and a
 * change joins it once its gap has passed: a slot takes time in proportion to the numbers of units, however long gaps are.
 */
export function planUnits(
  { slots, slotSeconds, widths, missed }: SlotMisses,
  { min, startSeconds }: Pick<CapacityProblem, "min" | "startSeconds">,
  gaps: ChangeGaps,
  price: number,
): Uint32Array {
  const births = new Births(slots, widths, gaps);
  // What it has cost so far to stay at min + i units all the time.
  const staying = new Float64Array(widths);
  for (let slot = 0; slot < slots; slot++) {
    births.admit(slot);
    if (slot > 0) births.giveBirth(slot, staying, startSeconds);
    for (let i = 0; i < widths; i++) {
      staying[i] =
        (staying[i] as number) + slotSeconds * (min + i) + price * (missed[slot * widths + i] as number);
    }
  }
  return births.planEndingBest(staying).map((i) => min + i);
}

/** A change is known by a number: (slot × 2 + direction) × widths + units; one below zero is a start of the plan. */
class Births {
  private readonly slots: number;
  private readonly widths: number;
  private readonly gaps: readonly (readonly number[])[];
  /** Cost at birth less the cost of having stayed until then, and the change that came before. */
  private readonly values: Float64Array;
  private readonly parents: Int32Array;
  /** By the direction of what comes next, the best settled way at each number of units. */
  private readonly settled: readonly { readonly values: Float64Array; readonly sources: Int32Array }[];

  constructor(slots: number, widths: number, { upUp, upDown, downUp, downDown }: ChangeGaps) {
    this.slots = slots;
    this.widths = widths;
    this.gaps = [
      [upUp, upDown],
      [downUp, downDown],
    ];
    this.values = new Float64Array(slots * 2 * widths).fill(Number.POSITIVE_INFINITY);
    this.parents = new Int32Array(slots * 2 * widths);
    const beginnings = Int32Array.from({ length: widths }, (_, i) => -1 - i);
    this.settled = [UP, DOWN].map(() => ({ values: new Float64Array(widths), sources: beginnings.slice() }));
  }

  /** Changes whose gap has passed are settled and may be followed by another. */
  admit(slot: number): void {
    for (const next of [UP, DOWN]) {
      const { values, sources } = this.settled[next] as (typeof this.settled)[number];
      for (const last of [UP, DOWN]) {
        const born = slot - (this.gaps[last]?.[next] as number);
        if (born < 0) continue;
        const first = (born * 2 + last) * this.widths;
        for (let i = 0; i < this.widths; i++) {
          const value = this.values[first + i] as number;
          if (value >= (values[i] as number)) continue;
          values[i] = value;
          sources[i] = first + i;
        }
      }
    }
  }

  giveBirth(slot: number, staying: Float64Array, startSeconds: number): void {
    this.bear(slot, UP, staying, startSeconds);
    this.bear(slot, DOWN, staying, 0);
  }

  /** Units are passed on from one number to the next, upwards at a price for each, downwards for nothing. */
  private bear(slot: number, direction: Direction, staying: Float64Array, price: number): void {
    const { widths } = this;
    const { values, sources } = this.settled[direction] as (typeof this.settled)[number];
    let best = Number.POSITIVE_INFINITY;
    let source = 0;
    for (let k = 0; k < widths; k++) {
      const i = direction === UP ? k : widths - 1 - k;
      const change = (slot * 2 + direction) * widths + i;
      best += price;
      this.values[change] = best - (staying[i] as number);
      this.parents[change] = source;
      const here = (values[i] as number) + (staying[i] as number);
      if (here >= best) continue;
      best = here;
      source = sources[i] as number;
    }
  }

  /** The units above the minimum of each slot, on the way that ends cheapest. */
  planEndingBest(staying: Float64Array): Uint32Array {
    const { widths, slots } = this;
    let best = 0;
    let last = -1;
    for (let i = 0; i < widths; i++) {
      if ((staying[i] as number) < (staying[best] as number)) best = i;
    }
    last = -1 - best;
    let cheapest = staying[best] as number;
    for (let change = 0; change < this.values.length; change++) {
      const end = (this.values[change] as number) + (staying[change % widths] as number);
      if (end >= cheapest) continue;
      cheapest = end;
      last = change;
    }
    const plan = new Uint32Array(slots);
    let end = slots;
    for (let change = last; ; change = this.parents[change] as number) {
      const units = change < 0 ? -1 - change : change % widths;
      const from = change < 0 ? 0 : Math.floor(change / (2 * widths));
      plan.fill(units, from, end);
      if (change < 0) return plan;
      end = from;
    }
  }
}
