/** What rivals see of the fine metric: how late it is on each platform, and where it has gaps. */
import { describe, expect, it } from "@jest/globals";
import { Observer } from "../../lib/sim/observer.ts";
import type { SimPlatform } from "../../lib/sim/physics/platform.ts";
import { repeat } from "../core/arrange.ts";
import { aStage } from "./arrange.ts";
import { START } from "./physics/arrange.ts";

/** Steps that are shown after so many seconds. */
function shownAfter(seconds: number, platform: SimPlatform): number {
  const stage = aStage({ platform });
  const observer = new Observer(stage);
  while (stage.endpoint.now < START + seconds) stage.advance();
  return observer.observe(stage.endpoint.now).steps.arrivals.length;
}

describe("ten-second readings", () => {
  it.each([
    ["sagemaker", [0, 0, 1, 2, 3, 4]],
    ["kubernetes", [0, 0, 1, 3, 3, 4]],
  ] as const)("on %s are as late as its metrics", (platform, steps) => {
    expect([0, 10, 20, 30, 40, 50].map((seconds) => shownAfter(seconds, platform))).toEqual(steps);
  });

  it("are requests that came, requests in service and waiting, and units that served", () => {
    // Four units of 240 a minute are full at 20 a second: 250 in a step leave 50 waiting, 25 on average.
    const stage = aStage({ arrivals: Uint32Array.from([100, 250, ...repeat(58, 100)]) });
    const observer = new Observer(stage);
    for (let step = 0; step < 6; step++) stage.advance();
    const { arrivals, concurrency, ready } = observer.observe(stage.endpoint.now).steps;
    expect([...arrivals]).toEqual([100, 250, 100, 100, 100]);
    expect([...ready]).toEqual(repeat(5, 4));
    // Half full: 10 a second × (0.4 + 0.4 × 0.5⁴) s. Full: 20 a second × 0.8 s, and 25 that wait, one or two more by chance.
    expect(concurrency[0]).toBeCloseTo(10 * 0.425, 6);
    expect((concurrency[1] ?? 0) - (20 * 0.8 + 25)).toBeGreaterThanOrEqual(0);
    expect((concurrency[1] ?? 0) - (20 * 0.8 + 25)).toBeLessThan(2);
  });

  it("are missing where the trace has no row", () => {
    const stage = aStage({ isMissing: (minute) => minute === 1 });
    const observer = new Observer(stage);
    for (let step = 0; step < 20; step++) stage.advance();
    const { arrivals, concurrency } = observer.observe(stage.endpoint.now).steps;
    expect([...arrivals].map(Number.isNaN)).toEqual([
      ...repeat(6, false),
      ...repeat(6, true),
      ...repeat(7, false),
    ]);
    expect([...concurrency].map(Number.isNaN).filter(Boolean).length).toBe(6);
  });
});

describe("units", () => {
  it("that start are told apart by when they were asked for", () => {
    const stage = aStage({ platform: "kubernetes" });
    const observer = new Observer(stage);
    stage.capacity.change((fleet, now) => fleet.ask(6, now));
    stage.advance();
    stage.capacity.change((fleet, now) => fleet.ask(7, now));
    const { starting, desired, ready, locked } = observer.observe(stage.endpoint.now);
    expect({ starting, desired, ready, locked }).toEqual({
      starting: [START, START, START + 10],
      desired: 7,
      ready: 4,
      locked: false,
    });
  });
});
