/** The queue by hand: one unit serves 100 requests in a step of ten seconds, and half a second of waiting is allowed. */
import { describe, expect, it } from "@jest/globals";
import { queueOf, queueWith } from "./arrange.ts";

describe("below saturation", () => {
  it("makes nobody wait", () => {
    const queue = queueOf();
    const step = queue.advance(80, 1, 10);
    expect(step).toMatchObject({ arrivals: 80, violations: 0, dropped: 0, utilization: 0.8 });
    expect([...step.latencies]).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(queue.waiting).toBe(0);
  });

  it("and exactly at it too", () => {
    const queue = queueOf();
    expect(queue.advance(300, 3, 10)).toMatchObject({ violations: 0, utilization: 1 });
    expect(queue.waiting).toBe(0);
  });

  it("has nothing to do without requests", () => {
    const queue = queueOf();
    expect(queue.advance(0, 2, 10)).toMatchObject({ arrivals: 0, violations: 0, dropped: 0, utilization: 0 });
  });
});

describe("an overloaded step", () => {
  // 150 come, 100 are served: the line grows to 50, by 5 a second, and from the 5th on the wait is too long.
  const queue = queueOf();
  const step = { ...queue.advance(150, 1, 10) };

  it("keeps what it could not serve", () => {
    expect(queue.waiting).toBe(50);
    expect(step).toMatchObject({ utilization: 1, dropped: 0 });
  });

  it("counts those as violations who come after the first second of ten", () => {
    expect(step.violations).toBeCloseTo(135, 9);
  });

  it("makes each wait for those before it", () => {
    // 6.25, 18.75, 31.25 and 43.75 wait in the middles of the quarters.
    expect([...step.latencies]).toEqual([1.125, 2.375, 3.625, 4.875]);
  });

  it("with a queue from before it is a violation for everybody", () => {
    expect(queueWith(50).advance(120, 1, 10).violations).toBe(120);
  });

  it("is none while the wait stays inside the objective", () => {
    const within = queueOf();
    expect(within.advance(105, 1, 10).violations).toBe(0);
    expect(within.waiting).toBe(5);
    expect(queueOf().advance(106, 1, 10).violations).toBeCloseTo(106 / 6, 9);
  });
});

describe("a step in which the queue drains", () => {
  // 50 wait, 20 come, 100 could be served: the line falls by 8 a second and is gone after 6.25 s.
  const queue = queueWith(50);
  const step = { ...queue.advance(20, 1, 10) };

  it("ends empty", () => {
    expect(queue.waiting).toBe(0);
    expect(step.utilization).toBeCloseTo(0.7, 12);
  });

  it("counts those as violations who come before 5 wait: 45 of 80 hundredths of the step", () => {
    expect(step.violations).toBeCloseTo((20 * 45) / 80, 9);
  });

  it("shows the wait until the line is gone and none from then on", () => {
    expect([...step.latencies]).toEqual([4.5, 2.5, 0.5, 0.5]);
  });

  it("serves what waits even when nobody comes", () => {
    const alone = queueWith(50);
    expect(alone.advance(0, 1, 10)).toMatchObject({ arrivals: 0, violations: 0, utilization: 0.5 });
    expect(alone.waiting).toBe(0);
  });
});

describe("no ready unit", () => {
  it("is a violation for everybody, who are given up", () => {
    const queue = queueOf();
    const step = queue.advance(30, 0, 10);
    expect(step).toMatchObject({ violations: 30, dropped: 30, utilization: Number.NaN });
    expect([...step.latencies]).toEqual([60.5, 60.5, 60.5, 60.5]);
    expect(queue.waiting).toBe(0);
  });

  it("is one for those too who waited inside the objective until then", () => {
    const queue = queueWith(3);
    expect(queue.advance(7, 0, 10)).toMatchObject({ violations: 10, dropped: 10 });
  });

  it("is not counted again for those who were violations already", () => {
    const queue = queueWith(50);
    expect(queue.advance(7, 0, 10)).toMatchObject({ violations: 7, dropped: 57 });
  });
});

describe("giving up", () => {
  it("keeps no more than can be served before the timeout", () => {
    const queue = queueOf();
    const step = queue.advance(1_000, 1, 10);
    expect(step.dropped).toBe(300);
    expect(queue.waiting).toBe(600);
    // 5 of 900 are inside the objective.
    expect(step.violations).toBeCloseTo((1_000 * 895) / 900, 9);
  });

  it("limits the latency to the timeout and the service", () => {
    const { latencies } = queueOf().advance(1_000, 1, 10);
    expect([...latencies]).toEqual([11.75, 34.25, 56.75, 60.5]);
  });

  it("when units go, gives up what the rest cannot serve in time", () => {
    const queue = queueOf();
    queue.advance(2_000, 2, 10);
    expect(queue.waiting).toBe(1_200);
    expect(queue.advance(0, 1, 10).dropped).toBe(500);
    expect(queue.waiting).toBe(600);
  });
});

describe("service", () => {
  const rising = { idleServiceSeconds: 0.4, fullServiceSeconds: 0.8 };

  it.each([
    ["idle", 0, 0.4],
    ["half full", 50, 0.425],
    ["nine tenths full", 90, 0.4 + 0.4 * 0.9 ** 4],
    ["full", 100, 0.8],
  ])("slows with the fourth power of utilization: %s", (_case, arrivals, seconds) => {
    const { latencies } = queueOf(rising).advance(arrivals, 1, 10);
    expect(latencies[0]).toBeCloseTo(seconds, 12);
  });

  it("leaves less room to wait on full units", () => {
    // Room for 0.2 s: 2 requests of the 50 that wait in the end.
    expect(queueOf(rising).advance(150, 1, 10).violations).toBeCloseTo((150 * 48) / 50, 9);
  });

  it("that takes longer than the objective makes every request a violation, queue or none", () => {
    const slow = queueOf({ idleServiceSeconds: 1.2, fullServiceSeconds: 1.5 });
    expect(slow.advance(10, 1, 10).violations).toBe(10);
    expect(slow.waiting).toBe(0);
  });

  it("that takes exactly the objective is inside it while nobody waits", () => {
    const tight = queueOf({ idleServiceSeconds: 1, fullServiceSeconds: 1 });
    expect(tight.advance(100, 1, 10).violations).toBe(0);
    expect(tight.advance(101, 1, 10).violations).toBe(101);
  });
});

describe("losing what waits at units that are killed", () => {
  it("takes the share of them, and counts only those who were no violations yet", () => {
    const queue = queueWith(3);
    expect(queue.lose(1 / 3)).toEqual({ lost: 1, missed: 1 });
    expect(queue.waiting).toBe(2);
    expect(queue.lose(1)).toEqual({ lost: 2, missed: 2 });
    expect(queue.lose(1)).toEqual({ lost: 0, missed: 0 });
  });

  it("counts nobody twice after an overload", () => {
    expect(queueWith(50).lose(0.4)).toEqual({ lost: 20, missed: 0 });
  });

  it("counts the last of a queue that has shrunk: they came when the wait was short again", () => {
    const queue = queueWith(50);
    const { violations } = queue.advance(53, 1, 10);
    expect(violations).toBeCloseTo((53 * 45) / 47, 9);
    const { lost, missed } = queue.lose(1);
    expect(lost).toBeCloseTo(3, 9);
    expect(missed).toBeCloseTo(53 - (53 * 45) / 47, 9);
  });

  it("remembers them over the steps that an objective of minutes allows", () => {
    const queue = queueOf({ objectiveSeconds: 30 });
    for (let step = 0; step < 3; step++) expect(queue.advance(120, 1, 10).violations).toBe(0);
    const { lost, missed } = queue.lose(0.5);
    expect([lost, missed]).toEqual([30, 30]);
  });
});
