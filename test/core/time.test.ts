/** Instants and durations as they are said and cut. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { floorTo, isoOf, sayDuration, utcDayOf } from "../../lib/core/time.ts";
import { instant } from "./arrange.ts";

describe("time", () => {
  it.each([
    [0, "0 s"],
    [1, "1 s"],
    [59.6, "1 min"],
    [60, "1 min"],
    [90, "90 s"],
    [119, "119 s"],
    [120, "2 min"],
    [150, "3 min"],
    [3_600, "60 min"],
    [7_169, "119 min"],
    [7_199, "2 h"],
    [7_200, "2 h"],
    [5_400, "90 min"],
    [9_000, "2 h 30 min"],
    [10_776, "3 h"],
    [86_400, "24 h"],
    [172_790, "2 d"],
    [172_800, "2 d"],
    [604_800, "7 d"],
  ])("says %d seconds as %s", (seconds, said) => {
    expect(sayDuration(seconds)).toBe(said);
  });

  it("never says sixty minutes beside hours", () => {
    fc.assert(
      fc.property(fc.integer({ min: 7_200, max: 200_000 }), (seconds) => {
        const said = /^(\d+) h(?: (\d+) min)?$/.exec(sayDuration(seconds));
        if (said === null) return expect(sayDuration(seconds)).toMatch(/^\d+ d$/);
        const minutes = Number(said[1]) * 60 + Number(said[2] ?? 0);
        expect(Number(said[2] ?? 0)).toBeLessThan(60);
        expect(Math.abs(minutes * 60 - seconds)).toBeLessThanOrEqual(30);
      }),
    );
  });

  it.each([
    ["2025-11-11T00:00:00Z", "2025-11-11T00:00Z"],
    ["2025-11-11T00:05:30Z", "2025-11-11T00:05:30Z"],
    ["2025-11-11T10:00:10Z", "2025-11-11T10:00:10Z"],
    ["1970-01-01T00:00:00Z", "1970-01-01T00:00Z"],
  ])("writes the instant %s as %s", (given, written) => {
    expect(isoOf(instant(given))).toBe(written);
    expect(instant(written)).toBe(instant(given));
  });

  it("knows the UTC day of an instant", () => {
    expect(utcDayOf(instant("2025-11-11T23:59:59Z"))).toBe("2025-11-11");
    expect(utcDayOf(instant("2025-11-12T00:00:00Z"))).toBe("2025-11-12");
  });

  it.each([
    [0, 300, 0],
    [299, 300, 0],
    [300, 300, 300],
    [601, 300, 600],
    [-1, 300, -300],
  ])("puts %d into the period of %d s that starts at %d", (at, step, start) => {
    expect(floorTo(at, step)).toBe(start);
  });
});
