import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseTime } from "../../../lib/sim/traces/parseTime.ts";

const NOON = Date.UTC(2025, 10, 11, 12) / 1000;

describe("parseTime", () => {
  it.each([
    ["2025-11-11T12:00:00Z", NOON],
    ["2025-11-11t12:00:00z", NOON],
    ["2025-11-11T12:00Z", NOON],
    ["2025-11-11 12:00:00 UTC", NOON],
    ["2025-11-11T12:00:00.999Z", NOON],
    ["2025-11-11T20:00:00+08:00", NOON],
    ["2025-11-11T20:00:00+0800", NOON],
    ["2025-11-11 20:00:00+08", NOON],
    ["2025-11-11T06:30:00-05:30", NOON],
    ["2025-11-12T02:00:00+14:00", NOON],
    [`${NOON}`, NOON],
    [`${NOON}.781`, NOON],
    [`${NOON}000`, NOON],
    [`${NOON}999`, NOON],
    ["893973600", 893_973_600], // 30 April 1998 has nine digits
    ["893973600000", 893_973_600],
    ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29) / 1000],
  ])("reads %s", (text, at) => {
    expect(parseTime(text)).toEqual({ at, zone: "given" });
  });

  it.each([
    ["2025-11-11T12:00:00", NOON],
    ["2025-11-11 12:00", NOON],
    ["2025-11-11", NOON - 12 * 3600],
  ])("reads %s as UTC and says that no zone was given", (text, at) => {
    expect(parseTime(text)).toEqual({ at, zone: "none" });
  });

  it.each([
    "2025-02-30T00:00:00Z",
    "2025-02-29",
    "2025-13-01",
    "2025-00-10",
    "2025-01-00",
    "2025-01-01T24:00:00Z",
    "2025-01-01T12:60:00Z",
    "2025-01-01T12:00:60Z",
    "0025-01-01T00:00:00Z",
    "2025-01-01T12:00:00+15:00",
    "2025-01-01T12:00:00+08:60",
    "2025-01-01T12Z",
    "2025-1-1",
    "01/02/2025 10:00",
    "20250101",
    "1.7e9",
    "12",
    "now",
    "",
  ])("refuses %s", (text) => {
    expect(parseTime(text)).toBeNull();
  });

  it("reads back every second that a date can write", () => {
    const seconds = fc.integer({ min: 0, max: Date.UTC(2285, 0, 1) / 1000 });
    fc.assert(
      fc.property(seconds, (at) => {
        expect(parseTime(new Date(at * 1000).toISOString())).toEqual({ at, zone: "given" });
      }),
    );
  });
});
