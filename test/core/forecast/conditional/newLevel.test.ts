import { describe, expect, it } from "@jest/globals";
import { momentOf } from "../../../../lib/core/forecast/conditional/moment.ts";
import { newLevelOf } from "../../../../lib/core/forecast/conditional/newLevel.ts";
import { repeat } from "../../arrange.ts";

/** The hour before, when 400 were forecast: `last` in its last minutes, 400 before. */
const ending = (...last: readonly number[]) => {
  const moment = momentOf([...repeat(60 - last.length, 400), ...last], repeat(60, 400));
  if (moment === null) throw new Error("no moment");
  return moment;
};
const doubled = (minutes: number) => ending(...repeat(minutes, 800));
const OFF = Math.sqrt(800) - 20;

describe("a new level", () => {
  it("is believed once the last quarter of an hour is a quarter beyond the largest error", () => {
    expect(newLevelOf(doubled(15), 1, OFF / 1.25)).toEqual({
      belief: expect.closeTo(1),
      deviation: expect.closeTo(OFF),
      widening: expect.closeTo(Math.SQRT2 - 1),
    });
  });

  it.each([
    ["not within the largest error", 1.01 * OFF, 0],
    ["half where it is an eighth beyond", OFF / 1.125, 0.5],
    ["wholly where it is far beyond", OFF / 10, 1],
    ["not against errors of nothing", 0, 0],
  ])("is believed %s", (_how, largest, belief) => {
    expect(newLevelOf(doubled(60), 1, largest).belief).toBeCloseTo(belief);
  });

  it.each([
    ["a burst of two minutes", doubled(2), 1.5],
    ["a burst of five minutes", doubled(5), 1.5],
    ["a burst that has passed", ending(...repeat(10, 900), ...repeat(5, 400)), 1],
    ["a load below its path", ending(...repeat(15, 100)), 1],
  ])("is not %s", (_what, moment, largest) => {
    expect(newLevelOf(moment, 1, largest + 2).belief).toBe(0);
  });

  it("is told from five minutes and a quarter of an hour: the last two minutes alone say neither yes nor no", () => {
    const five = [800, 800, 800, 800, 800];
    const uneven = [1_000, 1_000, 1_000, 500, 500];
    const quarter = repeat(10, 800);
    const [even, other] = [ending(...quarter, ...five), ending(...quarter, ...uneven)];
    expect(other.deviations[0]).toBeLessThan((even.deviations[0] as number) - 5);
    expect(newLevelOf(other, 1, OFF / 1.1)).toEqual(newLevelOf(even, 1, OFF / 1.1));
    expect(newLevelOf(even, 1, OFF / 1.1).belief).toBeCloseTo(0.4);
  });

  it("goes on in proportion to the path, and is held against the error as it will be", () => {
    expect(newLevelOf(doubled(30), 2, 100).deviation).toBeCloseTo(2 * OFF);
    expect(newLevelOf(doubled(30), 0.3, OFF / 2).belief).toBe(0);
  });

  it("does not widen errors without end", () => {
    expect(newLevelOf(ending(...repeat(60, 1e9)), 1, 1).widening).toBe(2);
  });
});
