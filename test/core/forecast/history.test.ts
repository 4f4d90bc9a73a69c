import { describe, expect, it } from "@jest/globals";
import { historyOf, missingShare } from "../../../lib/core/forecast/history.ts";
import { repeat } from "../arrange.ts";
import { MONDAY } from "./arrangeHistory.ts";

const past = (values: readonly (number | null)[], start = MONDAY, stepSeconds = 60) =>
  historyOf({ start, stepSeconds, values }, []);

describe("a slot of history", () => {
  it.each<[string, readonly (number | null)[], number, number]>([
    ["holds the mean and the highest minute", [1, 2, 3, 4, 10], 4, 10],
    ["leaves missing minutes out", [6, null, 3, null, 3], 4, 6],
    ["is missing with less than half of its minutes", [6, null, null, null, 3], Number.NaN, Number.NaN],
    [
      "takes NaN, negative and infinite values for missing",
      [5, Number.NaN, -1, 5, Number.POSITIVE_INFINITY],
      Number.NaN,
      Number.NaN,
    ],
    ["can be zero", [0, 0, 0, 0, 0], 0, 0],
  ])("%s", (_case, values, mean, peak) => {
    const { mean: means, peak: peaks } = past(values);
    expect([...means]).toEqual([mean]);
    expect([...peaks]).toEqual([peak]);
  });

  it("has no peak where the source keeps coarser steps", () => {
    const { mean, peak } = past([7, 9], MONDAY, 300);
    expect([...mean]).toEqual([7, 9]);
    expect([...peak]).toEqual([Number.NaN, Number.NaN]);
  });

  it("begins on the grid even when the samples do not", () => {
    const history = past(repeat(5, 4), MONDAY + 120);
    expect(history.start).toBe(MONDAY);
    expect([...history.mean]).toEqual([4, Number.NaN]);
  });
});

describe.each([60, 300, 600, 900, 1_800, 3_600])("slots of %i s", (slotSeconds) => {
  const perSlot = slotSeconds / 60;
  const start = MONDAY + 7 * slotSeconds;
  const of = (values: readonly (number | null)[], masked: Parameters<typeof historyOf>[1] = []) =>
    historyOf({ start, stepSeconds: 60, values }, masked, slotSeconds);

  it("hold the mean and the highest of their minutes, and the minutes themselves", () => {
    const values = Array.from({ length: 3 * perSlot }, (_, minute) => minute);
    const { mean, peak, minutes, ...rest } = of(values);
    expect(rest).toEqual({ start, slotSeconds });
    expect([...mean]).toEqual([0, 1, 2].map((slot) => slot * perSlot + (perSlot - 1) / 2));
    expect([...peak]).toEqual([1, 2, 3].map((slot) => slot * perSlot - 1));
    expect([...minutes]).toEqual(values);
  });

  it("need half of their minutes, and leave the others missing", () => {
    const half = Math.ceil(perSlot / 2);
    const values = (known: number) => Array.from({ length: perSlot }, (_, i) => (i < known ? 6 : null));
    const { mean, peak, minutes } = of([...values(half), ...values(half - 1)]);
    expect([...mean]).toEqual([6, Number.NaN]);
    expect([...peak]).toEqual([6, Number.NaN]);
    expect(minutes.filter((load) => load === 6)).toHaveLength(2 * half - 1);
  });

  it("leave a masked window out, slot and minutes", () => {
    const window = { start: start + 2 * slotSeconds - 1, end: start + 2 * slotSeconds + 1 };
    const { mean, minutes } = of(repeat(4 * perSlot, 5), [window]);
    expect([...mean]).toEqual([5, Number.NaN, Number.NaN, 5]);
    expect(minutes.findIndex(Number.isNaN)).toBe(perSlot);
    expect(minutes.filter(Number.isNaN)).toHaveLength(2 * perSlot);
  });

  it("keep each minute in its place when the samples begin within a slot", () => {
    const late = historyOf(
      { start: start + slotSeconds - 60, stepSeconds: 60, values: [7, 8] },
      [],
      slotSeconds,
    );
    expect(late.start).toBe(start);
    expect([...late.minutes].slice(perSlot - 1, perSlot + 1)).toEqual([7, 8]);
    expect(late.minutes).toHaveLength(2 * perSlot);
  });
});

it("minutes are not known where the source keeps coarser steps", () => {
  const { minutes } = past([7, 9], MONDAY, 300);
  expect(minutes).toHaveLength(10);
  expect([...minutes].every(Number.isNaN)).toBe(true);
});

describe("a masked window", () => {
  it.each([
    ["inside a slot", 60, 120, [false, true, false]],
    ["exactly one slot", 0, 300, [false, true, false]],
    ["across two", 240, 360, [false, true, true]],
    ["before the history", -9_000, -8_000, [false, false, false]],
  ])("%s leaves every slot out that it touches", (_case, from, to, missing) => {
    const start = MONDAY;
    const window = { start: start + 300 + from, end: start + 300 + to };
    const { mean } = historyOf({ start, stepSeconds: 60, values: repeat(15, 5) }, [window]);
    expect([...mean].map(Number.isNaN)).toEqual(missing);
  });
});

it("an empty history is all missing", () => {
  const history = past([]);
  expect(history.mean).toHaveLength(0);
  expect(missingShare(history)).toBe(1);
});
