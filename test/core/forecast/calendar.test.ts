import { describe, expect, it } from "@jest/globals";
import { IANAZone } from "luxon";
import {
  cellOf,
  dayTableOf,
  localSlotOf,
  steadyOffset,
  weekdaysIn,
} from "../../../lib/core/forecast/calendar.ts";
import type { History } from "../../../lib/core/forecast/forecast.ts";
import { DAY_SECONDS } from "../../../lib/core/time.ts";
import { instant } from "../arrange.ts";
import { SLOTS_PER_DAY, UTC } from "./arrangeHistory.ts";

const offsetOf = (zone: string) => (at: number) => IANAZone.create(zone).offset(at * 1000) * 60;

const BERLIN = weekdaysIn(offsetOf("Europe/Berlin"));

/** Slots whose mean is their number, squared so that the table's root gives it back. */
const counting = (start: number, slots: number): History => ({
  start,
  slotSeconds: 300,
  mean: Float64Array.from({ length: slots }, (_, i) => i * i),
  peak: new Float64Array(slots).fill(Number.NaN),
  minutes: new Float64Array(5 * slots).fill(Number.NaN),
});

describe("the offset asked for rarely", () => {
  it.each(["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Shanghai"])(
    "is the real one throughout a year in %s",
    (zone) => {
      const real = offsetOf(zone);
      const steady = steadyOffset(real);
      const year = instant("2025-01-01T00:00Z");
      for (let quarter = 0; quarter < 365 * 96; quarter++) {
        const at = year + quarter * 900;
        if (steady(at) !== real(at)) throw new Error(`${zone} differs at ${at}`);
      }
      expect(steady(year)).toBe(real(year));
    },
  );
});

describe("a table of local days", () => {
  it("begins at the local midnight before", () => {
    const table = dayTableOf(
      counting(instant("2025-10-06T16:00Z"), SLOTS_PER_DAY),
      weekdaysIn(offsetOf("Asia/Shanghai")),
    );
    expect(table.days).toBe(1);
    expect(table.mean[0]).toBe(0);
    expect(table.mean[287]).toBe(287);
  });

  it("leaves the hour missing that a spring morning skips", () => {
    const table = dayTableOf(counting(instant("2025-03-29T23:00Z"), 23 * 12), BERLIN);
    expect(table.days).toBe(1);
    expect([...table.mean.subarray(24, 36)].every(Number.isNaN)).toBe(true);
    expect(table.mean[23]).toBe(23);
    expect(table.mean[36]).toBe(24);
  });

  it("keeps the second pass of the hour that an autumn night repeats", () => {
    const table = dayTableOf(counting(instant("2025-10-25T22:00Z"), 25 * 12), BERLIN);
    expect(table.days).toBe(1);
    expect(table.mean[24]).toBe(36);
    expect([...table.mean].some(Number.isNaN)).toBe(false);
  });

  it("has a cell for every instant, beyond its last row too", () => {
    const table = dayTableOf(counting(instant("2025-10-25T22:00Z"), 25 * 12), BERLIN);
    const cellAt = (iso: string): number => cellOf(table, instant(iso), BERLIN.utcOffset);
    expect(
      ["2025-10-25T22:00Z", "2025-10-26T22:55Z", "2025-10-26T23:00Z", "2025-10-28T00:05Z"].map(cellAt),
    ).toEqual([0, 287, 288, 2 * 288 + 13]);
  });

  it.each([
    ["2024-02-28T00:00Z", 3],
    ["2025-02-27T00:00Z", 3],
  ])("has a row for every day around the end of February (%s)", (start, days) => {
    const table = dayTableOf(counting(instant(start), days * SLOTS_PER_DAY), weekdaysIn(UTC));
    expect(table.days).toBe(days);
    expect([...table.mean]).toEqual(Array.from({ length: days * SLOTS_PER_DAY }, (_, i) => i));
  });

  it("takes every seventh day to be alike, before 1970 too", () => {
    const { kindOf } = weekdaysIn(UTC);
    expect([0, 1, 6, 7, 13, -1, -7].map(kindOf)).toEqual([0, 1, 6, 0, 6, 6, 0]);
  });

  it("knows where an instant stands", () => {
    expect(localSlotOf(instant("2025-10-06T00:10Z"), 300, UTC)).toEqual({
      day: instant("2025-10-06T00:00Z") / DAY_SECONDS,
      slot: 2,
    });
    expect(localSlotOf(instant("2025-10-06T00:10Z"), 300, offsetOf("America/St_Johns")).slot).toBe(
      (21 * 60 + 40) / 5,
    );
  });
});
