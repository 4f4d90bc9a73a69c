/** How stated and measured lead times are weighed. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { LEAD_TIMES_KEPT, leadTimeQuantile } from "../../lib/core/leadTime.ts";

const stated = { expectedSeconds: 300, worstSeconds: 750 };

describe("the lead time", () => {
  it.each([
    [0.5, 300],
    [0.725, 525],
    [0.95, 750],
    [0.99, 750],
    [0.1, 300],
  ])("with nothing measured is the policy's: at level %d it is %d s", (level, seconds) => {
    expect(leadTimeQuantile(stated, [], level)).toBe(seconds);
  });

  it("leans on the policy until a dozen starts were measured", () => {
    const measured = (count: number): number[] => new Array<number>(count).fill(600);
    expect(leadTimeQuantile(stated, measured(3), 0.5)).toBe(300 + (600 - 300) / 4);
    expect(leadTimeQuantile(stated, measured(6), 0.5)).toBe((600 + 300) / 2);
    expect(leadTimeQuantile(stated, measured(12), 0.5)).toBe(600);
  });

  it("does not let one start that was stuck for hours decide", () => {
    const measured = [...new Array<number>(11).fill(400), 7_200];
    expect(leadTimeQuantile(stated, measured, 0.95)).toBe(2 * 750);
  });

  it("does not depend on the order of the measurements, and does not sort the caller's", () => {
    const measured = [500, 100, 300];
    expect(leadTimeQuantile(stated, measured, 0.9)).toBe(leadTimeQuantile(stated, [100, 300, 500], 0.9));
    expect(measured).toEqual([500, 100, 300]);
  });

  it("is what was measured when enough was", () => {
    const measured = new Array<number>(LEAD_TIMES_KEPT).fill(1_000);
    expect(leadTimeQuantile(stated, measured, 0.95)).toBe(1_000);
  });

  it("rises with the level and lies between the smallest and the largest of all that is known", () => {
    const level = fc.double({ min: 0, max: 1, noNaN: true });
    const measurements = fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: LEAD_TIMES_KEPT });
    fc.assert(
      fc.property(measurements, level, level, (measured, a, b) => {
        const low = leadTimeQuantile(stated, measured, Math.min(a, b));
        const high = leadTimeQuantile(stated, measured, Math.max(a, b));
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(Math.min(300, ...measured));
        expect(high).toBeLessThanOrEqual(Math.max(750, ...measured));
      }),
    );
  });
});
