import { describe, expect, it } from "@jest/globals";
import { scaleOf } from "../../../lib/core/forecast/scale.ts";
import { NONE } from "./arrangeTable.ts";

/** Hours of one day; a scale pools each with the hour before and the one after. */
const day = (of: (hour: number) => number): number[] => Array.from({ length: 24 }, (_, hour) => of(hour));
const scale = (...days: readonly (readonly number[])[]): Float64Array =>
  scaleOf(Float64Array.from(days.flat()), 24, 3_600);

describe("the scale of errors", () => {
  it("is their mean where all times of day err alike", () => {
    expect([...scale(day(() => 2))]).toEqual(day(() => 2));
    expect([
      ...scale(
        day(() => 1),
        day(() => 3),
      ),
    ]).toEqual(day(() => 2));
  });

  it("is pooled with the slots beside it, and drawn to the mean of the day by two fifths", () => {
    // Three hours at noon err by 8, so the mean of the day is 1.
    const shown = scale(day((hour) => (hour >= 11 && hour <= 13 ? 8 : 0)));
    expect(shown[12]).toBeCloseTo(0.6 * 8 + 0.4);
    expect(shown[10]).toBeCloseTo(0.6 * (8 / 3) + 0.4);
    expect(shown[3]).toBeCloseTo(0.4);
  });

  it("goes around midnight", () => {
    const shown = scale(day((hour) => (hour === 23 ? 12 : 0)));
    expect(shown[0]).toBeCloseTo(0.6 * 4 + 0.4 * 0.5);
  });

  it("leaves missing errors out, and has the day's mean for hours that were never seen", () => {
    const shown = scale(
      day((hour) => (hour < 12 ? 2 : NONE)),
      day(() => NONE),
    );
    expect(shown[18]).toBeCloseTo(2);
  });

  it("is never nothing: a past without errors does not make the next day certain", () => {
    expect(Math.min(...scale(day(() => 0)))).toBeGreaterThan(0);
    expect(Math.min(...scale(day(() => NONE)))).toBeGreaterThan(0);
  });

  it("pools an hour and a quarter each side whatever the slot", () => {
    const slots = Float64Array.from({ length: 288 }, (_, slot) => (slot === 144 ? 31 : 0));
    const shown = scaleOf(slots, 288, 300);
    const overall = 31 / 288;
    expect(shown[144 - 15]).toBeCloseTo(0.6 + 0.4 * overall);
    expect(shown[144 - 16]).toBeCloseTo(Math.max(0.05, 0.4 * overall));
  });
});
