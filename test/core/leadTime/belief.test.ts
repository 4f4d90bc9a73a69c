/** How soon measurements outweigh the policy. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { beliefIn } from "../../../lib/core/leadTime/belief.ts";
import { repeat } from "../arrange.ts";

const policy = { expectedSeconds: 300, worstSeconds: 600 };
const right = (...seconds: readonly number[]): number => beliefIn(policy, seconds).right;

describe("the belief in a policy of 5 min", () => {
  it.each([
    [0, 1],
    [1, 0.84],
    [2, 0.54],
    [3, 0.19],
    [4, 0.04],
  ])("after %d starts of 10 min is %d, as is after starts of half as long", (count, expected) => {
    expect(right(...repeat(count, 600))).toBeCloseTo(expected, 2);
    expect(right(...repeat(count, 150))).toBeCloseTo(expected, 2);
  });

  it("does not fall while starts agree with it", () => {
    for (const count of [1, 4, 24]) expect(right(...repeat(count, 300))).toBeCloseTo(0.95, 10);
  });

  it("falls more slowly where starts scatter", () => {
    expect(right(300, 600, 1_200, 600)).toBeGreaterThan(3 * right(600, 600, 600, 600));
  });

  it("is hardly moved by one start among those that agree", () => {
    expect(right(300, 310, 290, 305, 20_000)).toBeGreaterThan(0.9);
    expect(beliefIn(policy, [600, 600, 600, 600, 20_000]).factor).toBe(2);
  });

  it("of a start or two is that they are no further off than its worst", () => {
    expect(beliefIn(policy, [20_000]).factor).toBeCloseTo(2, 10);
    expect(beliefIn(policy, [10, 10]).factor).toBeCloseTo(1 / 2, 10);
  });

  it("stands where its worst is its expected lead time, for starts that are as near as looking tells", () => {
    expect(beliefIn({ expectedSeconds: 300, worstSeconds: 300 }, [305, 299, 302]).right).toBeGreaterThan(0.9);
  });

  it("is a probability, whatever was measured", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 24 }), (seconds) => {
        const { right: belief, factor } = beliefIn(policy, seconds);
        expect(belief).toBeGreaterThanOrEqual(0);
        expect(belief).toBeLessThanOrEqual(1);
        expect(factor).toBeGreaterThan(0);
      }),
    );
  });
});
