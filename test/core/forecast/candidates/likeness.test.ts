import { describe, expect, it } from "@jest/globals";
import { likenessOf } from "../../../../lib/core/forecast/candidates/likeness.ts";
import { NONE, normals, tableBy } from "../arrangeTable.ts";

const [MONDAY, TUESDAY, SATURDAY, SUNDAY] = [4, 5, 2, 3] as const;
const isWeekend = (row: number): boolean => row % 7 >= 5;

/** Busy at noon on working days and flat at weekends, with a little noise. */
function weeks(days: number, noise = 0.2) {
  const normal = normals(1);
  return tableBy(days, 24, (row, slot) => {
    const peak = isWeekend(row) ? 0 : 10 * Math.exp(-(((slot - 12) / 4) ** 2));
    return 5 + peak + noise * normal();
  });
}

describe("the likeness of days", () => {
  const likeness = likenessOf(weeks(28), 28);

  it("is whole for days of one kind", () => {
    expect(likeness(MONDAY, MONDAY)).toBe(1);
  });

  it("is nearly whole for kinds that differ by chance alone, and the weekend's days help each other", () => {
    expect(likeness(MONDAY, TUESDAY)).toBeGreaterThan(0.5);
    expect(likeness(SATURDAY, SUNDAY)).toBeGreaterThan(0.5);
  });

  it("is little between working days and the weekend", () => {
    expect(likeness(MONDAY, SATURDAY)).toBeLessThan(0.01);
    expect(likeness(SUNDAY, TUESDAY)).toBeLessThan(0.01);
  });

  it("is never more than whole nor less than nothing, and falls with the distance", () => {
    const level = likenessOf(
      tableBy(14, 24, (row, slot) => 10 + (row % 7) + 0.01 * slot * Math.floor(row / 7)),
      14,
    );
    const shares = [0, 1, 2, 3].map((away) => level(MONDAY, (MONDAY + away) % 7));
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(shares.every((each) => each >= 0 && each <= 1)).toBe(true);
    expect(shares[3]).toBeLessThan(shares[1] as number);
  });

  it("is half for kinds that were never seen together", () => {
    expect(likenessOf(weeks(3), 3)(MONDAY, SUNDAY)).toBe(0.5);
    expect(likenessOf(weeks(0), 0)(MONDAY, TUESDAY)).toBe(0.5);
  });

  it("is told from the first week on, by the nearest two kinds", () => {
    const early = likenessOf(weeks(7), 7);
    expect(early(MONDAY, TUESDAY)).toBeGreaterThan(0.05);
    expect(early(MONDAY, SUNDAY)).toBeLessThan(0.01 * early(MONDAY, TUESDAY));
  });

  it("does not judge days of which less than a quarter is known", () => {
    const patchy = tableBy(14, 24, (row, slot) => (row % 7 === 6 && slot >= 5 ? NONE : 5 + (row % 7)));
    expect(likenessOf(patchy, 14)(MONDAY, SUNDAY)).toBe(0.5);
  });

  it("comes from the given rows alone", () => {
    const table = weeks(14);
    const changed = { ...table, mean: table.mean.map((root, cell) => (cell >= 24 * 10 ? 99 : root)) };
    for (const kind of [MONDAY, TUESDAY, SATURDAY, SUNDAY]) {
      expect(likenessOf(changed, 10)(kind, SUNDAY)).toBe(likenessOf(table, 10)(kind, SUNDAY));
    }
  });
});
