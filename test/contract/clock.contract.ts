/** What every clock must do: whole seconds, and the calendars of the world as they really are. */
import { describe, expect, it } from "@jest/globals";
import type { Clock } from "../../lib/ports/clock.ts";
import { instant } from "../core/arrange.ts";

export interface ClockUnderTest {
  readonly clock: Clock;
}

const HOUR = 3600;

/** The seconds before and from a change of the wall clock, in both hemispheres and by less than an hour. */
const CHANGES: readonly (readonly [zone: string, at: string, before: number, from: number])[] = [
  ["Europe/Berlin", "2025-03-30T01:00Z", 1 * HOUR, 2 * HOUR],
  ["Europe/Berlin", "2025-10-26T01:00Z", 2 * HOUR, 1 * HOUR],
  ["America/New_York", "2025-03-09T07:00Z", -5 * HOUR, -4 * HOUR],
  ["America/New_York", "2025-11-02T06:00Z", -4 * HOUR, -5 * HOUR],
  ["America/St_Johns", "2025-11-02T04:30Z", -2.5 * HOUR, -3.5 * HOUR],
  ["Australia/Sydney", "2025-04-05T16:00Z", 11 * HOUR, 10 * HOUR],
  ["Australia/Sydney", "2025-10-04T16:00Z", 10 * HOUR, 11 * HOUR],
  ["Australia/Lord_Howe", "2025-04-05T15:00Z", 11 * HOUR, 10.5 * HOUR],
  ["Pacific/Chatham", "2025-09-27T14:00Z", 12.75 * HOUR, 13.75 * HOUR],
  ["America/Santiago", "2025-09-07T04:00Z", -4 * HOUR, -3 * HOUR],
];

/** Zones without daylight saving: the same in January and July. */
const STEADY: readonly (readonly [zone: string, offset: number])[] = [
  ["UTC", 0],
  ["Asia/Shanghai", 8 * HOUR],
  ["Asia/Kolkata", 5.5 * HOUR],
  ["Asia/Kathmandu", 5.75 * HOUR],
  ["Pacific/Kiritimati", 14 * HOUR],
  ["Pacific/Honolulu", -10 * HOUR],
];

export function describeClockContract(name: string, make: () => Promise<ClockUnderTest>): void {
  describe(`clock: ${name}`, () => {
    it("says the time in whole seconds since 1970", async () => {
      const { clock } = await make();
      expect(Number.isInteger(clock.now())).toBe(true);
      expect(clock.now()).toBeGreaterThan(instant("2020-01-01T00:00Z"));
      expect(clock.now()).toBeLessThan(instant("2100-01-01T00:00Z"));
    });

    it.each(CHANGES)("knows that %s changes at %s from %p to %p seconds", async (zone, at, before, from) => {
      const { clock } = await make();
      expect(clock.utcOffsetSeconds(zone, instant(at) - 1)).toBe(before);
      expect(clock.utcOffsetSeconds(zone, instant(at))).toBe(from);
    });

    it.each(STEADY)("knows that %s is always at %p seconds", async (zone, offset) => {
      const { clock } = await make();
      expect(clock.utcOffsetSeconds(zone, instant("2025-01-15T00:00Z"))).toBe(offset);
      expect(clock.utcOffsetSeconds(zone, instant("2025-07-15T00:00Z"))).toBe(offset);
    });

    it("answers for the instant asked about, whatever it was asked before", async () => {
      const { clock } = await make();
      const summer = instant("2025-07-15T00:00Z");
      const winter = instant("2025-01-15T00:00Z");
      const offsets = [summer, winter, summer].map((at) => clock.utcOffsetSeconds("Europe/Berlin", at));
      expect(offsets).toEqual([2 * HOUR, 1 * HOUR, 2 * HOUR]);
    });

    it.each(["Europe/Atlantis", "", "half past two"])("throws for the zone %p and names it", async (zone) => {
      const { clock } = await make();
      expect(() => clock.utcOffsetSeconds(zone, instant("2025-01-15T00:00Z"))).toThrow(`"${zone}"`);
    });
  });
}
