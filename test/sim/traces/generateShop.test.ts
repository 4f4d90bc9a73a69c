import { describe, expect, it } from "@jest/globals";
import { generateShop } from "../../../lib/sim/traces/generateShop.ts";
import { START } from "./arrange.ts";

const DAY = 1440;
const WEEK = 7 * DAY;
const SHOP = { seed: 1, start: START, days: 28, utcOffsetSeconds: 8 * 3600 };

/** Noon to two in the afternoon of the tenth day, in minutes of the trace. */
const PROMOTION_MINUTES = { from: 9 * DAY + 720, to: 9 * DAY + 840 };
const PROMOTION = {
  start: START + 60 * PROMOTION_MINUTES.from,
  end: START + 60 * PROMOTION_MINUTES.to,
  multiplier: 3,
};

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Pearson correlation of the series with itself `lag` minutes earlier. */
function autocorrelation(values: Float64Array, lag: number): number {
  const later = values.subarray(lag);
  const earlier = values.subarray(0, values.length - lag);
  const [a, b] = [mean(later), mean(earlier)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [i, value] of later.entries()) {
    const other = earlier[i] as number;
    ab += (value - a) * (other - b);
    aa += (value - a) ** 2;
    bb += (other - b) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Mean of each hour of the shop's own day. */
function hourMeans(requests: Float64Array): number[] {
  const sums = new Array<number>(24).fill(0);
  for (const [minute, value] of requests.entries()) {
    const hour = (Math.floor(minute / 60) + 8) % 24;
    sums[hour] = (sums[hour] as number) + value;
  }
  return sums.map((sum) => sum / (requests.length / 24));
}

describe("generateShop", () => {
  it("is always labelled, and has a whole count for every minute", () => {
    const trace = generateShop(SHOP);
    expect(trace).toMatchObject({
      synthetic: true,
      start: START,
      stepSeconds: 60,
      missingSteps: 0,
      setAside: [],
    });
    expect(trace.name).toContain("synthetic");
    expect(trace.requests).toHaveLength(28 * DAY);
    expect(trace.requests.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
  });

  it("gives the same trace for the same options, and another for another seed", () => {
    expect(generateShop(SHOP)).toEqual(generateShop(SHOP));
    expect(generateShop({ ...SHOP, seed: 2 }).requests).not.toEqual(generateShop(SHOP).requests);
  });

  it.each([1, 2, 3, 4, 5])("looks like a shop: seed %d", (seed) => {
    const { requests } = generateShop({ ...SHOP, seed });
    const average = mean(requests);
    expect(average).toBeGreaterThan(1100);
    expect(average).toBeLessThan(1300);
    expect(Math.max(...requests) / average).toBeGreaterThan(2);
    expect(Math.max(...requests) / average).toBeLessThan(3.5);
    expect(autocorrelation(requests, DAY)).toBeGreaterThan(0.8);
    expect(autocorrelation(requests, WEEK)).toBeGreaterThan(0.8);
  });

  it("is quiet at night, busy in the morning and busiest in the evening of its own clock", () => {
    const hours = hourMeans(generateShop(SHOP).requests);
    const [quietest, busiest] = [Math.min(...hours), Math.max(...hours)];
    expect([3, 4, 5]).toContain(hours.indexOf(quietest));
    expect([20, 21]).toContain(hours.indexOf(busiest));
    expect(busiest / quietest).toBeGreaterThan(4);
    expect(busiest / quietest).toBeLessThan(7);
    expect(hours[12]).toBeGreaterThan(hours[15] as number);
  });

  it("grows, and has stronger weekends", () => {
    const { requests } = generateShop({ ...SHOP, start: START - DAY * 60 - 8 * 3600 }); // Monday, 00:00 of the shop
    const day = (index: number): number => mean(requests.subarray(index * DAY, (index + 1) * DAY));
    const weeks = [0, 1, 2, 3].map((week) => mean(requests.subarray(week * WEEK, (week + 1) * WEEK)));
    expect((weeks[3] as number) / (weeks[0] as number)).toBeGreaterThan(1.01);
    const workday = (day(0) + day(1) + day(2) + day(3)) / 4;
    expect((day(5) + day(6)) / 2 / workday).toBeGreaterThan(1.03);
  });

  it("wanders more than Poisson counts would: its noise lingers", () => {
    const { requests } = generateShop(SHOP);
    const differences = requests.subarray(1).map((value, i) => value - (requests[i] as number));
    const scattered = mean(differences.map((value) => value ** 2)) / 2;
    expect(scattered).toBeGreaterThan(mean(requests)); // a Poisson count has the variance of its mean
    const offDay = requests.map((value, i) =>
      Math.log(value / (requests[(i + DAY) % requests.length] as number)),
    );
    expect(autocorrelation(offDay, 10)).toBeGreaterThan(0.4);
  });

  it("has some bursts: minutes far above those just before", () => {
    const { requests } = generateShop(SHOP);
    let bursts = 0;
    for (let minute = 5; minute < requests.length - 3; minute++) {
      const before = mean(requests.subarray(minute - 5, minute));
      if (mean(requests.subarray(minute, minute + 3)) > 1.2 * before && before > 300) bursts += 1;
    }
    expect(bursts).toBeGreaterThan(20); // each of about one a day is seen from two or three minutes
    expect(bursts).toBeLessThan(150);
  });

  it("multiplies a promotion, with a few minutes of coming and going, and changes nothing before it", () => {
    const usual = generateShop(SHOP).requests;
    const promoted = generateShop({ ...SHOP, promotion: PROMOTION }).requests;
    const { from, to } = PROMOTION_MINUTES;
    const ratio = (first: number, end: number): number =>
      mean(promoted.subarray(first, end)) / mean(usual.subarray(first, end));
    expect(promoted.slice(0, from + 1)).toEqual(usual.slice(0, from + 1));
    expect(ratio(from + 2, from + 3)).toBeGreaterThan(1.3);
    expect(ratio(from + 2, from + 3)).toBeLessThan(2.5);
    expect(ratio(from + 5, to)).toBeCloseTo(3, 1);
    expect(ratio(to + 5, to + 500)).toBeCloseTo(1, 1);
  });

  it("is longer with more days, and the same until then", () => {
    const short = generateShop({ ...SHOP, days: 3 }).requests;
    expect(generateShop(SHOP).requests.slice(0, 3 * DAY)).toEqual(short);
  });

  it("sums its minutes to coarser steps", () => {
    const minutes = generateShop({ ...SHOP, days: 2 }).requests;
    const trace = generateShop({ ...SHOP, days: 2, stepSeconds: 300 });
    expect(trace.stepSeconds).toBe(300);
    expect(trace.requests).toHaveLength(2 * 288);
    for (const [step, value] of trace.requests.entries()) {
      expect(value).toBe(minutes.subarray(step * 5, step * 5 + 5).reduce((sum, each) => sum + each, 0));
    }
  });
});
