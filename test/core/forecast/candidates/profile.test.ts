import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { profileOf, smoothed, withoutHoles } from "../../../../lib/core/forecast/candidates/profile.ts";
import { NONE, tableOf } from "../arrangeTable.ts";

const alike = (): number => 1;

describe("the profile of past days", () => {
  const table = tableOf([
    [8, NONE],
    [2, 6],
    [99, 99],
  ]);

  it("is their mean, weighing half after each half-life", () => {
    const [night] = profileOf(table, 2, 4, { halfLifeDays: 1, likeness: alike });
    expect(night).toBeCloseTo((0.5 * 8 + 2) / 1.5);
  });

  it("takes each slot from the days that know it", () => {
    expect(profileOf(table, 2, 4, { halfLifeDays: 1, likeness: alike })[1]).toBe(6);
  });

  it("weighs days by how alike their kinds are", () => {
    const likeness = (kind: number, other: number): number => (other === kind + 2 ? 1 : 0.25);
    const table = tableOf([[9], [3]], { firstDay: 0, kindOf: (day) => [2, 1, 0][day] as number });
    const [root] = profileOf(table, 2, 2, { halfLifeDays: Number.POSITIVE_INFINITY, likeness });
    expect(root).toBeCloseTo((9 + 0.25 * 3) / 1.25);
  });

  it("looks at a day that has begun as far as the origin, and no further", () => {
    const options = { halfLifeDays: Number.POSITIVE_INFINITY, likeness: alike };
    expect([...profileOf(table, 1, 3, options)]).toEqual([5, 5]);
    expect([...profileOf(table, 0, 0, options)]).toEqual([NONE, NONE]);
  });

  it("is smoothed to both sides alike, over less than an hour, and keeps what it holds", () => {
    const slots = Array.from({ length: 288 }, (_, slot) => (slot === 144 ? 4 : 0));
    const profile = profileOf(tableOf([slots]), 1, 288, { halfLifeDays: 1, likeness: alike });
    const around = [...profile.subarray(144 - 6, 144 + 7)];
    expect(around).toEqual(around.toReversed());
    expect(profile[144]).toBeGreaterThan(profile[143] as number);
    expect(profile[143]).toBeGreaterThan(0);
    expect(around.reduce((sum, each) => sum + each, 0)).toBeCloseTo(4);
  });
});

describe("smoothing", () => {
  it.each([
    ["spreads a peak to both sides", [0, 0, 4, 0, 0], 3, [0, 1, 2, 1, 0]],
    ["goes around midnight", [4, 0, 0, 0], 3, [2, 1, 0, 1]],
    ["leaves slots alone that are as long as the window", [1, 5, 2], 1, [1, 5, 2]],
    ["leaves slots alone that are longer", [1, 5, 2], 0.25, [1, 5, 2]],
  ])("%s", (_what, profile, slots, expected) => {
    expect([...smoothed(Float64Array.from(profile), slots)]).toEqual(expected);
  });

  it("keeps the mean of the day, and stays within its lowest and highest", () => {
    const day = fc.array(fc.double({ min: 0, max: 1e3, noNaN: true }), { minLength: 24, maxLength: 96 });
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 15 }), (profile, slots) => {
        const smooth = [...smoothed(Float64Array.from(profile), slots)];
        const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
        expect(sum(smooth)).toBeCloseTo(sum(profile), 6);
        expect(Math.max(...smooth)).toBeLessThanOrEqual(Math.max(...profile) + 1e-9);
        expect(Math.min(...smooth)).toBeGreaterThanOrEqual(Math.min(...profile) - 1e-9);
      }),
    );
  });
});

describe("a hole of the day", () => {
  it.each([
    ["is as the nearest known slot, the earlier of two", [NONE, 1, NONE, NONE, 4, NONE], [1, 1, 1, 4, 4, 4]],
    ["between two alike", [1, NONE, 2], [1, 1, 2]],
    ["stays where nothing is known", [NONE, NONE], [NONE, NONE]],
  ])("%s", (_what, profile, expected) => {
    expect([...withoutHoles(Float64Array.from(profile))]).toEqual(expected);
  });
});
