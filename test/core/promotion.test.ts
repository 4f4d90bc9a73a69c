/** When a promotion counts and an override is in force. */
import { describe, expect, it } from "@jest/globals";
import { countsWithin, heldWindows, type OrderEntry, overridesInForce } from "../../lib/core/promotion.ts";
import { anOverride, aPromotion, minutes, NOW } from "./arrange.ts";

describe("an override", () => {
  it.each([
    ["without an end", null, true],
    ["that ends later", NOW + 1, true],
    ["that ends now", NOW, false],
    ["that has ended", NOW - 1, false],
  ])("%s is in force: %p %p", (_case, until, inForce) => {
    const override = anOverride({ until });
    expect(overridesInForce([override], NOW)).toEqual(inForce ? [override] : []);
  });
});

describe("windows in which the capacity was held", () => {
  const line = (at: number, parts: Partial<OrderEntry> = {}): OrderEntry => ({
    target: "chat",
    kind: "pin",
    at: NOW + minutes(at),
    until: null,
    ...parts,
  });
  const window = (from: number, to: number) => ({ start: NOW + minutes(from), end: NOW + minutes(to) });

  it.each<[string, readonly OrderEntry[], object[]]>([
    ["none without orders", [], []],
    ["up to now without an end", [line(-60)], [window(-60, 0)]],
    ["up to its end", [line(-60, { until: NOW - minutes(30) })], [window(-60, -30)]],
    ["up to when it was withdrawn", [line(-60), line(-45, { until: NOW - minutes(45) })], [window(-60, -45)]],
    ["up to the next order of its kind", [line(-60), line(-45)], [window(-60, -45), window(-45, 0)]],
    [
      "a pause too, beside a pin",
      [line(-60, { kind: "pause" }), line(-45)],
      [window(-60, 0), window(-45, 0)],
    ],
    ["not of a freeze, which only keeps units", [line(-60, { kind: "freeze-scale-in" })], []],
    ["not of what held for more than a day", [line(-1441)], []],
    ["of what held for a day", [line(-1440)], [window(-1440, 0)]],
    ["not of what is to come", [line(5)], []],
  ])("%s", (_case, log, windows) => {
    expect(heldWindows(log, NOW)).toEqual(windows);
    expect(heldWindows(log.toReversed(), NOW)).toEqual(windows);
  });
});

describe("a promotion counts", () => {
  const from = (start: number, end: number, priority = 0, id = "p") =>
    aPromotion({ id, start: NOW + minutes(start), end: NOW + minutes(end), priority });

  it.each([
    ["while it is on", from(-10, 10), 0, true],
    ["at its first second", from(0, 10), 0, true],
    ["no more at its end", from(-10, 0), 0, false],
    ["when its start comes into view", from(5, 10), 5, true],
    ["not before", from(6, 10), 5, false],
    ["when it is past, not", from(-20, -10), 5, false],
  ])("%s", (_case, promotion, aheadMinutes, expected) => {
    expect(countsWithin(promotion, [promotion], NOW, NOW + minutes(aheadMinutes))).toBe(expected);
  });

  const low = from(-60, 120, 1, "low");
  const high = from(30, 60, 2, "high");
  const both = [low, high];
  it.each([
    ["until one of a higher priority begins", -30, 0, true],
    ["up to its first second", 29, 0, true],
    ["not while that one is on", 30, 29, false],
    ["in view again before that one ends", 50, 10, true],
    ["after that one's end", 60, 0, true],
  ])("%s", (_case, atMinutes, aheadMinutes, expected) => {
    const at = NOW + minutes(atMinutes);
    expect(countsWithin(low, both, at, at + minutes(aheadMinutes))).toBe(expected);
  });

  it("whatever overlaps it with the same or a lower priority", () => {
    expect(countsWithin(high, both, NOW + minutes(40), NOW + minutes(40))).toBe(true);
    const equal = from(30, 60, 2, "equal");
    expect(countsWithin(high, [high, equal], NOW + minutes(40), NOW + minutes(40))).toBe(true);
  });

  it("not at all when two higher ones cover all that is in view", () => {
    const covers = [from(0, 10, 5, "a"), from(10, 20, 5, "b")];
    const covered = from(0, 20, 1, "c");
    expect(countsWithin(covered, [...covers, covered], NOW, NOW + minutes(19))).toBe(false);
  });
});
