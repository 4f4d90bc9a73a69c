/** The margin follows what was achieved: down slowly where nothing is missed, up where too much is, and no further than stated. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  type Achieved,
  achievedAfter,
  achievedShare,
  LEAST_MARGIN,
  MOST_MARGIN,
  nothingCounted,
  type Steering,
} from "../../../lib/core/promise/achieved.ts";
import { NOW } from "../arrange.ts";

const DAY = 1_440;
const STEERING: Steering = { share: 0.99, mayRise: true };
const START = nothingCounted(NOW);

const minutesOf = (count: number, requests: number, missed: number) =>
  Array.from({ length: count }, () => ({ requests, outside: requests * missed }));

const marginAfter = (missed: number, days: number, steering: Partial<Steering> = {}): number =>
  Math.exp(achievedAfter(START, minutesOf(days * DAY, 600, missed), { ...STEERING, ...steering }).logMargin);

describe("the margin", () => {
  it("stays where just the promised share is missed", () => {
    expect(marginAfter(0.01, 5)).toBeCloseTo(1, 6);
  });

  it.each<[string, number, Partial<Steering>, number, number]>([
    ["falls while nothing is missed", 0, {}, 0.8, 0.97],
    ["rises while twice as much is missed", 0.02, {}, 1.03, 1.2],
    ["rises further while much more is missed", 0.08, {}, 1.2, 1.5],
    ["rises for a stricter promise", 0.005, { share: 0.999 }, 1.1, 1.4],
    ["does not rise while more cannot be had", 0.5, { mayRise: false }, 1, 1],
  ])("%s", (_case, missed, steering, lowest, highest) => {
    const margin = marginAfter(missed, 2, steering);
    expect(margin).toBeGreaterThanOrEqual(lowest);
    expect(margin).toBeLessThanOrEqual(highest);
  });

  it("is moved by a burst for a while, not for good", () => {
    const burst = achievedAfter(START, minutesOf(30, 6_000, 0.9), STEERING);
    const dayAfter = achievedAfter(burst, minutesOf(DAY, 600, 0.01), STEERING);
    const weekAfter = achievedAfter(burst, minutesOf(7 * DAY, 600, 0.005), STEERING);
    const monthAfter = achievedAfter(weekAfter, minutesOf(23 * DAY, 600, 0.005), STEERING);
    expect(Math.exp(burst.logMargin)).toBeLessThan(1.01);
    expect(Math.exp(dayAfter.logMargin)).toBeGreaterThan(1.05);
    expect(Math.exp(weekAfter.logMargin)).toBeLessThan(1.7);
    expect(monthAfter.logMargin).toBeLessThan(weekAfter.logMargin - 0.2);
  });

  it("keeps the mean of what is missed where it is promised, though it comes in bursts", () => {
    // The larger the margin, the smaller each day's burst; on nine days of ten nothing is missed.
    let achieved: Achieved = START;
    let outside = 0;
    const days = 400;
    for (let day = 0; day < days; day++) {
      const missed = day % 10 === 0 ? Math.min(1, 0.25 * Math.exp(-4 * achieved.logMargin)) : 0;
      if (day >= 100) outside += missed;
      achieved = achievedAfter(achieved, minutesOf(DAY, 600, missed), STEERING);
    }
    expect(outside / (days - 100)).toBeGreaterThan(0.005);
    expect(outside / (days - 100)).toBeLessThan(0.02);
  });

  it("ends at its limits", () => {
    expect(marginAfter(1, 200)).toBeCloseTo(MOST_MARGIN, 4);
    expect(marginAfter(0, 200)).toBeCloseTo(LEAST_MARGIN, 4);
  });

  it("is finite and within its limits whatever is counted", () => {
    const minutes = fc.array(
      fc
        .tuple(fc.double({ min: 0, max: 1e12, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
        .map(([requests, missed]) => ({ requests, outside: requests * missed })),
    );
    const shares = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(minutes, shares, fc.boolean(), (seen, share, mayRise) => {
        const { logMargin } = achievedAfter(START, seen, { share, mayRise });
        expect(Math.exp(logMargin)).toBeGreaterThanOrEqual(LEAST_MARGIN - 1e-4);
        expect(Math.exp(logMargin)).toBeLessThanOrEqual(MOST_MARGIN + 1e-4);
      }),
    );
  });

  it("is no smaller the more was missed", () => {
    const missed = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(missed, missed, (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(marginAfter(more, 1)).toBeGreaterThanOrEqual(marginAfter(less, 1));
      }),
      { numRuns: 30 },
    );
  });

  it("comes to the same in one step as in many", () => {
    const seen = minutesOf(600, 100, 0.03);
    const one = achievedAfter(START, seen, STEERING);
    let many: Achieved = START;
    for (const minute of seen) many = achievedAfter(many, [minute], STEERING);
    expect(many.logMargin).toBeCloseTo(one.logMargin, 3);
    expect(many.requests).toBeCloseTo(one.requests, 0);
    expect(many.outside).toBeCloseTo(one.outside, 1);
  });
});

describe("the share that was achieved", () => {
  it("is the share of late, older days counting less", () => {
    const before = achievedAfter(START, minutesOf(DAY, 600, 0.1), STEERING);
    const after = achievedAfter(before, minutesOf(DAY, 600, 0), STEERING);
    const share = achievedShare(after) as number;
    expect(share).toBeGreaterThan(0.95);
    expect(share).toBeLessThan(1);
  });

  it("is not known from a handful of requests", () => {
    expect(achievedShare(achievedAfter(START, minutesOf(9, 10, 0.5), STEERING))).toBeNull();
  });
});
