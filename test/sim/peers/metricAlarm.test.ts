import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { alarmState } from "../../../lib/sim/peers/metricAlarm.ts";

const threeOfThree = { minutes: 3, ofMinutes: 3 };
const twoOfThree = { minutes: 2, ofMinutes: 3 };

describe("alarmState", () => {
  it.each([
    ["all above", [101, 101, 101], threeOfThree, "ALARM"],
    ["exactly at the threshold is not above", [101, 101, 100], threeOfThree, "OK"],
    ["one of three below", [101, 99, 101], threeOfThree, "OK"],
    ["older minutes do not matter", [1, null, 101, 101, 101], threeOfThree, "ALARM"],
    ["two of three are enough", [99, 101, 101], twoOfThree, "ALARM"],
    ["wherever they stand", [101, 101, 99], twoOfThree, "ALARM"],
    ["a missing newest minute", [101, 101, 101, null], threeOfThree, "INSUFFICIENT_DATA"],
    ["a missing minute inside", [101, null, 101], threeOfThree, "INSUFFICIENT_DATA"],
    ["a missing minute that could not make it an alarm", [99, null, 101], threeOfThree, "OK"],
    ["a missing minute that is not needed", [101, null, 101], twoOfThree, "ALARM"],
    ["a missing minute that would decide", [99, null, 101], twoOfThree, "INSUFFICIENT_DATA"],
    ["a series that has only begun", [101, 101], threeOfThree, "INSUFFICIENT_DATA"],
    ["nothing yet", [], threeOfThree, "INSUFFICIENT_DATA"],
  ] as const)("above 100: %s", (_, values, shape, state) => {
    expect(alarmState(values, 100, "above", shape)).toBe(state);
  });

  it.each([
    ["all below", [89, 0, 89.9], "ALARM"],
    ["exactly at the threshold is not below", [89, 90, 89], "OK"],
    ["no traffic is a value", [0, 0, 0], "ALARM"],
    ["no data is none", [0, null, 0], "INSUFFICIENT_DATA"],
  ] as const)("below 90: %s", (_, values, state) => {
    expect(alarmState(values, 90, "below", threeOfThree)).toBe(state);
  });

  it("is never made certain by losing a minute", () => {
    const value = fc.option(fc.integer({ min: 0, max: 200 }));
    const shape = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 6 }))
      .map(([minutes, more]) => ({ minutes, ofMinutes: minutes + more }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 15 }), shape, fc.nat(14), (values, of, lost) => {
        const before = alarmState(values, 100, "above", of);
        const withHole = alarmState(values.with(lost % values.length, null), 100, "above", of);
        expect([before, "INSUFFICIENT_DATA"]).toContain(withHole);
      }),
    );
  });
});
