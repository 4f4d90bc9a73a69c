/** What units cost: from asking to release, whether they serve or not. Unit-seconds are counted by hand. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { aFleet, during, letPass } from "./arrange.ts";

it("a unit is billed from asking for it, not from its being ready", () => {
  const fleet = aFleet({ leadTimes: [300, 100] });
  letPass(fleet, 0, 100);
  expect(fleet.unitSeconds).toBe(4 * 100);
  fleet.ask(6, 100);
  letPass(fleet, 100, 1_000);
  expect(fleet.unitSeconds).toBe(4 * 100 + 6 * 900);
});

it("and until it is released", () => {
  const fleet = aFleet();
  letPass(fleet, 0, 200);
  fleet.ask(1, 200);
  letPass(fleet, 200, 500);
  expect(fleet.unitSeconds).toBe(4 * 200 + 1 * 300);
});

it("a start that is cancelled is billed until then", () => {
  const fleet = aFleet({ platform: "nodegroup", leadTimes: [300, 300] });
  fleet.ask(6, 0);
  letPass(fleet, 0, 60);
  fleet.ask(4, 60);
  letPass(fleet, 60, 360);
  expect(fleet.unitSeconds).toBe(6 * 60 + 4 * 300);
});

it("a unit that fails to start is billed until it has failed, and so are those that are cancelled with it", () => {
  const fleet = aFleet({ leadTimes: [200, 100, 300], faults: during(0, 10, "failed start") });
  fleet.ask(7, 0);
  letPass(fleet, 0, 500);
  expect(fleet.ready).toBe(5);
  expect(fleet.unitSeconds).toBe(7 * 200 + 5 * 300);
});

it("a unit that fails late, after half an hour, was there too", () => {
  const fleet = aFleet({ leadTimes: [2_400], faults: during(0, 10, "failed start") });
  fleet.ask(5, 0);
  letPass(fleet, 0, 2_400);
  expect(fleet.unitSeconds).toBe(5 * 2_400);
});

it("a unit for which there is no capacity is not billed", () => {
  const fleet = aFleet({ faults: during(0, 10, "no capacity") });
  fleet.ask(9, 0);
  letPass(fleet, 0, 3_600);
  expect(fleet.unitSeconds).toBe(4 * 3_600);
});

describe("whatever is asked", () => {
  const asks = fc.array(
    fc.record({ steps: fc.integer({ min: 0, max: 60 }), units: fc.integer({ min: 0, max: 12 }) }),
    {
      minLength: 1,
      maxLength: 30,
    },
  );
  const platform = fc.constantFrom("sagemaker" as const, "nodegroup" as const);
  const faults = fc.constantFrom([], during(600, 4_000, "no capacity"), during(600, 4_000, "failed start"));

  it("desired units are those ready and those starting, and the bill is their sum over time where none is wanting", () => {
    fc.assert(
      fc.property(
        platform,
        faults,
        asks,
        fc.infiniteStream(fc.integer({ min: 0, max: 900 })),
        (on, out, played, draws) => {
          const fleet = aFleet({ platform: on, faults: out, leadTimes: [...draws.take(400)] });
          let now = 0;
          let sum = 0;
          for (const { steps, units } of played) {
            fleet.ask(units, now);
            for (let step = 0; step < steps; step++) {
              sum += 10 * fleet.asked;
              now += 10;
              fleet.advance(now, 10);
              const { desired, ready, problem } = fleet.state(now);
              expect(ready).toBeGreaterThanOrEqual(0);
              expect(ready).toBeLessThanOrEqual(desired);
              if (out.length === 0) expect(problem).toBeNull();
            }
          }
          if (out[0]?.kind === "no capacity") expect(fleet.unitSeconds).toBeLessThanOrEqual(sum);
          else expect(fleet.unitSeconds).toBe(sum);
        },
      ),
    );
  });

  it("everything asked for is ready, and nothing is locked, an hour later", () => {
    fc.assert(
      fc.property(
        platform,
        faults,
        asks,
        fc.infiniteStream(fc.integer({ min: 0, max: 900 })),
        (on, out, played, draws) => {
          const fleet = aFleet({ platform: on, faults: out, leadTimes: [...draws.take(400)] });
          let now = 0;
          for (const { steps, units } of played) {
            fleet.ask(units, now);
            letPass(fleet, now, now + 10 * steps);
            now += 10 * steps;
          }
          letPass(fleet, now, now + 3_600);
          const { desired, ready, locked } = fleet.state(now + 3_600);
          expect(ready).toBe(desired);
          expect(locked).toBeNull();
        },
      ),
    );
  });
});
