/** What is an outage and what is a quiet time: the first is not learnt, the second is. */
import { describe, expect, it } from "@jest/globals";
import type { DayTable } from "../../../lib/core/forecast/calendar.ts";
import { withoutOutages } from "../../../lib/core/forecast/outages.ts";
import { NONE, normals, tableBy } from "./arrangeTable.ts";

const PER_DAY = 288;
const hourOf = (slot: number): number => slot / 12;

/** Loads per minute, a little noisy where they are not 0. */
function tableOfLoads(days: number, load: (row: number, hour: number) => number, seed = 1): DayTable {
  const normal = normals(seed);
  return tableBy(days, PER_DAY, (row, slot) =>
    Math.sqrt(Math.max(0, load(row, hourOf(slot)) * (1 + 0.1 * normal()))),
  );
}

const isOut = (row: number, hour: number): boolean => row === 9 && hour >= 10 && hour < 16;
const busy = (_row: number, hour: number): number => (hour >= 8 && hour < 20 ? 400 : 60);

/** As `09 10:00–16:00`: what was left out. */
function leftOut(table: DayTable): readonly string[] {
  const { mean } = withoutOutages(table);
  const clock = (slot: number): string => {
    const minute = Math.round(5 * slot);
    return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  };
  const found: string[] = [];
  for (let row = 0; row < table.days; row++) {
    const isGone = (slot: number): boolean => Number.isNaN(mean[row * PER_DAY + slot]);
    let from = -1;
    for (let slot = 0; slot <= PER_DAY; slot++) {
      if (slot < PER_DAY && isGone(slot)) {
        if (from < 0) from = slot;
      } else if (from >= 0) {
        found.push(`${row} ${clock(from)}–${clock(slot)}`);
        from = -1;
      }
    }
  }
  return found;
}

describe("an outage", () => {
  it.each<[string, (row: number, hour: number) => number, readonly string[]]>([
    [
      "six hours without a request",
      (row, hour) => (isOut(row, hour) ? 0 : busy(row, hour)),
      ["9 10:00–16:00"],
    ],
    [
      "six hours with a hundredth of what is usual",
      (row, hour) => busy(row, hour) * (isOut(row, hour) ? 0.01 : 1),
      ["9 10:00–16:00"],
    ],
    [
      "a quarter of an hour",
      (row, hour) => (isOut(row, hour) && hour < 10.25 ? 0 : busy(row, hour)),
      ["9 10:00–10:15"],
    ],
    [
      "a night's end and a morning",
      (row, hour) => (row === 9 && hour >= 5 && hour < 9 ? 0 : busy(row, hour)),
      ["9 05:00–09:00"],
    ],
    [
      "a whole day, when no other was silent",
      (row, hour) => (row === 9 ? 0 : busy(row, hour)),
      ["9 00:00–24:00"],
    ],
    [
      "at the end of the past",
      (row, hour) => (row === 13 && hour >= 20 ? 0 : busy(row, hour)),
      ["13 20:00–24:00"],
    ],
  ])("is left out: %s", (_what, load, expected) => {
    expect(leftOut(tableOfLoads(14, load))).toEqual(expected);
  });

  it("leaves all else as it was, and a table without one untouched", () => {
    const table = tableOfLoads(14, (row, hour) => (isOut(row, hour) ? 0 : busy(row, hour)));
    const { mean } = withoutOutages(table);
    for (const [cell, root] of mean.entries()) {
      if (!Number.isNaN(root)) expect(root).toBe(table.mean[cell]);
    }
    const whole = tableOfLoads(14, busy);
    expect(withoutOutages(whole)).toBe(whole);
  });
});

describe("a quiet time is not one", () => {
  const isShort = (row: number, hour: number): boolean => row === 9 && hour >= 10 && hour < 10 + 1 / 6;
  it.each<[string, number, (row: number, hour: number) => number]>([
    ["nights when the shop is closed", 14, (_, hour) => (hour >= 6 && hour < 22 ? 300 : 0)],
    ["weekends when the office is closed", 28, (row, hour) => (row % 7 >= 5 ? 0 : busy(row, hour))],
    ["Sundays when the shop is closed", 28, (row, hour) => (row % 7 === 6 ? 0 : busy(row, hour))],
    ["Sundays when the shop is closed, seen twice", 14, (row, hour) => (row % 7 === 6 ? 0 : busy(row, hour))],
    ["Sunday mornings", 28, (row, hour) => (row % 7 === 6 && hour < 12 ? 0 : busy(row, hour))],
    ["ten minutes", 14, (row, hour) => (isShort(row, hour) ? 0 : busy(row, hour))],
    ["a third of what is usual", 14, (row, hour) => busy(row, hour) * (isOut(row, hour) ? 0.33 : 1)],
    ["where few requests come anyway", 14, (row, hour) => (isOut(row, hour) ? 0 : 0.1)],
    ["where everything is silent", 14, () => 0],
    [
      "while no more than three days are known",
      3,
      (row, hour) => (row === 2 && hour < 6 ? 0 : busy(row, hour)),
    ],
  ])("%s", (_what, days, load) => {
    expect(leftOut(tableOfLoads(days, load))).toEqual([]);
  });

  it("a gap stays a gap, and does not join outages", () => {
    const table = tableOfLoads(14, (row, hour) => (isOut(row, hour) ? 0 : busy(row, hour)));
    table.mean.fill(NONE, 9 * PER_DAY + 12 * 12, 9 * PER_DAY + 13 * 12);
    expect(leftOut(table)).toEqual(["9 10:00–16:00"]);
    const lone = tableOfLoads(14, busy);
    lone.mean.fill(NONE, 9 * PER_DAY, 9 * PER_DAY + 12);
    expect(withoutOutages(lone)).toBe(lone);
  });
});
