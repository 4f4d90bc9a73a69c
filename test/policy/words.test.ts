/** Durations, latencies, shares, steps and windows as people write them. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseDuration, parseLatencyMs, parseWindow } from "../../lib/policy/durations.ts";
import { nearest, sayPath } from "../../lib/policy/problems.ts";
import { parsePercent, parseShare, parseStep } from "../../lib/policy/shares.ts";

it.each<[string, number | null]>([
  ["90s", 90],
  ["8m", 480],
  ["5 min", 300],
  ["1h30m", 5_400],
  ["1.5h", 5_400],
  ["2d", 172_800],
  ["0s", 0],
  ["8", null],
  ["", null],
  ["m", null],
  ["-5m", null],
  ["5 minutes or so", null],
  ["0.3s", null],
  ["99999d", null],
  ["1e3s", null],
])("the duration %j is %p seconds", (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

it("every whole number of seconds can be written and read", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seconds) => {
      const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)];
      expect(parseDuration(`${hours}h${minutes}m${seconds % 60}s`)).toBe(seconds);
    }),
  );
});

it.each<[string, number | null]>([
  ["800ms", 800],
  ["1.5s", 1_500],
  ["0.1s", 100],
  ["0ms", null],
  ["800", null],
  ["1m", null],
])("the latency %j is %p milliseconds", (text, milliseconds) => {
  expect(parseLatencyMs(text)).toBe(milliseconds);
});

it.each<[string, number | null]>([
  ["99.9%", 0.999],
  ["29%", 0.29],
  ["57 %", 0.57],
  ["0%", 0],
  ["99.9", null],
  ["-1%", null],
  ["%", null],
])("the share %j is %p", (text, share) => {
  expect(parseShare(text)).toBe(share);
});

it("a percentage keeps its own unit", () => {
  expect(parsePercent("70%")).toBe(70);
  expect(parsePercent("70")).toBeNull();
});

it.each<[string | number, unknown]>([
  [2, { units: 2 }],
  ["2", { units: 2 }],
  ["50%", { share: 0.5 }],
  [0, null],
  [1.5, null],
  ["0%", null],
  ["half", null],
  [Number.NaN, null],
])("the step %p is %p", (text, step) => {
  expect(parseStep(text)).toEqual(step);
});

it.each<[string, unknown]>([
  ["2m", { minutes: 2, ofMinutes: 2 }],
  ["2 of 3m", { minutes: 2, ofMinutes: 3 }],
  ["2of3 minutes", { minutes: 2, ofMinutes: 3 }],
  ["3 of 2m", null],
  ["0m", null],
  ["61m", null],
  ["2 of m", null],
  ["120s", null],
])("the window %j is %p", (text, window) => {
  expect(parseWindow(text)).toEqual(window);
});

describe("a problem", () => {
  it("says its path as people would find it", () => {
    expect(sayPath(["targets", "chat", "rules", 1, "for"])).toBe("targets.chat.rules[1].for");
    expect(sayPath([])).toBe("");
  });

  it.each([
    ["capacty", "capacity"],
    ["perunit", "perUnit"],
    ["colour", null],
  ])("takes %s for %p", (word, meant) => {
    expect(nearest(word, ["capacity", "perUnit", "mode"])).toBe(meant);
  });
});
