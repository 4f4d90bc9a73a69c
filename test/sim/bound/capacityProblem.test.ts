/** What the bound counts as missed, by hand and beside the queue that the simulator runs. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  missedFromEmpty,
  missesOf,
  mostUnits,
  requestsOf,
  roomSeconds,
} from "../../../lib/sim/bound/capacityProblem.ts";
import { aQueue } from "../physics/arrange.ts";
import { aProblem, missedInTurn, problems } from "./arrange.ts";

describe("what a step misses from an empty queue", () => {
  it.each([
    ["nothing comes", 0, 1, 0],
    ["units are full", 100, 1, 0],
    ["the last still come in time", 105, 1, 0],
    // It grows to 20 waiting; beyond 5 it is too long: three quarters of the step.
    ["units are more than full", 120, 1, 90],
    // 100 waiting at its end, 95 of them beyond the room.
    ["twice as many come", 200, 1, 190],
    // 30 waiting, room for 10.
    ["two units are more than full", 230, 2, (230 * 20) / 30],
    ["there are no units", 40, 0, 40],
  ])("when %s", (_case, arrivals, units, missed) => {
    expect(missedFromEmpty(aProblem([arrivals]), arrivals, units)).toBeCloseTo(missed, 9);
  });

  it("is something at full units when requests come at random, and nothing with units to spare", () => {
    const random = aProblem([100], { queue: aQueue({ instants: "random" }) });
    expect(missedFromEmpty(random, 100, 1)).toBeGreaterThan(10);
    expect(missedFromEmpty(random, 100, 3)).toBe(0);
  });
});

describe("the units that a problem has a use for", () => {
  it.each([
    ["no requests", [0, 0], 1],
    ["what one unit does", [105, 20], 1],
    ["a request more", [106, 20], 2],
    ["a step amid others", [10, 210, 10], 2],
    ["more than the maximum does", [10, 900], 3],
  ])("for %s", (_case, arrivals, units) => expect(mostUnits(aProblem(arrivals))).toBe(units));

  it("are at least the minimum", () => expect(mostUnits(aProblem([1], { min: 2 }))).toBe(2));
});

describe("the table of misses", () => {
  it("holds every step, from the minimum to what is of use", () => {
    const misses = missesOf(aProblem([120, 0, 230, 120]));
    expect(misses.map((step) => step.length)).toEqual([3, 3, 3, 3]);
    const expected = [
      [90, 0, 0],
      [0, 0, 0],
      [(230 * 125) / 130, (230 * 20) / 30, 0],
      [90, 0, 0],
    ];
    for (const [step, row] of expected.entries()) {
      for (const [i, missed] of row.entries()) expect(misses[step]?.[i]).toBeCloseTo(missed, 9);
    }
  });

  it("never says more than the queue that runs on from step to step", () => {
    const plans = fc.array(fc.nat(3), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(problems(12), plans, (problem, units) => {
        const { arrivals, min } = problem;
        const plan = units.slice(0, arrivals.length).map((each) => Math.max(min, each));
        const misses = missesOf(problem);
        for (const [step, real] of missedInTurn(problem, plan).entries()) {
          const bounded = misses[step]?.[(plan[step] as number) - min] ?? 0;
          expect(bounded).toBeLessThanOrEqual(real + 1e-9);
        }
      }),
      { numRuns: 300 },
    );
  });
});

it("adds the requests up and leaves the wait that full service does not take", () => {
  expect(requestsOf({ arrivals: Uint32Array.of(3, 0, 4) })).toBe(7);
  expect(roomSeconds(aQueue({ objectiveSeconds: 2, fullServiceSeconds: 1.25 }))).toBe(0.75);
});
