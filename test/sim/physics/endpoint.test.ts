/** Fleet and queue together: when units begin to serve, what a minute holds, what a kill loses. */
import { describe, expect, it } from "@jest/globals";
import { aFleet, anEndpoint, aQueue, playOut, START } from "./arrange.ts";
import { playFifo } from "./fifo.ts";

const times = (count: number, value: number): number[] => new Array<number>(count).fill(value);

describe("time", () => {
  it("goes by ten seconds, and ends with the arrivals", () => {
    const endpoint = anEndpoint(times(12, 0));
    expect([endpoint.now, endpoint.minutesDone]).toEqual([START, 0]);
    expect(endpoint.advance()).toBe(true);
    expect(endpoint.now).toBe(START + 10);
    for (let step = 2; step < 12; step++) expect(endpoint.advance()).toBe(true);
    expect(endpoint.minutesDone).toBe(1);
    expect(endpoint.advance()).toBe(false);
    expect([endpoint.now, endpoint.minutesDone]).toEqual([START + 120, 2]);
  });

  it("stands still after the end", () => {
    const endpoint = playOut(anEndpoint(times(6, 5)));
    expect(endpoint.advance()).toBe(false);
    expect(endpoint.now).toBe(START + 60);
    expect([...endpoint.log.arrivals]).toEqual([30]);
    expect(endpoint.fleet.unitSeconds).toBe(4 * 60);
  });

  it("leaves out a last minute that is not whole", () => {
    expect([...playOut(anEndpoint(times(8, 5))).log.arrivals]).toEqual([30]);
  });
});

describe("a minute", () => {
  it("holds the requests of its six steps", () => {
    const arrivals = Array.from({ length: 18 }, (_, step) => step);
    expect([...playOut(anEndpoint(arrivals)).log.arrivals]).toEqual([15, 51, 87]);
  });

  it("shows the units of its end", () => {
    const endpoint = anEndpoint(times(18, 10), aFleet({ leadTimes: [70] }));
    endpoint.fleet.ask(5, START);
    playOut(endpoint);
    expect([...endpoint.log.desired]).toEqual([5, 5, 5]);
    expect([...endpoint.log.ready]).toEqual([4, 5, 5]);
  });

  it("carries what waits into the next", () => {
    // One unit serves 100 a step: 20 too many come in the first six, and none afterwards.
    const endpoint = playOut(anEndpoint([...times(6, 120), ...times(6, 0)], aFleet({ units: 1 })));
    expect([...endpoint.log.waiting]).toEqual([120, 20]);
    expect(endpoint.log.utilization[1]).toBeCloseTo(1.2 / 6, 12);
  });
});

describe("units", () => {
  it("serve from the step after the one in which they came", () => {
    // Two units are needed for 200 a step; the second comes after 15 s, so two steps are overloaded by 100 each.
    const endpoint = anEndpoint(times(6, 200), aFleet({ units: 1, leadTimes: [15] }));
    endpoint.fleet.ask(2, START);
    const waiting = times(3, 0).map(() => {
      endpoint.advance();
      return endpoint.log.waiting[0];
    });
    expect(waiting).toEqual([100, 200, 200]);
    expect(endpoint.fleet.ready).toBe(2);
  });

  it("that drain leave what waits to the others", () => {
    const endpoint = anEndpoint([204, ...times(5, 0)], aFleet({ units: 2 }));
    endpoint.advance();
    endpoint.fleet.ask(1, endpoint.now);
    playOut(endpoint);
    expect([endpoint.log.ready[0], endpoint.log.violations[0], endpoint.log.dropped[0]]).toEqual([1, 0, 0]);
    // 204 of the 700 that two units in the first step and one in the five others could have served.
    expect(endpoint.log.utilization[0]).toBeCloseTo((200 / 200 + 4 / 100) / 6, 12);
  });
});

describe("units that are killed", () => {
  /** Two units serve 20 a second; after a step of 208 there are 8 who wait, all inside the objective. */
  const waiting = (arrivals = 208): ReturnType<typeof anEndpoint> => {
    const endpoint = anEndpoint([arrivals, ...times(11, 0)], aFleet({ units: 2 }));
    endpoint.advance();
    return endpoint;
  };

  it("lose their share of what waits", () => {
    const endpoint = waiting();
    endpoint.kill(1, 2);
    expect([endpoint.log.dropped[0], endpoint.log.violations[0]]).toEqual([4, 4]);
  });

  it("lose nothing that was a violation already", () => {
    const endpoint = waiting(300);
    const missed = endpoint.log.violations[0];
    endpoint.kill(1, 2);
    expect(endpoint.log.dropped[0]).toBe(50);
    expect(endpoint.log.violations[0]).toBe(missed);
  });

  it("lose it all when none is left", () => {
    const endpoint = waiting();
    endpoint.kill(2, 2);
    expect([endpoint.log.dropped[0], endpoint.log.violations[0]]).toEqual([8, 8]);
  });

  it.each([
    [0, 2],
    [-1, 2],
    [1, 0],
  ])("are none where %i of %i are", (units, readyBefore) => {
    const endpoint = waiting();
    endpoint.kill(units, readyBefore);
    expect([endpoint.log.dropped[0], endpoint.log.violations[0]]).toEqual([0, 0]);
  });

  it("count in the minute that begins when they are killed between two", () => {
    const endpoint = anEndpoint([...times(5, 200), 208, ...times(6, 0)], aFleet({ units: 2 }));
    for (let step = 0; step < 6; step++) endpoint.advance();
    endpoint.kill(1, 2);
    expect([...endpoint.log.dropped]).toEqual([0, 4]);
  });

  it("count in the last minute when they are killed at the end", () => {
    const endpoint = playOut(anEndpoint([...times(11, 200), 208], aFleet({ units: 2 })));
    endpoint.kill(1, 2);
    expect([...endpoint.log.dropped]).toEqual([0, 4]);
  });
});

describe("the minute's percentiles against requests one by one", () => {
  // Ten units carry 1000 a step; four minutes of 1200 let the wait grow by two seconds a step, half a second a quarter.
  const arrivals = [...times(12, 600), ...times(24, 1_200), ...times(24, 700)];
  const { log } = playOut(anEndpoint(arrivals, aFleet({ units: 10 })));
  const { latencies } = playFifo({
    ...aQueue(),
    steps: arrivals.map((count) => ({ arrivals: count, ready: 10 })),
    stepSeconds: 10,
    serviceSeconds: 0.5,
    placeOf: (index, count) => (index + 0.5) / count,
  });
  let first = 0;
  const minutes = Array.from({ length: 10 }, (_, minute) => {
    const count = arrivals.slice(6 * minute, 6 * minute + 6).reduce((sum, each) => sum + each, 0);
    const sorted = latencies.slice(first, first + count).sort((a, b) => a - b);
    first += count;
    return { minute, sorted };
  });

  it.each(minutes)("minute $minute: within what a quarter of a step changes", ({ minute, sorted }) => {
    for (const [level, series] of [
      [0.5, log.latencyP50],
      [0.95, log.latencyP95],
      [0.99, log.latencyP99],
    ] as const) {
      const exact = sorted[Math.ceil(level * sorted.length) - 1] as number;
      expect(Math.abs((series[minute] as number) - exact)).toBeLessThan(0.76);
    }
  });
});
