/** Arrivals drawn from a trace: the same for a seed, as many as the trace says, as scattered as Poisson's, none in gaps. */
import { describe, expect, it } from "@jest/globals";
import { drawArrivals, ratesOf } from "../../../lib/sim/score/drawArrivals.ts";
import type { Trace } from "../../../lib/sim/traces/trace.ts";
import { aTrace } from "./arrange.ts";

const GAP = Number.NaN;

const traceOf = (stepSeconds: number, requests: readonly number[]): Trace => ({
  ...aTrace(1),
  stepSeconds,
  requests: Float64Array.from(requests),
});

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
const steps = (...rates: readonly (readonly [count: number, rate: number])[]): number[] =>
  rates.flatMap(([count, rate]) => Array.from({ length: count }, () => rate));

describe("the rate of each ten seconds", () => {
  it.each([
    ["minutes", 60, [60, 120], steps([6, 10], [6, 20])],
    ["half minutes, summed", 30, [10, 20, 30, 60], steps([6, 5], [6, 15])],
    ["a minute that is not full, left out", 30, [10, 20, 30], steps([6, 5])],
    ["a gap", 60, [60, GAP, 60], steps([6, 10], [6, GAP], [6, 10])],
    ["a gap of half a minute", 30, [10, GAP, 30, 60], steps([6, GAP], [6, 15])],
    ["two minutes, all alike", 120, [120, 120], steps([24, 10])],
    ["a gap between two minutes and two", 120, [120, GAP, 120], steps([12, 10], [12, GAP], [12, 10])],
    ["nothing", 120, [0, 0], steps([24, 0])],
    // Six and a half steps each: the seventh belongs to the row that its middle is in.
    ["a row of 65 s before a gap", 65, [60, GAP, GAP], steps([6, 10], [12, GAP])],
    ["a row of 90 s, half of its last minute left out", 90, [90], steps([6, 10])],
  ])("of %s", (_case, stepSeconds, requests, rates) => {
    const found = [...ratesOf(traceOf(stepSeconds, requests))];
    expect(found.length).toBe(rates.length);
    for (const [step, rate] of rates.entries()) {
      if (Number.isNaN(rate)) expect(found[step]).toBeNaN();
      else expect(found[step]).toBeCloseTo(rate, 9);
    }
  });

  it("runs straight between the middles of coarse rows and keeps their counts", () => {
    const rates = ratesOf(traceOf(120, [100, 200]));
    expect(sum(rates.subarray(0, 12))).toBeCloseTo(100, 9);
    expect(sum(rates.subarray(12))).toBeCloseTo(200, 9);
    // Until its middle the first row is 100 a step, then 104.2, 112.5, … 145.8: 1350 in all, which become its count.
    expect(rates[0]).toBeCloseTo((100 * 100) / 1350, 9);
    expect(rates[6]).toBeCloseTo((100 * (100 + 100 / 24)) / 1350, 9);
    expect(rates[11]).toBeCloseTo((100 * (100 + (100 * 11) / 24)) / 1350, 9);
    expect(rates[23]).toBeCloseTo((200 * 200) / 2250, 9);
  });
});

describe("arrivals", () => {
  it("are the same for the same seed, and others for another", () => {
    const [one, again, other] = [3, 3, 4].map((seed) => drawArrivals(aTrace(1), { factor: 2, seed }));
    expect(again).toEqual(one);
    expect(other?.perStep).not.toEqual(one?.perStep);
  });

  it.each([0.1, 1, 7])("are %d times the trace's, give or take four standard deviations", (factor) => {
    const trace = aTrace(2);
    const expected = factor * sum(trace.requests);
    for (const seed of [1, 2, 3]) {
      const { perStep } = drawArrivals(trace, { factor, seed });
      expect(Math.abs(sum(perStep) - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
  });

  it.each([
    [12, 1],
    [600, 0.5],
    [1800, 4],
  ])("at %d a minute times %d scatter as Poisson's do", (perMinute, factor) => {
    const { perStep } = drawArrivals(traceOf(60, steps([1500, perMinute])), { factor, seed: 5 });
    const expected = (perMinute * factor) / 6;
    const mean = sum(perStep) / perStep.length;
    const variance = sum([...perStep].map((count) => (count - mean) ** 2)) / perStep.length;
    // 9000 draws: a standard error of √(expected / 9000) of the mean, and near √(2 / 9000), 1.5 %, of the variance.
    expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.sqrt(expected / 9000));
    expect(Math.abs(variance / expected - 1)).toBeLessThan(0.07);
    // Neighbours know nothing of each other.
    const products = [...perStep.subarray(1)].map(
      (count, i) => (count - mean) * ((perStep[i] as number) - mean),
    );
    expect(Math.abs(sum(products) / products.length / variance)).toBeLessThan(4 / Math.sqrt(9000));
  });

  it("add up to those of the minutes", () => {
    const { perStep, perMinute } = drawArrivals(aTrace(1), { factor: 3, seed: 1 });
    expect(perMinute.length).toBe(1440);
    const added = Array.from(perMinute, (_, minute) => sum(perStep.subarray(6 * minute, 6 * minute + 6)));
    expect(added).toEqual([...perMinute]);
  });

  it("do not come in a gap, whose minutes are unknown", () => {
    const { perStep, missing } = drawArrivals(traceOf(120, [1200, GAP, 1200]), { factor: 1, seed: 1 });
    expect([...missing]).toEqual([0, 0, 1, 1, 0, 0]);
    expect(sum(perStep.subarray(12, 24))).toBe(0);
    expect([...perStep.subarray(0, 12), ...perStep.subarray(24)].every((count) => count > 0)).toBe(true);
  });

  it.each([
    [60, 7],
    [300, 6],
  ])("of rows of %i s do not know what is still to come", (stepSeconds, firstChanged) => {
    const counts = Array.from({ length: 12 }, (_, row) => 600 + row);
    const changed = counts.map((count, row) => (row >= 7 ? 5 * count : count));
    const [one, other] = [counts, changed].map(
      (each) => drawArrivals(traceOf(stepSeconds, each), { factor: 1, seed: 2 }).perStep,
    );
    const until = (firstChanged * stepSeconds) / 10;
    expect(other?.subarray(0, until)).toEqual(one?.subarray(0, until));
    expect(other?.subarray(until)).not.toEqual(one?.subarray(until));
  });

  it("begin on the whole minute that the trace begins in", () => {
    const { start } = aTrace(1);
    const late = { ...traceOf(60, [1, 1]), start: start + 59 };
    expect(drawArrivals(late, { factor: 1, seed: 1 }).start).toBe(start);
  });
});
