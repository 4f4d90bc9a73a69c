/** Harmonics of day and week: what they can draw, and how they follow the last hours. */
import { describe, expect, it } from "@jest/globals";
import { fourier } from "../../../../lib/core/forecast/candidates/fourier.ts";
import { A_MONDAY, tableBy } from "../arrangeTable.ts";

const SLOTS = 96;
const isWeekend = (row: number): boolean => row % 7 >= 5;
const turn = (share: number): number => 2 * Math.PI * share;

/** A wave a day, flatter at weekends, on one that takes a week. Days of the week are counted from Thursday, as 1970 began. */
function waves(row: number, slot: number): number {
  const week = ((A_MONDAY + row) % 7) + slot / SLOTS;
  return 20 + 4 * Math.cos(turn(week / 7)) + (isWeekend(row) ? 2 : 8) * Math.sin(turn(slot / SLOTS));
}

describe("the harmonics", () => {
  it("draw a day that swings with the week, a week ahead", () => {
    const path = fourier.path(tableBy(28, SLOTS, waves), 28 * SLOTS, 7 * SLOTS);
    const errors = [...path].map((root, i) => Math.abs(root - waves(28 + Math.floor(i / SLOTS), i % SLOTS)));
    expect(Math.max(...errors)).toBeLessThan(0.3);
  });

  it("follow the last three hours, and forget them within a day", () => {
    const flat = tableBy(21, SLOTS, () => 20);
    const raised = {
      ...flat,
      mean: flat.mean.map((root, cell) => (cell >= 21 * SLOTS - 12 ? root + 4 : root)),
    };
    const gain = (cells: number): number => {
      const at = (table: typeof flat): number => fourier.path(table, 21 * SLOTS, cells).at(-1) as number;
      return at(raised) - at(flat);
    };
    expect(gain(1)).toBeGreaterThan(3);
    expect(gain(1)).toBeLessThan(4.1);
    expect(gain(SLOTS)).toBeLessThan(0.5 * gain(1));
    expect(Math.abs(gain(4 * SLOTS))).toBeLessThan(0.5);
  });

  it("draw a day that is like a Sunday as one", () => {
    const table = tableBy(28, SLOTS, waves);
    const feast = table.firstDay + 29;
    const sunday = 3;
    const kindOf = (day: number): number => (day === feast ? sunday : day % 7);
    const noonOn = (day: number, of: typeof table): number =>
      fourier.path(of, 28 * SLOTS, 7 * SLOTS)[(day - of.firstDay - 28) * SLOTS + SLOTS / 4] as number;
    const asFeast = noonOn(feast, { ...table, kindOf });
    expect(Math.abs(asFeast - noonOn(table.firstDay + 34, table))).toBeLessThan(1);
    expect(noonOn(feast, table) - asFeast).toBeGreaterThan(8);
  });
});
