/** The few recommendations that still matter. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { withRecommendation } from "../../../lib/core/decide/stabilization.ts";
import { minutes } from "../arrange.ts";

const WINDOW = minutes(10);

describe("recommendations of the window", () => {
  it.each([
    ["begin with the first", [], 4, 100, [[100, 4]]],
    [
      "keep a larger older one",
      [[40, 6]],
      4,
      100,
      [
        [40, 6],
        [100, 4],
      ],
    ],
    [
      "drop an older one that is no larger",
      [
        [40, 4],
        [60, 3],
      ],
      4,
      100,
      [[100, 4]],
    ],
    ["drop one as old as the window", [[100, 6]], 4, 100 + WINDOW, [[100 + WINDOW, 4]]],
    [
      "keep one a second younger",
      [[101, 6]],
      4,
      100 + WINDOW,
      [
        [101, 6],
        [100 + WINDOW, 4],
      ],
    ],
    [
      "take one from the future for made now",
      [[500, 6]],
      4,
      100,
      [
        [100, 6],
        [100, 4],
      ],
    ],
  ])("%s", (_case, kept, units, now, expected) => {
    const pairs = (list: readonly (readonly number[])[]) =>
      list.map(([at = 0, of = 0]) => ({ at, units: of }));
    expect(withRecommendation(pairs(kept), units, now, WINDOW)).toEqual(pairs(expected));
  });

  it("have the window's largest first, as a plain search through all of them finds it", () => {
    const step = fc.record({ after: fc.integer({ min: 0, max: 200 }), units: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        let kept: readonly { readonly at: number; readonly units: number }[] = [];
        const all: { readonly at: number; readonly units: number }[] = [];
        let now = 0;
        for (const { after, units } of steps) {
          now += after;
          all.push({ at: now, units });
          kept = withRecommendation(kept, units, now, WINDOW);
          const largest = Math.max(...all.filter(({ at }) => now - at < WINDOW).map((each) => each.units));
          expect(kept[0]?.units).toBe(largest);
        }
      }),
      { numRuns: 500 },
    );
  });
});
