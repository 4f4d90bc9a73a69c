/** What promotions brought, measured on pasts where the truth is known, and what that says of the next one. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { History } from "../../../lib/core/forecast/forecast.ts";
import {
  type Occurrence,
  occurrenceOf,
  sized,
  upliftAt,
  upliftedLoad,
  upliftFor,
  upliftOf,
} from "../../../lib/core/forecast/uplift.ts";
import type { LearnedUplift, Promotion } from "../../../lib/core/promotion.ts";
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS } from "../../../lib/core/time.ts";
import { aPromotion } from "../arrange.ts";
import { MONDAY, noise, pastOf, shopLoad } from "./arrangeHistory.ts";
import { anOccurrence } from "./arrangePromotions.ts";

const plain = { utcOffset: () => 0, kindOf: (day: number) => ((day % 7) + 7) % 7 };
const DAYS = 28;

/** A promotion on the Thursday of the third week, 18:00 to 21:00: over the end of the busy hours at 20:00. */
const start = MONDAY + 17 * DAY_SECONDS + 18 * HOUR_SECONDS;
const sale = (parts: Partial<Promotion> = {}): Promotion =>
  aPromotion({
    id: "s",
    name: "sale",
    start,
    end: start + 3 * HOUR_SECONDS,
    expect: { learned: null },
    ...parts,
  });

const within = ({ start: from, end }: Promotion, at: EpochSeconds): boolean => from <= at && at < end;
const noisy = (at: EpochSeconds): number => shopLoad(at) * (0.9 + 0.2 * noise(at));

interface Measured {
  readonly load?: (at: EpochSeconds) => number | null;
  readonly promotions?: readonly Promotion[];
  readonly days?: number;
}

/** The first promotion as it is measured on a past with the given load. */
function measured({ load = noisy, promotions = [sale()], days = DAYS }: Measured): Occurrence | null {
  const open: History = pastOf(days, load);
  const usual = pastOf(days, load, promotions);
  return occurrenceOf(promotions[0] as Promotion, promotions, { open, usual, calendar: plain });
}

describe("occurrenceOf", () => {
  it.each([0.5, 1, 1.3, 2.5, 8])("finds a multiplier of %f within five percent", (truth) => {
    const load = (at: EpochSeconds): number => noisy(at) * (within(sale(), at) ? truth : 1);
    const found = measured({ load });
    expect(found?.multiplier).toBeGreaterThan(0.95 * truth);
    expect(found?.multiplier).toBeLessThan(1.05 * truth);
    expect(found?.unevenness).toBeLessThan(0.1);
    expect(found?.days).toBeGreaterThanOrEqual(20);
  });

  it.each([0.6, 1.8])("divides out a day that is %f times as busy as usual", (level) => {
    const day = Math.floor(start / DAY_SECONDS);
    const load = (at: EpochSeconds): number =>
      noisy(at) * (Math.floor(at / DAY_SECONDS) === day ? level : 1) * (within(sale(), at) ? 2 : 1);
    expect(measured({ load })?.multiplier).toBeCloseTo(2, 0);
    expect(Math.abs((measured({ load })?.multiplier ?? 0) - 2)).toBeLessThan(0.25);
  });

  it("is not moved by an outage of two hours on the same day", () => {
    const dark = start - 6 * HOUR_SECONDS;
    const load = (at: EpochSeconds): number =>
      at >= dark && at < dark + 2 * HOUR_SECONDS ? 0 : noisy(at) * (within(sale(), at) ? 2 : 1);
    expect(Math.abs((measured({ load })?.multiplier ?? 0) - 2)).toBeLessThan(0.2);
  });

  it("compares with the same kind of day: a Saturday's promotion with Saturdays", () => {
    const saturday = sale({
      start: MONDAY + 12 * DAY_SECONDS + 12 * HOUR_SECONDS,
      end: MONDAY + 12 * DAY_SECONDS + 15 * HOUR_SECONDS,
    });
    const load = (at: EpochSeconds): number => noisy(at) * (within(saturday, at) ? 2 : 1);
    const { multiplier } = measured({ load, promotions: [saturday] }) as Occurrence;
    expect(Math.abs(multiplier - 2)).toBeLessThan(0.3);
  });

  it("says how unevenly it came: a rush in the first half hour", () => {
    const load = (at: EpochSeconds): number =>
      noisy(at) * (within(sale(), at) ? (at < start + 1800 ? 6 : 2) : 1);
    expect(measured({ load })?.unevenness).toBeGreaterThan(0.3);
  });

  it("leaves out slots in which another promotion was on", () => {
    const other = sale({
      id: "o",
      name: "other",
      start: start + 2 * HOUR_SECONDS,
      end: start + 6 * HOUR_SECONDS,
    });
    const load = (at: EpochSeconds): number =>
      noisy(at) * (within(sale(), at) ? 2 : 1) * (within(other, at) ? 5 : 1);
    expect(Math.abs((measured({ load, promotions: [sale(), other] })?.multiplier ?? 0) - 2)).toBeLessThan(
      0.1,
    );
  });

  it.each<[string, Measured]>([
    ["its load is missing", { load: (at) => (within(sale(), at) ? null : noisy(at)) }],
    ["it lies before the history", { promotions: [sale({ start: MONDAY - 7200, end: MONDAY - 3600 })] }],
    ["it is all covered by another", { promotions: [sale(), sale({ id: "o" })] }],
    ["there is no other day", { days: 1, promotions: [sale({ start: MONDAY + 3600, end: MONDAY + 7200 })] }],
    ["nothing is usual there", { load: (at) => (within(sale(), at) ? 100 : 0) }],
  ])("knows nothing when %s", (_case, parts) => {
    expect(measured(parts)).toBeNull();
  });

  it("stays within bounds where almost nothing is usual", () => {
    const load = (at: EpochSeconds): number => (within(sale(), at) ? 1e9 : 1);
    expect(measured({ load })?.multiplier).toBe(100);
    expect(measured({ load: (at) => (within(sale(), at) ? 0 : 100) })?.multiplier).toBe(0.05);
  });
});

describe("upliftOf", () => {
  it("has nothing to say of none", () => {
    expect(upliftOf([])).toBeNull();
  });

  it("has a wide band after one, a narrower one after two and eight that agree", () => {
    const at95 = (count: number): number =>
      upliftAt(upliftOf(Array.from({ length: count }, () => anOccurrence())) as LearnedUplift, 0.95);
    expect(at95(1)).toBeCloseTo(3.82, 2);
    expect(at95(2)).toBeCloseTo(3.37, 2);
    expect(at95(8)).toBeLessThan(2.91);
  });

  it("is in the middle of those that differ, and wider the more they do", () => {
    const uplift = upliftOf([2, 4.5].map((multiplier) => anOccurrence({ multiplier }))) as LearnedUplift;
    expect(uplift).toMatchObject({ multiplier: 3, occurrences: 2, lowest: 2, highest: 4.5 });
    expect(uplift.spread).toBeGreaterThan(
      upliftOf([3, 3].map((multiplier) => anOccurrence({ multiplier })))?.spread ?? 9,
    );
  });

  it("counts a rush within them", () => {
    const even = upliftOf([anOccurrence()]) as LearnedUplift;
    const uneven = upliftOf([anOccurrence({ unevenness: 0.4 })]) as LearnedUplift;
    expect(uneven.spread).toBeCloseTo(Math.hypot(even.spread, 0.4), 10);
  });

  it("is above its middle at every level, and rises with it", () => {
    const occurrences = fc.array(
      fc.record({
        multiplier: fc.double({ min: 0.05, max: 100, noNaN: true }),
        unevenness: fc.double({ min: 0, max: 2, noNaN: true }),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(occurrences, fc.double({ min: 0.5, max: 0.9999, noNaN: true }), (parts, level) => {
        const uplift = upliftOf(parts.map((each) => anOccurrence(each))) as LearnedUplift;
        expect(upliftAt(uplift, level)).toBeGreaterThanOrEqual(uplift.multiplier);
        expect(upliftAt(uplift, 0.99)).toBeGreaterThan(upliftAt(uplift, 0.9));
        expect(uplift.multiplier).toBeGreaterThanOrEqual(uplift.lowest * (1 - 1e-9));
        expect(uplift.multiplier).toBeLessThanOrEqual(uplift.highest * (1 + 1e-9));
      }),
    );
  });
});

describe("upliftFor", () => {
  const next = { target: "chat", name: "sale", start: anOccurrence().end };

  it("takes those of the same name and target that had ended before", () => {
    const occurrences = [
      anOccurrence({ multiplier: 2 }),
      anOccurrence({ id: "p2", name: "Sale", multiplier: 9 }),
      anOccurrence({ id: "p3", target: "other", multiplier: 9 }),
      anOccurrence({ id: "p4", end: next.start + 1, multiplier: 9 }),
    ];
    expect(upliftFor(next, occurrences)).toMatchObject({ multiplier: 2, occurrences: 1 });
    expect(upliftFor({ ...next, name: "other" }, occurrences)).toBeNull();
  });

  it("takes the latest eight", () => {
    const old = Array.from({ length: 8 }, (_, i) =>
      anOccurrence({ id: `old ${i}`, start: i, end: i + 1, multiplier: 9 }),
    );
    const recent = Array.from({ length: 8 }, (_, i) =>
      anOccurrence({ id: `new ${i}`, start: 1000 + i, end: 1001 + i, multiplier: 2 }),
    );
    expect(upliftFor(next, [...recent, ...old])).toMatchObject({ occurrences: 8, highest: 2 });
  });

  it("leaves a person's estimate as it is", () => {
    const given = aPromotion({ name: "sale", expect: { multiplier: 1.2 } });
    expect(sized(given, [anOccurrence({ end: given.start - 1 })])).toBe(given);
    const open = aPromotion({ name: "sale", expect: { learned: null } });
    expect(sized(open, [anOccurrence({ end: open.start - 1 })]).expect).toMatchObject({
      learned: { occurrences: 1 },
    });
    expect(sized(open, []).expect).toEqual({ learned: null });
  });
});

describe("upliftedLoad", () => {
  const uplift: LearnedUplift = {
    multiplier: 2,
    spread: Math.log(1.2) / 1.6449,
    occurrences: 2,
    lowest: 2,
    highest: 2,
  };

  it("adds the two distances as squares", () => {
    expect(upliftedLoad(100, 130, uplift, 0.95)).toBeCloseTo(275.3, 0);
  });

  it("is at least what either alone asks for, and at most both together", () => {
    const load = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(load, load, fc.double({ min: 0, max: 1, noNaN: true }), (middle, more, spread) => {
        const atLevel = middle + more;
        const own = { ...uplift, spread };
        const found = upliftedLoad(middle, atLevel, own, 0.95);
        expect(found).toBeGreaterThanOrEqual(atLevel * 2 * (1 - 1e-9));
        expect(found).toBeGreaterThanOrEqual(middle * upliftAt(own, 0.95) * (1 - 1e-9));
        expect(found).toBeLessThanOrEqual(atLevel * upliftAt(own, 0.95) * (1 + 1e-9));
      }),
    );
  });
});
