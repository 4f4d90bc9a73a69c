import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type Arrivals, spreadArrivals } from "../../../lib/sim/traces/spreadArrivals.ts";
import type { Trace } from "../../../lib/sim/traces/trace.ts";
import { START, traceOf } from "./arrange.ts";

const NONE = Number.NaN;
const STEP = 10;

const spread = (trace: Trace, seed = 1): Arrivals => spreadArrivals(trace, seed, STEP);
const sum = (values: Iterable<number>): number =>
  Iterator.from(values).reduce((total, each) => total + each, 0);
const count = fc.oneof({ weight: 9, arbitrary: fc.nat(3000) }, { weight: 1, arbitrary: fc.constant(NONE) });
const counts = fc.array(count, { minLength: 1, maxLength: 40 });

/** Each minute is the sum of its steps, whatever was drawn. */
function expectMinutesToAddUp({ perStep, perMinute, missing }: Arrivals): void {
  expect(missing).toHaveLength(perMinute.length);
  expect(perStep).toHaveLength(perMinute.length * 6);
  for (const [minute, total] of perMinute.entries()) {
    expect(sum(perStep.subarray(minute * 6, minute * 6 + 6))).toBe(total);
  }
}

describe("steps of a minute", () => {
  it("keep their counts, spread over the six steps of the minute", () => {
    const arrivals = spread(traceOf([600, 0, 1, 6000]));
    expect(arrivals.start).toBe(START);
    expect(Array.from(arrivals.perMinute)).toEqual([600, 0, 1, 6000]);
    expect(Math.min(...arrivals.perStep.subarray(0, 6))).toBeGreaterThan(60);
    expect(Math.max(...arrivals.perStep.subarray(0, 6))).toBeLessThan(140);
    expect(new Set(arrivals.perStep.subarray(18, 24)).size).toBeGreaterThan(1);
    expectMinutesToAddUp(arrivals);
  });

  it("keep every count of any trace", () => {
    fc.assert(
      fc.property(counts, fc.nat(), (requests, seed) => {
        const arrivals = spread(traceOf(requests), seed);
        expect(Array.from(arrivals.perMinute)).toEqual(
          requests.map((each) => (Number.isNaN(each) ? 0 : each)),
        );
        expect(Array.from(arrivals.missing)).toEqual(requests.map((each) => (Number.isNaN(each) ? 1 : 0)));
        expectMinutesToAddUp(arrivals);
      }),
    );
  });

  it("carry fractions on, so that a small rate is not rounded away", () => {
    const arrivals = spread(traceOf(new Array<number>(100).fill(0.4)));
    expect(sum(arrivals.perMinute)).toBe(40);
    expect(Array.from(arrivals.perMinute.subarray(0, 5))).toEqual([0, 1, 0, 1, 0]);
    expect(arrivals.spreading).toContain("Fractions of a request were carried to the next minute.");
  });
});

describe("steps of less than a minute", () => {
  it.each([1, 5, 10, 15, 20, 30])("are summed to minutes: %d s", (stepSeconds) => {
    const perMinute = 60 / stepSeconds;
    const requests = Array.from({ length: 3 * perMinute }, (_, i) => i + 1);
    const { perMinute: minutes } = spread(traceOf(requests, { stepSeconds }));
    expect(Array.from(minutes)).toEqual(
      [0, 1, 2].map((minute) => sum(requests.slice(minute * perMinute, (minute + 1) * perMinute))),
    );
  });

  it("count for the minute they begin in when they reach beyond it", () => {
    expect(Array.from(spread(traceOf([1, 10, 100, 1000], { stepSeconds: 45 })).perMinute)).toEqual([
      11, 100, 1000,
    ]);
  });

  it("leave out a last minute that they do not fill", () => {
    expect(Array.from(spread(traceOf([1, 2, 3, 4, 5], { stepSeconds: 30 })).perMinute)).toEqual([3, 7]);
  });

  it("make a minute unknown when one is missing; the others of it arrive", () => {
    const arrivals = spread(traceOf([5, NONE, 7, 8], { stepSeconds: 30 }));
    expect(Array.from(arrivals.perMinute)).toEqual([5, 15]);
    expect(Array.from(arrivals.missing)).toEqual([1, 0]);
  });
});

describe("steps of more than a minute", () => {
  const HOUR = { stepSeconds: 3600 };

  it("keep their totals on average", () => {
    const requests = [3600, 36_000, 7200, 0, 3600];
    const arrivals = spread(traceOf(requests, HOUR));
    for (const [hour, total] of requests.entries()) {
      const drawn = sum(arrivals.perMinute.subarray(hour * 60, hour * 60 + 60));
      expect(Math.abs(drawn - total)).toBeLessThanOrEqual(4 * Math.sqrt(total));
    }
    expectMinutesToAddUp(arrivals);
  });

  it("scatter like a Poisson process around a level rate", () => {
    const { perStep } = spread(traceOf(new Array<number>(10).fill(36_000), HOUR)); // 100 in ten seconds
    const mean = sum(perStep) / perStep.length;
    const variance = sum(Array.from(perStep, (each) => (each - mean) ** 2)) / perStep.length;
    expect(Math.abs(mean - 100)).toBeLessThan(0.7); // four standard errors of √(100/3600)
    expect(variance / mean).toBeGreaterThan(0.9);
    expect(variance / mean).toBeLessThan(1.1);
  });

  it("climb between the middles of two steps instead of jumping at their border", () => {
    const low = 36_000;
    const { perMinute } = spread(traceOf([low, low, 10 * low, 10 * low], HOUR));
    const around = (minute: number): number => sum(perMinute.subarray(minute - 5, minute + 5)) / 10;
    expect(around(65)).toBeLessThan(around(115) / 2);
    expect(around(125)).toBeLessThan(around(175));
    expect(around(125) / around(115)).toBeLessThan(5);
  });

  it("are silent where the trace is, and their neighbours do not lean on what is not known", () => {
    const arrivals = spread(traceOf([36_000, NONE, 36_000], HOUR));
    expect(sum(arrivals.perMinute.subarray(60, 120))).toBe(0);
    expect(sum(arrivals.missing.subarray(60, 120))).toBe(60);
    expect(sum(arrivals.missing)).toBe(60);
    expect(sum(arrivals.perMinute.subarray(50, 60))).toBeGreaterThan(5600); // ten minutes of 600
  });

  it.each([65, 90, 300, 401, 900, 86_400])("add up to whole minutes: %d s", (stepSeconds) => {
    const requests = [500, 800, 0, 300, 900];
    const arrivals = spread(traceOf(requests, { stepSeconds }));
    expect(arrivals.perMinute).toHaveLength(Math.floor((5 * stepSeconds) / 60));
    expect(Math.abs(sum(arrivals.perMinute) - 2500)).toBeLessThan(400);
    expectMinutesToAddUp(arrivals);
  });
});

describe("the past", () => {
  const stepSizes = fc.constantFrom(1, 15, 30, 45, 60, 65, 90, 300, 3600);

  it("does not change with the future", () => {
    fc.assert(
      fc.property(
        counts,
        counts,
        fc.nat(),
        fc.nat(),
        stepSizes,
        (requests, others, at, seed, stepSeconds) => {
          const k = at % requests.length;
          const first = spread(traceOf(requests, { stepSeconds }), seed);
          const second = spread(traceOf([...requests.slice(0, k), ...others], { stepSeconds }), seed);
          const untouched =
            stepSeconds > 60 ? k - 1 : Math.floor((k * stepSeconds) / 60) * (60 / stepSeconds);
          const until = Math.max(0, Math.round((untouched * stepSeconds) / STEP));
          expect(second.perStep.slice(0, until)).toEqual(first.perStep.slice(0, until));
        },
      ),
    );
  });

  it("of an hourly trace may change in the hour before, and no earlier", () => {
    const hours = (last: number): Uint32Array =>
      spread(traceOf([900, 900, 900, last], { stepSeconds: 3600 })).perStep;
    const before = hours(900);
    const after = hours(90_000);
    const firstChange = before.findIndex((each, i) => each !== after[i]);
    expect(firstChange).toBeGreaterThanOrEqual(2 * 360);
    expect(firstChange).toBeLessThan(3 * 360);
  });

  it("is the same each time, and another with another seed", () => {
    const trace = traceOf(new Array<number>(60).fill(600));
    expect(spread(trace, 3)).toEqual(spread(trace, 3));
    expect(spread(trace, 3).perStep).not.toEqual(spread(trace, 4).perStep);
  });
});

describe("what is said of it", () => {
  it.each<[string, Partial<Trace>, string]>([
    [
      "minutes",
      {},
      "Counts per minute are those of the trace and were spread at random inside each minute, seed 1.",
    ],
    [
      "less than minutes",
      { stepSeconds: 15 },
      "Counts per minute are those of the trace, summed from steps of 15 s, and were spread at random inside each minute, seed 1.",
    ],
    [
      "more than minutes",
      { stepSeconds: 600 },
      "Each count of 10 min was spread over its time as Poisson arrivals at the interpolated rate, seed 1; " +
        "what happens inside a step of the trace is made up.",
    ],
    [
      "a start inside a minute",
      { start: START + 53 },
      "Counts per minute are those of the trace and were spread at random inside each minute, seed 1. " +
        "Its times were moved 53 s earlier, to whole minutes.",
    ],
  ])("%s", (_, overrides, spreading) => {
    const arrivals = spread(traceOf([1, 2, 3, 4], overrides));
    expect(arrivals.spreading).toBe(spreading);
    expect(arrivals.start).toBe(START);
  });
});

describe("counts beyond 32 bits", () => {
  it.each([60, 120])("are refused instead of wrapping around: steps of %d s", (stepSeconds) => {
    const requests = [1, 2, 1e11];
    expect(() => spread(traceOf(requests, { stepSeconds }))).toThrow(RangeError);
    expect(() => spread(traceOf(requests, { stepSeconds }))).toThrow(
      /^the trace: got \d+ requests in the minute of 2025-11-11T00:0[24]Z, allowed are at most 4294967295; divide its counts by a constant$/,
    );
  });
});
