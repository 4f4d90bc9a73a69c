/** How large errors usually are: by time of day, and as other days tell it. */
import { describe, expect, it } from "@jest/globals";
import { DAY_PARTS, sizesByTime } from "../../../../lib/core/forecast/conditional/sizes.ts";

/** One error in the middle of each half hour; alternately above and below, so that the median error is about 0. */
function errorsOf(days: number, size: (day: number, part: number) => number) {
  const errors: number[] = [];
  const minuteOfDay: number[] = [];
  const day: number[] = [];
  for (let d = 0; d < days; d++) {
    for (let part = 0; part < DAY_PARTS; part++) {
      errors.push((part % 2 === 0 ? 1 : -1) * size(d, part));
      minuteOfDay.push(30 * part + 15);
      day.push(d);
    }
  }
  return sizesByTime(Float64Array.from([...errors, 0]), [...minuteOfDay, 735], [...day, days - 1]);
}

describe("the size of errors", () => {
  it("is their mean distance from the middle error where all times err alike", () => {
    const { byPart } = errorsOf(5, () => 2);
    expect(byPart[3]).toBeCloseTo(2, 1);
    expect(byPart).toHaveLength(DAY_PARTS);
  });

  it("does not count what all errors share: that is for the response", () => {
    const shared = sizesByTime(
      new Float64Array(100).fill(7),
      new Array(100).fill(60),
      new Array(100).fill(0),
    );
    expect(shared.byPart[2]).toBeLessThan(0.1);
  });

  it("is larger where errors are, also half an hour beside, and drawn to the size of the day", () => {
    const { byPart } = errorsOf(5, (_, part) => (part >= 24 && part < 28 ? 9 : 1));
    const [noon, beside, night] = [25, 23, 4].map((part) => byPart[part] as number) as [
      number,
      number,
      number,
    ];
    expect(noon).toBeGreaterThan(5);
    expect(noon).toBeLessThan(9);
    expect(beside).toBeLessThan(noon);
    expect(beside).toBeGreaterThan(night);
    expect(night).toBeGreaterThan(1);
  });

  it("goes around midnight", () => {
    const { byPart } = errorsOf(5, (_, part) => (part === DAY_PARTS - 1 ? 9 : 1));
    expect(byPart[0]).toBeGreaterThan(2);
  });

  it("is told of each day by the other days", () => {
    const { withoutOwnDay } = errorsOf(3, (day) => (day === 1 ? 9 : 1));
    expect(withoutOwnDay[DAY_PARTS + 5]).toBeCloseTo(1, 1);
    expect(withoutOwnDay[5]).toBeCloseTo(5, 1);
  });

  it("is told of a single day by itself", () => {
    const { byPart, withoutOwnDay } = errorsOf(1, () => 2);
    expect(withoutOwnDay[10]).toBe(byPart[10]);
  });

  it("is never nothing", () => {
    const { byPart, withoutOwnDay } = errorsOf(3, () => 0);
    expect(Math.min(...byPart, ...withoutOwnDay)).toBeGreaterThan(0);
  });
});
