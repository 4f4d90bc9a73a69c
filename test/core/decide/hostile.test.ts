/** Nothing that is observed makes a decision fail or the memory grow. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { decide } from "../../../lib/core/decide/decide.ts";
import { STARTS_KEPT } from "../../../lib/core/leadTime/measuredStart.ts";
import { EMPTY_MEMORY } from "../../../lib/core/memory.ts";
import { aSituation, loadOf, NOW } from "../arrange.ts";
import { memoriesAt, policies, situationsAt } from "./arbitraries.ts";

const RUNS = { numRuns: 3_000 };

it("the memory stays small over ten thousand steps of any length, backwards too", () => {
  const steps = fc.array(
    fc.record({
      seconds: fc.integer({ min: -600, max: 900 }),
      load: fc.nat(5_000),
      desired: fc.nat(20),
      ready: fc.nat(20),
    }),
    { minLength: 10_000, maxLength: 10_000, size: "max" },
  );
  fc.assert(
    fc.property(policies, steps, (policy, all) => {
      let memory = EMPTY_MEMORY;
      let now = NOW;
      let largest = 0;
      for (const { seconds, load, desired, ready } of all) {
        now += seconds;
        const { capacity, ...situation } = aSituation({ now, load: loadOf([load], now) });
        ({ memory } = decide(policy, { ...situation, capacity: { ...capacity, desired, ready } }, memory));
        largest = Math.max(largest, JSON.stringify(memory).length);
      }
      expect(memory.starts.length).toBeLessThanOrEqual(STARTS_KEPT);
      expect(largest).toBeLessThan(4_000);
    }),
    { numRuns: 2 },
  );
});

describe("a hostile situation", () => {
  const extreme = fc.constantFrom(
    0,
    1e-300,
    0.5,
    1,
    1e9,
    1e300,
    Number.MAX_VALUE,
    Number.POSITIVE_INFINITY,
    Number.NaN,
    -1,
  );
  const few = fc.array(extreme, { maxLength: 5 });
  const view = fc.record({
    kind: fc.constant("known" as const),
    model: fc.constant("another"),
    madeAt: fc.constant(NOW),
    slotSeconds: fc.constantFrom(300, 60),
    start: fc.integer({ min: NOW - 7_200, max: NOW + 7_200 }),
    median: few,
    scale: few,
    naive: few,
    minuteOfHour: few,
    bands: fc.record({
      leadsSeconds: fc.constantFrom([], [300], [300, 86_400]),
      levels: fc.constantFrom([], [0.5], [0.5, 0.9]),
      quantiles: fc.array(few, { maxLength: 2 }),
    }),
    historyEnd: fc.constantFrom(Number.NaN, 0, NOW - 7_200, NOW),
    errors: fc.record({
      horizonsSeconds: fc.constantFrom([], [300], [300, 600]),
      levels: fc.constantFrom([], [0.5], [0.5, 0.9]),
      response: fc.array(few, { maxLength: 3 }),
      spread: fc.array(few, { maxLength: 3 }),
      size: fc.array(few, { maxLength: 3 }),
      quantiles: fc.array(few, { maxLength: 3 }),
    }),
  });

  it("never throws, and comes to a whole number of units", () => {
    const hostile = fc.record({
      policy: policies,
      perUnit: fc.constantFrom(1e-300, 1e-9, 1, 1e300),
      situation: situationsAt(NOW),
      values: few,
      forecast: view,
      memory: memoriesAt(NOW),
    });
    fc.assert(
      fc.property(hostile, ({ policy, perUnit, situation, values, forecast, memory }) => {
        const load = { metric: "invocations", statistic: "sum", perUnit } as const;
        const metrics = situation.metrics.map((each) => ({ ...each, values }));
        const observed = { ...situation, forecast, metrics, load: { ...loadOf(1), values } };
        const { desired, memory: next } = decide({ ...policy, load }, observed, memory);
        expect(Number.isSafeInteger(desired)).toBe(true);
        expect(desired).toBeGreaterThanOrEqual(0);
        expect(JSON.parse(JSON.stringify(next))).toEqual(next);
      }),
      RUNS,
    );
  });

  it("survives times that fall, from one wake-up to the next", () => {
    const steps = fc.array(fc.record({ back: fc.nat(100_000), desired: fc.nat(9), ready: fc.nat(9) }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(policies, steps, (policy, all) => {
        let memory = EMPTY_MEMORY;
        let now = NOW;
        for (const { back, desired, ready } of all) {
          now -= back;
          const situation = aSituation({ now });
          const capacity = { ...situation.capacity, desired, ready };
          const decision = decide(policy, { ...situation, capacity }, memory);
          expect(Number.isSafeInteger(decision.desired)).toBe(true);
          ({ memory } = decision);
          const times = [
            memory.readySince,
            memory.lastOutAt,
            memory.lastInAt,
            memory.starting?.at,
            memory.seen?.at,
          ];
          expect(Math.max(...times.map((at) => at ?? 0))).toBeLessThanOrEqual(now);
          expect(memory.starts.every(({ seconds }) => seconds > 0)).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
