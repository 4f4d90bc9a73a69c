import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { staticPeak, staticPeakUnits } from "../../../lib/sim/peers/staticPeak.ts";
import { NOW, seen, steady } from "./arrange.ts";

const capacity = { min: 2, max: 10 };
const sized = (perMinute: readonly number[]): number =>
  staticPeakUnits({ perMinute: Float64Array.from(perMinute), perUnit: 100, capacity });

describe("staticPeakUnits", () => {
  it.each([
    ["the highest minute, rounded up", [100, 401, 300], 5],
    ["exactly full units", [400], 4],
    ["not below the minimum", [10], 2],
    ["no traffic at all", [0, 0], 2],
    ["not above the maximum", [5000], 10],
    ["no history", [], 10],
    ["a history of which nothing is known", [Number.NaN, Number.NaN], 10],
    ["missing minutes are passed over", [Number.NaN, 310, Number.NaN, 200, Number.NaN], 4],
  ])("%s", (_, perMinute, units) => {
    expect(sized(perMinute)).toBe(units);
  });

  it("carries every minute of the history, unless the maximum keeps it from that", () => {
    const minute = fc.oneof(fc.integer({ min: 0, max: 1500 }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.array(minute), (perMinute) => {
        const units = sized(perMinute);
        const isCarried = (load: number): boolean => Number.isNaN(load) || load <= 100 * units;
        expect(units === capacity.max || perMinute.every(isCarried)).toBe(true);
        expect(units).toBeGreaterThanOrEqual(capacity.min);
      }),
    );
  });
});

describe("staticPeak", () => {
  it.each([
    ["below", { desired: 3 }],
    ["above", { desired: 9 }],
    ["locked", { desired: 3, locked: true }],
    ["there already", { desired: 7 }],
  ])("wants the same units: %s", (_, change) => {
    const peer = staticPeak({ units: 7 });
    const answer = peer.step(peer.initial, seen(steady(500), change), NOW);
    expect(answer.desired).toBe(7);
    expect(answer.reason).toBe("Always 7 units");
  });
});
