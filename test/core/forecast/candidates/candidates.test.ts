/** What holds for every candidate, whatever the past. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { DayTable } from "../../../../lib/core/forecast/calendar.ts";
import { level } from "../../../../lib/core/forecast/candidates/level.ts";
import { DEFAULT_CANDIDATES } from "../../../../lib/core/forecast/ensemble.ts";
import { anyTable, NONE } from "../arrangeTable.ts";

const withFuture = (table: DayTable, origin: number, future: readonly number[]): DayTable => ({
  ...table,
  mean: table.mean.map((root, cell) => (cell < origin ? root : (future[cell % future.length] as number))),
});

const futures = fc.array(fc.constantFrom(0, 1, 7e3, NONE), { minLength: 1, maxLength: 50 });

const CANDIDATES = [...DEFAULT_CANDIDATES, level];

it("names are told apart: weights are stored under them", () => {
  const names = CANDIDATES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(CANDIDATES)("$name", ({ path }) => {
  it("looks at nothing from the origin on", () => {
    fc.assert(
      fc.property(anyTable, fc.double({ min: 0, max: 1, noNaN: true }), futures, (table, share, future) => {
        const origin = Math.round(share * table.mean.length);
        const count = table.mean.length - origin + 30;
        const known = path(table, origin, count);
        expect(path(withFuture(table, origin, future), origin, count)).toEqual(known);
        expect(known).toHaveLength(count);
      }),
      { numRuns: 100 },
    );
  });

  it("is never negative nor endless, and says something of each time of day that was ever known", () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        const origin = table.mean.length;
        const isKnown = (slot: number): boolean =>
          table.mean.some((root, cell) => cell % 24 === slot && !Number.isNaN(root));
        for (const [i, root] of path(table, origin, 48).entries()) {
          expect(root < 0 || root > 1e6).toBe(false);
          if (isKnown(i % 24)) expect(root).not.toBeNaN();
        }
      }),
      { numRuns: 100 },
    );
  });

  it("says the same each time, and of an hour the same however far it is asked to go", () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        const origin = table.mean.length;
        const far = path(table, origin, 100);
        expect([...path(table, origin, 30)]).toEqual([...far.subarray(0, 30)]);
      }),
      { numRuns: 30 },
    );
  });
});
