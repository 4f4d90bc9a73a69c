/** What is kept of a minute: sums, the longest queue, the mean utilization, and percentiles of requests rather than of steps. */
import { describe, expect, it } from "@jest/globals";
import { MinuteLog } from "../../../lib/sim/physics/minuteLog.ts";
import { LATENCY_POINTS, type QueueStep } from "../../../lib/sim/physics/queue.ts";

function aStep(
  parts: Partial<Omit<QueueStep, "latencies">> & { readonly latencies?: number | number[] } = {},
): QueueStep {
  const { latencies = 0.5, ...rest } = parts;
  const points = typeof latencies === "number" ? new Array(LATENCY_POINTS).fill(latencies) : latencies;
  return {
    arrivals: 100,
    violations: 0,
    dropped: 0,
    utilization: 0.5,
    concurrency: 1,
    ...rest,
    latencies: Float64Array.from(points),
  };
}

/** A log of one minute with the given steps. */
function logOf(...steps: readonly QueueStep[]): MinuteLog {
  const log = new MinuteLog(1);
  for (const step of steps) log.add(0, step, 0);
  log.close(0, 1, 1);
  return log;
}

it("adds up requests, violations and those given up", () => {
  const log = logOf(
    aStep({ arrivals: 10, violations: 2.5, dropped: 1 }),
    aStep({ arrivals: 20, violations: 0.5, dropped: 3 }),
  );
  expect([log.arrivals[0], log.violations[0], log.dropped[0]]).toEqual([30, 3, 4]);
});

it("keeps the longest queue of the minute and the units at its end", () => {
  const log = new MinuteLog(2);
  for (const waiting of [3, 9, 4]) log.add(1, aStep(), waiting);
  log.close(1, 7, 5);
  expect([log.waiting[1], log.desired[1], log.ready[1]]).toEqual([9, 7, 5]);
  expect(log.waiting[0]).toBe(0);
});

describe("utilization", () => {
  it("is the mean of the steps", () => {
    const log = logOf(aStep({ utilization: 0.2 }), aStep({ utilization: 0.8 }), aStep({ utilization: 0.5 }));
    expect(log.utilization[0]).toBeCloseTo(0.5, 12);
  });

  it("leaves out steps in which no unit was ready", () => {
    expect(logOf(aStep({ utilization: Number.NaN }), aStep({ utilization: 0.8 })).utilization[0]).toBe(0.8);
    expect(logOf(aStep({ utilization: Number.NaN })).utilization[0]).toBeNaN();
  });

  it("without requests is 0, not missing: idle units are measured too", () => {
    expect(logOf(aStep({ arrivals: 0, utilization: 0 })).utilization[0]).toBe(0);
  });
});

describe("latency", () => {
  it("has the percentiles of the requests, however steps and points lie", () => {
    // 20 points of 10 requests: 0.1, 0.2 … 2.0, in no order.
    const points = [13, 2, 20, 7, 1, 16, 5, 10, 19, 4, 11, 8, 3, 17, 14, 6, 9, 18, 12, 15].map((n) => n / 10);
    const steps = [0, 4, 8, 12, 16].map((from) =>
      aStep({ arrivals: 10, latencies: points.slice(from, from + 4) }),
    );
    const log = logOf(...steps);
    expect([log.latencyP50[0], log.latencyP95[0], log.latencyP99[0]]).toEqual([1, 1.9, 2]);
  });

  it("weighs a step by its requests", () => {
    const log = logOf(aStep({ arrivals: 950, latencies: 0.5 }), aStep({ arrivals: 50, latencies: 9 }));
    expect([log.latencyP50[0], log.latencyP95[0], log.latencyP99[0]]).toEqual([0.5, 0.5, 9]);
    expect(logOf(aStep({ arrivals: 940 }), aStep({ arrivals: 60, latencies: 9 })).latencyP95[0]).toBe(9);
  });

  it("does not count a step without requests, however long one would have waited", () => {
    expect(logOf(aStep(), aStep({ arrivals: 0, latencies: 60 })).latencyP99[0]).toBe(0.5);
  });

  it("is not there without requests", () => {
    const log = logOf(aStep({ arrivals: 0 }));
    expect([log.latencyP50[0], log.latencyP95[0], log.latencyP99[0]]).toEqual([NaN, NaN, NaN]);
  });

  it("and utilization begin anew with each minute", () => {
    const log = new MinuteLog(2);
    for (let step = 0; step < 6; step++) log.add(0, aStep({ latencies: 9, utilization: 1 }), 0);
    log.close(0, 1, 1);
    log.add(1, aStep({ latencies: 0.5, utilization: 0.25 }), 0);
    log.close(1, 1, 1);
    expect([log.latencyP95[1], log.utilization[1]]).toEqual([0.5, 0.25]);
  });
});
