/** How stated and measured lead times are weighed, and what is said of a step's size and hour. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  type LeadTimeQuestion,
  leadTimeQuantile,
  learnLeadTimes,
  longestLeadTime,
} from "../../../lib/core/leadTime/leadTimes.ts";
import { type MeasuredStart, STARTS_KEPT } from "../../../lib/core/leadTime/measuredStart.ts";
import { minutes, NOW, repeat } from "../arrange.ts";

const stated = { expectedSeconds: 300, worstSeconds: 750 };

const startOf = (seconds: number, of: Partial<MeasuredStart> = {}): MeasuredStart => ({
  seconds,
  units: null,
  hour: null,
  ...of,
});
const starts = (...seconds: readonly number[]): MeasuredStart[] => seconds.map((each) => startOf(each));

const answer = (measured: readonly MeasuredStart[], question: LeadTimeQuestion, policy = stated): number =>
  leadTimeQuantile(learnLeadTimes(policy, { starts: measured, underWaySince: null }, NOW), question);

describe("the lead time", () => {
  it.each([
    [0.5, 300],
    [0.725, 525],
    [0.95, 750],
    [0.99, 750],
    [0.1, 300],
  ])("with nothing measured is the policy's: at level %d it is %d s", (level, seconds) => {
    expect(answer([], { level })).toBe(seconds);
    expect(answer([], { level, units: 12 })).toBe(seconds);
  });

  it("keeps the policy's median while starts agree with it, and its worst until a dozen were measured", () => {
    expect(answer(starts(...repeat(3, 300)), { level: 0.5 })).toBe(300);
    expect(answer(starts(...repeat(6, 300)), { level: 0.95 })).toBe((750 + 300) / 2);
    expect(answer(starts(...repeat(12, 300)), { level: 0.95 })).toBe(300);
  });

  it.each([
    [0.5, "half"],
    [2, "twice"],
  ])("stated wrong by × %d is, after five starts that agree, within 10 %% of one stated right", (factor) => {
    const wrong = { expectedSeconds: 300 * factor, worstSeconds: 750 * factor };
    const measured = starts(290, 310, 305, 295, 300);
    for (const level of [0.5, 0.9, 0.95]) {
      const ratio = answer(measured, { level }, wrong) / answer(measured, { level });
      expect(Math.abs(Math.log(ratio))).toBeLessThan(Math.log(1.1));
    }
  });

  it("does not let one start that was stuck for hours decide", () => {
    const alone = answer(starts(7_200), { level: 0.9 });
    expect(alone).toBeLessThan(1.4 * answer([], { level: 0.9 }));
    expect(answer(starts(...repeat(11, 400), 7_200), { level: 0.9 })).toBeLessThanOrEqual(
      2 * 750 * (400 / 300),
    );
    expect(answer(starts(...repeat(20, 400), 7_200), { level: 0.9 })).toBe(400);
  });

  it("does not let one quick start decide either", () => {
    expect(answer(starts(20), { level: 0.9 })).toBeGreaterThan(0.8 * answer([], { level: 0.9 }));
  });

  it("does not depend on the order of the measurements", () => {
    const ordered = answer(starts(100, 300, 500), { level: 0.9 });
    expect(answer(starts(500, 100, 300), { level: 0.9 })).toBe(ordered);
  });

  it("is what was measured when enough was", () => {
    expect(answer(starts(...repeat(STARTS_KEPT, 1_000)), { level: 0.95 })).toBe(1_000);
  });

  it("follows the newest starts: a slower image replaces what was measured before it", () => {
    const measured = starts(...repeat(24, 300), ...repeat(4, 600));
    expect(answer(measured, { level: 0.9 })).toBe(600);
  });

  it("of a start that was given up is at least what that took, where it took longer than the policy expects", () => {
    const measured = starts(...repeat(12, 300));
    expect(answer([...measured, startOf(900, { atLeast: true })], { level: 0.95 })).toBe(900);
    expect(answer([startOf(20, { atLeast: true })], { level: 0.5 })).toBe(300);
  });
});

describe("a start under way", () => {
  const underWay = (seconds: number): number =>
    leadTimeQuantile(
      learnLeadTimes(stated, { starts: starts(...repeat(12, 300)), underWaySince: NOW - seconds }, NOW),
      { level: 0.9 },
    );

  it.each([
    ["that may still end in time changes nothing", 290, 300],
    ["that has taken longer raises the lead time at once", 480, 480],
    ["that is stuck raises it to twice the policy's worst", minutes(120), 1_500],
    ["that began in the future changes nothing", -60, 300],
  ])("%s", (_case, seconds, expected) => {
    expect(underWay(seconds)).toBe(expected);
  });
});

describe("the size of a step", () => {
  /** A dozen of each, in turn, a little different from each other. */
  const ofSizes = (small: number, large: number): MeasuredStart[] =>
    Array.from({ length: 24 }, (_, i) =>
      startOf((i % 2 === 0 ? small : large) + 2 * i, { units: i % 2 === 0 ? 1 : 5, hour: i }),
    );

  it("that was seen to matter gives each class a lead time of its own, pulled a third towards all", () => {
    const measured = ofSizes(300, 600);
    const [one, five] = [1, 5].map((units) => answer(measured, { level: 0.5, units })) as [number, number];
    expect(one).toBeLessThan(430);
    expect(five).toBeGreaterThan(470);
    expect(five).toBeGreaterThan(1.25 * one);
  });

  it("that was seen not to matter has none", () => {
    const measured = ofSizes(300, 300);
    expect(answer(measured, { level: 0.9, units: 5 })).toBe(answer(measured, { level: 0.9, units: 1 }));
  });

  it("that is larger than any measured is the last of so many: one in ten of eight is one in 76 of one", () => {
    const measured = Array.from({ length: 24 }, (_, i) => startOf(300 + 10 * i, { units: 1 }));
    expect(answer(measured, { level: 0.9, units: 8 })).toBe(answer(measured, { level: 0.9 ** (1 / 8) }));
    expect(answer(measured, { level: 0.9, units: 8 })).toBeGreaterThan(answer(measured, { level: 0.9 }));
  });

  it("is not guessed where no size was kept", () => {
    const measured = starts(...Array.from({ length: 24 }, (_, i) => 300 + 10 * i));
    expect(answer(measured, { level: 0.9, units: 8 })).toBe(answer(measured, { level: 0.9 }));
  });
});

describe("the hour", () => {
  const at = (hour: number): number => NOW - (NOW % 86_400) + hour * 3_600;
  const measured = Array.from({ length: 48 }, (_, i) => {
    const hour = i % 24;
    return startOf((hour >= 8 && hour <= 12 ? 600 : 300) + i, { units: 1, hour });
  });
  const ofHour = (hour: number, all = measured): number =>
    leadTimeQuantile(learnLeadTimes(stated, { starts: all, underWaySince: null }, at(hour)), { level: 0.5 });

  it("that was seen to matter has a lead time of its own", () => {
    expect(ofHour(10)).toBeGreaterThan(1.3 * ofHour(20));
  });

  it("at which steps are larger is not counted twice", () => {
    const larger = measured.map((each) => ({ ...each, units: each.seconds > 450 ? 8 : 1 }));
    const leadTimes = learnLeadTimes(stated, { starts: larger, underWaySince: null }, at(10));
    expect(leadTimes.bySize[3]).toBeGreaterThan(1.3);
    expect(leadTimes.hourFactor).toBeLessThan(1.3);
  });

  it("that was seen too rarely, or not to matter, has none", () => {
    expect(ofHour(10, measured.slice(0, 24))).toBe(ofHour(20, measured.slice(0, 24)));
    const even = measured.map((each, i) => ({ ...each, seconds: 300 + ((i * 7) % 13) }));
    expect(ofHour(10, even)).toBe(ofHour(20, even));
  });
});

describe("whatever was measured", () => {
  const level = fc.double({ min: 0, max: 1, noNaN: true });
  const anyStart: fc.Arbitrary<MeasuredStart> = fc
    .record({
      seconds: fc.integer({ min: 1, max: 5_000 }),
      units: fc.option(fc.integer({ min: 1, max: 40 })),
      hour: fc.option(fc.nat(23)),
      slower: fc.nat(2),
    })
    .map(({ slower, ...start }) => ({
      ...start,
      seconds: start.seconds * (1 + slower * (start.units ?? 0)),
    }));
  const measurements = fc.array(anyStart, { maxLength: STARTS_KEPT });
  const units = fc.integer({ min: 1, max: 40 });

  it("the lead time rises with the level and with the units, and none is longer than the longest", () => {
    fc.assert(
      fc.property(measurements, level, level, units, units, (measured, a, b, m, n) => {
        const learned = learnLeadTimes(stated, { starts: measured, underWaySince: null }, NOW);
        const of = (p: number, size: number): number => leadTimeQuantile(learned, { level: p, units: size });
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const [few, many] = [Math.min(m, n), Math.max(m, n)];
        expect(of(low, few)).toBeLessThanOrEqual(of(high, few));
        expect(of(low, few)).toBeLessThanOrEqual(of(low, many));
        expect(leadTimeQuantile(learned, { level: low })).toBeLessThanOrEqual(
          leadTimeQuantile(learned, { level: high }),
        );
        expect(longestLeadTime(learned, low)).toBeGreaterThanOrEqual(of(low, many));
      }),
    );
  });

  it("of one size and hour it lies between the shortest and the longest of all that is known, the policy moved included", () => {
    const seconds = fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: STARTS_KEPT });
    fc.assert(
      fc.property(seconds, level, (measured, p) => {
        const learned = learnLeadTimes(stated, { starts: starts(...measured), underWaySince: null }, NOW);
        const { factor } = learned.belief;
        const known = learned.ascending;
        const found = leadTimeQuantile(learned, { level: p });
        expect(found).toBeGreaterThanOrEqual(Math.floor(Math.min(300, 300 * factor, ...known)));
        expect(found).toBeLessThanOrEqual(Math.ceil(Math.max(750, 750 * factor, ...known)));
      }),
    );
  });
});
