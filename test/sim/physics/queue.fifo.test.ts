/**
 * The fluid queue against requests that are played one by one. The fluid books a violation by the queue that a request
 * finds and the units that are there when it comes; the other knows how long it really waited.
 */
import { describe, expect, it } from "@jest/globals";
import { FluidQueue, type QueueOptions } from "../../../lib/sim/physics/queue.ts";
import { type RandomSource, stream } from "../../../lib/sim/random.ts";
import { aQueue } from "./arrange.ts";
import { type FifoOutput, playFifo } from "./fifo.ts";

type Steps = readonly { readonly arrivals: number; readonly ready: number }[];

const HOUR = Array.from({ length: 360 }, (_, step) => step);

/** Ten units carry 100 a second. The load climbs to 130 within the hour; five units come five minutes after it is too much. */
const ramp: Steps = HOUR.map((step) => ({
  arrivals: Math.round(10 * Math.min(130, 60 + step * 0.4)),
  ready: step < 130 ? 10 : 15,
}));

/** Four minutes of one and a half times what ten units carry, after which they catch up. */
const burst: Steps = HOUR.map((step) => ({ arrivals: step >= 120 && step < 144 ? 1_500 : 700, ready: 10 }));

/** Many small overloads, each with a unit more or less. */
const restless: Steps = HOUR.map((step) => ({
  arrivals: Math.round(10 * (95 + 20 * Math.sin(step / 3))),
  ready: step % 30 < 15 ? 10 : 11,
}));

/** Units go while requests wait: nothing else makes those wait longer than they were promised. */
const shrinking: Steps = HOUR.map((step) => ({ arrivals: 750, ready: step % 60 < 20 ? 7 : 9 }));

const evenly = (index: number, count: number): number => (index + 0.5) / count;
const randomly = (source: RandomSource) => (): number => source();

function fluid(
  steps: Steps,
  options: QueueOptions = aQueue(),
): { readonly violations: number; readonly dropped: number } {
  const queue = new FluidQueue(options);
  let violations = 0;
  let dropped = 0;
  for (const { arrivals, ready } of steps) {
    const step = queue.advance(arrivals, ready, 10);
    violations += step.violations;
    dropped += step.dropped;
  }
  return { violations, dropped };
}

function oneByOne(
  steps: Steps,
  placeOf: (index: number, count: number) => number,
  options: QueueOptions = aQueue(),
): FifoOutput {
  return playFifo({
    ...options,
    serviceSeconds: options.idleServiceSeconds,
    steps,
    stepSeconds: 10,
    placeOf,
  });
}

const hours = [
  { name: "a ramp that is caught late", steps: ramp, byChance: 0.01 },
  { name: "a burst", steps: burst, byChance: 0.01 },
  { name: "units that come and go", steps: shrinking, byChance: 0.01 },
  // All hour within a fifth of saturation, where chance alone makes queues that ten seconds do not show.
  { name: "restless load and units", steps: restless, byChance: 0.03 },
];

describe("requests that come evenly", () => {
  it.each(hours)("miss the objective in the same share, to 0.05 %: $name", ({ steps }) => {
    const exact = oneByOne(steps, evenly);
    const model = fluid(steps);
    expect(exact.violations).toBeGreaterThan(0.02 * exact.requests);
    expect(Math.abs(model.violations - exact.violations) / exact.requests).toBeLessThan(0.0005);
    expect(Math.abs(model.dropped - exact.dropped) / exact.requests).toBeLessThan(0.0005);
  });

  it("differ by less than 1 % even where units come and go every ten seconds", () => {
    // Those who wait when a unit comes were judged without it; they are less than an objective's time of requests.
    const steps = HOUR.map((step) => ({ arrivals: 145, ready: 1 + (step % 2) }));
    const exact = oneByOne(steps, evenly);
    expect(exact.violations).toBeGreaterThan(0.5 * exact.requests);
    expect(Math.abs(fluid(steps).violations - exact.violations) / exact.requests).toBeLessThan(0.01);
  });
});

describe("requests that come at random inside their ten seconds", () => {
  it.each(hours)("miss the objective in nearly the same share: $name", ({ name, steps, byChance }) => {
    const exact = oneByOne(steps, randomly(stream(1, name)));
    const model = fluid(steps);
    expect(Math.abs(model.violations - exact.violations) / exact.requests).toBeLessThan(byChance);
  });

  it("miss it far more often than the fluid says where only a few come in a second", () => {
    // Two units of one a second each: two requests close together are too many, on average they are few.
    const steps = HOUR.map(() => ({ arrivals: 16, ready: 2 }));
    const small = { ...aQueue(), saturationPerUnit: 1 };
    const exact = oneByOne(steps, randomly(stream(1, "few")), small);
    expect(fluid(steps, small).violations).toBe(0);
    expect(exact.violations / exact.requests).toBeGreaterThan(0.1);
  });
});
