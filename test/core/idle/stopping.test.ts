/** When idling stops and a start begins, for chances that are known. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type ColdStart, coldStartMinutes, worthOf } from "../../../lib/core/idle/stopping.ts";

/** Ten minutes to start; requests cost nothing to miss unless said. */
const aStart = (parts: Partial<ColdStart> = {}): ColdStart => ({
  leadMinutes: 10,
  noticeMinutes: 1,
  missedMinutes: 0,
  firstLoad: 1,
  laterLoad: 0,
  ...parts,
});
const HORIZON = 180;
const alike = (chance: number): Float64Array => new Float64Array(HORIZON).fill(chance);

/** For how many idle minutes a unit is kept; `horizon` where it is kept throughout. */
function stopsAfter(chances: Float64Array, beyond: number, cost: ColdStart): number {
  for (let idle = 0; idle < chances.length; idle++) {
    const { keep, release } = worthOf(chances.subarray(idle), beyond, cost);
    if (release < keep) return idle;
  }
  return chances.length;
}

it("a cold start costs the start and what comes until it is done and seen", () => {
  expect(coldStartMinutes(aStart())).toBe(10);
  // 3 in the first minute and 0.5 in each of the ten that follow, at 2 minutes each.
  expect(coldStartMinutes(aStart({ missedMinutes: 2, firstLoad: 3, laterLoad: 0.5 }))).toBe(10 + 2 * (3 + 5));
});

describe("requests by chance, alike at all times", () => {
  it.each([
    ["every 5 minutes are always worth idling for", 1 / 5, HORIZON],
    ["every 9 minutes too, when a start costs 10", 1 / 9, HORIZON],
    ["every 12 minutes never are", 1 / 12, 0],
    ["every 100 minutes never are", 1 / 100, 0],
  ])("%s", (_case, chance, minutes) => {
    expect(stopsAfter(alike(chance), chance, aStart())).toBe(minutes);
  });

  it("are worth idling for at a higher price of a miss", () => {
    expect(stopsAfter(alike(1 / 12), 1 / 12, aStart({ missedMinutes: 5 }))).toBe(HORIZON);
  });

  it("are never started for ahead when they are not worth idling for", () => {
    const { start, wait } = worthOf(alike(1 / 100), 1 / 100, aStart());
    expect(wait).toBeLessThan(start);
  });
});

describe("bursts with long pauses between them", () => {
  const chances = alike(1 / 400).fill(0.4, 0, 6);

  it("are idled through, and stopped after their own gaps", () => {
    expect(stopsAfter(chances, 1 / 400, aStart())).toBeGreaterThanOrEqual(4);
    expect(stopsAfter(chances, 1 / 400, aStart())).toBeLessThanOrEqual(6);
  });
});

describe("a job that comes in an hour", () => {
  const chances = new Float64Array(HORIZON);
  chances[59] = 0.99;
  const cost = aStart({ missedMinutes: 3 });
  const worthAt = (minute: number) => worthOf(chances.subarray(minute), 0.01, cost);

  it("is not idled for", () => {
    expect(stopsAfter(chances, 0.01, cost)).toBe(0);
  });

  it("is started for one lead time ahead, and not before", () => {
    const firstStart = Array.from({ length: 59 }, (_, minute) => minute).find((minute) => {
      const { start, wait } = worthAt(minute);
      return start < wait;
    });
    expect(firstStart).toBe(49);
  });

  it("is idled for once less is left than a start takes", () => {
    const { keep, release } = worthAt(52);
    expect(keep).toBeLessThan(release);
  });
});

describe("costs", () => {
  const anyChances = fc
    .array(fc.double({ min: 0, max: 0.995, noNaN: true }), { minLength: 1, maxLength: 180 })
    .map((values) => Float64Array.from(values));
  const anyCost = fc.record({
    leadMinutes: fc.double({ min: 0.5, max: 60, noNaN: true }),
    noticeMinutes: fc.constantFrom(0, 1, 2),
    missedMinutes: fc.double({ min: 0, max: 500, noNaN: true }),
    firstLoad: fc.double({ min: 0, max: 100, noNaN: true }),
    laterLoad: fc.double({ min: 0, max: 100, noNaN: true }),
  });
  const anyBeyond = fc.double({ min: 0, max: 1, noNaN: true });

  it("are finite, of at least nothing, and being without is never dearer than a cold start", () => {
    fc.assert(
      fc.property(anyChances, anyBeyond, anyCost, (chances, beyond, cost) => {
        const { keep, release, start, wait } = worthOf(chances, beyond, cost);
        for (const each of [keep, release, start, wait]) {
          expect(Number.isFinite(each)).toBe(true);
          expect(each).toBeGreaterThanOrEqual(0);
        }
        expect(release).toBeLessThanOrEqual(coldStartMinutes(cost) * (1 + 1e-9));
        expect(keep).toBeLessThanOrEqual((1 + coldStartMinutes(cost)) * (1 + 1e-9));
      }),
    );
  });

  it("a unit that is there is worth more than one that is to start: what is started is not released at once", () => {
    fc.assert(
      fc.property(anyChances, anyBeyond, anyCost, (chances, beyond, cost) => {
        const { keep, start } = worthOf(chances, beyond, cost);
        expect(keep).toBeLessThanOrEqual(start * (1 + 1e-9) + 1e-9);
      }),
    );
  });

  it("do not fall when misses become dearer", () => {
    fc.assert(
      fc.property(
        anyChances,
        anyBeyond,
        anyCost,
        fc.double({ min: 1, max: 10, noNaN: true }),
        (chances, beyond, cost, by) => {
          const dearer = { ...cost, missedMinutes: cost.missedMinutes * by };
          const before = worthOf(chances, beyond, cost);
          const after = worthOf(chances, beyond, dearer);
          expect(after.keep).toBeGreaterThanOrEqual(before.keep * (1 - 1e-9));
          expect(after.release).toBeGreaterThanOrEqual(before.release * (1 - 1e-9));
        },
      ),
    );
  });
});
