/** The plan beside a search over every plan that keeps the gaps, and the misses of slots by hand. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  type ChangeGaps,
  planUnits,
  type SlotMisses,
  slotMissesOf,
} from "../../../lib/sim/bound/clairvoyantPlan.ts";
import { aQueue } from "../physics/arrange.ts";
import { aProblem, costOf, everyPlan, missedInTurn, problems, STEP_SECONDS, sum } from "./arrange.ts";

const FREE: ChangeGaps = { upUp: 1, upDown: 1, downUp: 1, downDown: 1 };

const missedWith = ({ missed, widths }: SlotMisses, slot: number, i: number): number =>
  missed[slot * widths + i] ?? 0;

describe("what a slot misses", () => {
  it.each([
    // 20 wait after the first step, three quarters of it in vain; in the second they stay 20: all in vain.
    ["a queue that stays", [120, 100], 190],
    // 20 waiting shrink to 40 below none, a quarter of the step until they are 5.
    ["a queue that is emptied", [120, 40], 100],
    // 20 waiting shrink to none, in three quarters of the step down to 5.
    ["a queue that just ends", [120, 80], 150],
    ["a wave after a lull", [0, 120], 90],
    ["full units", [100, 100], 0],
  ])("of %s", (_case, arrivals, missed) => {
    expect(missedWith(slotMissesOf(aProblem(arrivals), 2), 0, 0)).toBeCloseTo(missed, 4);
  });

  it("begins with an empty queue, and what lies beyond the end is empty", () => {
    const misses = slotMissesOf(aProblem([0, 120, 100]), 2);
    expect(misses).toMatchObject({ slots: 2, slotSeconds: 20, widths: 2 });
    expect([...misses.missed]).toEqual([90, 0, 0, 0]);
  });

  it("has a use for more units where a queue builds up, though each step alone needs fewer", () => {
    // One unit leaves four more waiting after each step: the second goes from 4 to 8, of which 3 are beyond the room.
    const misses = slotMissesOf(aProblem([104, 104]), 2);
    expect(missedWith(misses, 0, 0)).toBeCloseTo((104 * 3) / 4, 4);
    expect(misses.widths).toBe(2);
    expect(missedWith(misses, 0, 1)).toBe(0);
  });

  it("is never more than in the queue that runs on, nor less than its steps from an empty queue", () => {
    const units = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(problems(12), units, (given, perSlot) => {
        const problem = { ...given, min: 1 };
        const plan = Array.from(problem.arrivals, (_, step) => perSlot[Math.floor(step / 3)] as number);
        const real = missedInTurn(problem, plan);
        const whole = slotMissesOf(problem, 3);
        const single = slotMissesOf(problem, 1);
        for (let slot = 0; slot < whole.slots; slot++) {
          const i = (perSlot[slot] as number) - 1;
          const steps = [0, 1, 2].map((step) => 3 * slot + step).filter((step) => step < real.length);
          const here = i < whole.widths ? missedWith(whole, slot, i) : 0;
          const apart = steps.map((step) => (i < single.widths ? missedWith(single, step, i) : 0));
          expect(here).toBeLessThanOrEqual(
            sum(steps.map((step) => real[step] as number)) * (1 + 1e-6) + 1e-6,
          );
          expect(sum(apart)).toBeLessThanOrEqual(here * (1 + 1e-6) + 1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Misses of one unit, two and three in each slot. */
function slotsOf(rows: readonly (readonly number[])[], slotSeconds: number = STEP_SECONDS): SlotMisses {
  return {
    slots: rows.length,
    slotSeconds,
    widths: rows[0]?.length ?? 1,
    missed: Float32Array.from(rows.flat()),
  };
}

/** Whether each two changes in a row lie far enough apart. */
function keepsGaps(plan: readonly number[], { upUp, upDown, downUp, downDown }: ChangeGaps): boolean {
  let last: { readonly slot: number; readonly up: boolean } | null = null;
  for (const [slot, units] of plan.entries()) {
    const before = plan[slot - 1] ?? units;
    if (units === before) continue;
    const up = units > before;
    if (last !== null) {
      const gap = last.up ? (up ? upUp : upDown) : up ? downUp : downDown;
      if (slot - last.slot < gap) return false;
    }
    last = { slot, up };
  }
  return true;
}

describe("the plan", () => {
  const quiet = [0, 0, 0];
  const busy = [100, 50, 0];

  // One request that one unit misses: more than a second unit costs.
  const late = [1.5, 0, 0];

  it.each([
    ["begins with what comes first", [busy, quiet, quiet], FREE, 5, [3, 1, 1]],
    ["starts in time", [quiet, quiet, quiet, busy], FREE, 5, [1, 1, 1, 3]],
    // Two slots of two more units cost 40, two starts of 30 cost 60.
    ["stays over a lull", [busy, quiet, quiet, busy], FREE, 30, [3, 3, 3, 3]],
    ["releases at once", [busy, quiet, quiet, busy], FREE, 15, [3, 1, 1, 3]],
    [
      "waits with what may not come down yet",
      [quiet, quiet, busy, late, quiet],
      { ...FREE, upDown: 2 },
      0,
      [1, 1, 3, 3, 1],
    ],
    ["comes down as far as it can", [quiet, quiet, busy, late, quiet], FREE, 0, [1, 1, 3, 2, 1]],
    ["stays up when it could not be back in time", [busy, quiet, busy], { ...FREE, downUp: 2 }, 0, [3, 3, 3]],
  ])("%s", (_case, rows, gaps, startSeconds, plan) => {
    expect([...planUnits(slotsOf(rows), { min: 1, startSeconds }, gaps, 10)]).toEqual(plan);
  });

  it("does not serve what costs more than it is worth", () => {
    expect([...planUnits(slotsOf([quiet, busy]), { min: 1, startSeconds: 5 }, FREE, 0.1)]).toEqual([1, 1]);
  });

  it("keeps the gaps and is the cheapest of all that do", () => {
    const row = fc.array(fc.nat(60), { minLength: 3, maxLength: 3 });
    const gap = fc.integer({ min: 1, max: 5 });
    const gaps = fc.record({ upUp: gap, upDown: gap, downUp: gap, downDown: gap });
    const startSeconds = fc.constantFrom(0, 3, 20);
    const price = fc.constantFrom(0, 0.1, 1, 7);
    const shown = fc.array(row, { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(shown, gaps, startSeconds, price, fc.nat(2), (rows, given, start, each, min) => {
        const misses = slotsOf(rows);
        const priced = (plan: readonly number[]): number =>
          costOf(plan, STEP_SECONDS, start) +
          each * sum(plan.map((units, slot) => missedWith(misses, slot, units - min)));
        const allowed = everyPlan(rows.length, min, min + 2).filter((plan) => keepsGaps(plan, given));
        const plan = [...planUnits(misses, { min, startSeconds: start }, given, each)];
        expect(plan.length).toBe(rows.length);
        expect(keepsGaps(plan, given)).toBe(true);
        expect(priced(plan)).toBeCloseTo(Math.min(...allowed.map(priced)), 6);
      }),
      { numRuns: 150 },
    );
  });

  it("has more units where requests come together at random", () => {
    const even = slotMissesOf(aProblem([95, 95]), 1);
    const random = slotMissesOf(aProblem([95, 95], { queue: aQueue({ instants: "random" }) }), 1);
    const planOf = (misses: SlotMisses): number[] => [
      ...planUnits(misses, { min: 1, startSeconds: 0 }, FREE, 100),
    ];
    expect(planOf(even)).toEqual([1, 1]);
    expect(planOf(random)[0]).toBeGreaterThan(1);
  });
});
