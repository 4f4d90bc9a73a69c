import { describe, expect, it } from "@jest/globals";
import { ManualClock } from "../../../lib/adapters/memory/manualClock.ts";
import { NOW } from "../../core/arrange.ts";

describe("the manual clock", () => {
  it("stands still until it is set, forward or back", () => {
    const clock = new ManualClock(NOW);
    expect([clock.now(), clock.now()]).toEqual([NOW, NOW]);
    clock.set(NOW + 60);
    expect(clock.now()).toBe(NOW + 60);
    clock.set(NOW - 3600);
    expect(clock.now()).toBe(NOW - 3600);
  });

  it("says what to give instead of a zone that it does not know", () => {
    expect(() => new ManualClock(NOW).utcOffsetSeconds("Mars/Olympus", NOW)).toThrow(
      'unknown time zone "Mars/Olympus": give an IANA name such as Europe/Berlin or UTC',
    );
  });
});
