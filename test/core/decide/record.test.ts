/** A decision is a record: it can be stored, made again, and followed from the largest need to the outcome. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { decide } from "../../../lib/core/decide/decide.ts";
import { overridesInForce } from "../../../lib/core/promotion.ts";
import { decideIn, worlds } from "./arbitraries.ts";

const RUNS = { numRuns: 3_000 };

describe("a record", () => {
  const frozen = <T>(value: T): T => {
    if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
    return value;
  };
  const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

  it("decided again gives the same, after being stored as well, and nothing that was given is changed", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const first = decideIn(frozen(world));
        expect(decideIn(world)).toEqual(first);
        const { situation, memory } = throughJson({ situation: world.situation, memory: world.memory });
        expect(decide(world.policy, situation, memory)).toEqual(first);
        expect(throughJson(first)).toEqual(first);
      }),
      { numRuns: 1_000 },
    );
  });

  it("explains every step from the largest need to the outcome", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { needs, holds, bounds, from, desired, reason } = decideIn(world);
        const largest = Math.max(...needs.map(({ units }) => units));
        const wanted = largest > from ? Math.max(...needs.map(({ whenActing }) => whenActing)) : largest;
        let units = wanted;
        for (const hold of holds) {
          expect(hold.units).toBeGreaterThan(wanted);
          expect(hold.units).toBeLessThanOrEqual(from);
          units = Math.max(units, hold.units);
        }
        for (const bound of bounds) {
          expect(bound.from).toBe(units);
          expect(bound.to).not.toBe(units);
          units = bound.to;
        }
        expect(units).toBe(desired);
        expect(needs.every(({ units: now, whenActing }) => whenActing >= now)).toBe(true);
        expect(reason).toMatch(/^(Keep|Scale out|Scale in|Raise the floor|Lower the floor)/);
        expect(reason).not.toMatch(/NaN|undefined|null|nothing asks/);
      }),
      RUNS,
    );
  });

  it("shows exactly the overrides in force", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { now, overrides } = world.situation;
        expect(decideIn(world).overrides).toEqual(overridesInForce(overrides, now));
      }),
      { numRuns: 300 },
    );
  });
});
