/** Target tracking on the ten-second metric: 3 of 3 steps out, 90 of 90 in. A unit bears 8 requests, the target is 4. */
import { describe, expect, it } from "@jest/globals";
import type { PeerObservation } from "../../../lib/sim/peers/peer.ts";
import {
  type TargetTrackingFineOptions,
  targetTrackingFine,
} from "../../../lib/sim/peers/targetTrackingFine.ts";
import { NOW, seen, steady, stepsBefore } from "./arrange.ts";

const options: TargetTrackingFineOptions = { unitConcurrency: 8, min: 1, max: 20 };

/** So many requests in service and waiting on all four units, step by step. */
const at = (concurrency: readonly number[], ready?: readonly number[]): PeerObservation["steps"] => {
  const steps = stepsBefore(steady(0, concurrency.length), concurrency);
  return ready === undefined ? steps : { ...steps, ready: Float64Array.from(ready) };
};

const desiredFor = (steps: PeerObservation["steps"], change: Partial<TargetTrackingFineOptions> = {}) => {
  const peer = targetTrackingFine({ ...options, ...change });
  return peer.step(peer.initial, seen([], { steps }), NOW).desired;
};

describe("scale-out", () => {
  it.each([
    ["three steps of 6 on a unit: 4 × 6 / 4", at([24, 24, 24]), 6],
    ["the newest decides how much: 4 × 9 / 4", at([24, 24, 36]), 9],
    ["two steps are too few", at([24, 24]), 4],
    ["one of the three is at the target", at([24, 16, 24]), 4],
    ["one of the three is missing", at([24, Number.NaN, 24]), 4],
    ["in one of the three nobody served", at([24, 24, 24], [4, 0, 4]), 4],
    ["each step is shared by those that served in it: 18 on three are 6", at([24, 24, 18], [4, 4, 3]), 6],
    ["18 on four are 4.5", at([24, 24, 18]), 5],
  ])("%s", (_, steps, desired) => {
    expect(desiredFor(steps)).toBe(desired);
  });

  it("may have another alarm, and another share of what a unit bears", () => {
    expect(desiredFor(at([24, 24]), { alarmHigh: { minutes: 2, ofMinutes: 2 } })).toBe(6);
    expect(desiredFor(at([24, 24, 24]), { safetyFactor: 0.75 })).toBe(4);
  });
});

describe("scale-in", () => {
  it.each([
    ["a quarter of an hour of 2 on a unit: 4 × 2 / 4", at(steady(8, 90)), 2],
    ["a step less than that", at(steady(8, 89)), 4],
    ["what was before does not count", at([99, ...steady(8, 90)]), 2],
    ["one step at 90 % of the target", at([14.4, ...steady(8, 89)]), 4],
    ["one step just below it", at([14.3, ...steady(8, 89)]), 2],
    ["one step is missing", at([Number.NaN, ...steady(8, 89)]), 4],
    ["idle: the minimum", at(steady(0, 90)), 1],
  ])("%s", (_, steps, desired) => {
    expect(desiredFor(steps)).toBe(desired);
  });

  it("may have a shorter or a longer alarm", () => {
    const alarm = (steps: number) => ({ alarmLow: { minutes: steps, ofMinutes: steps } });
    expect(desiredFor(at(steady(8, 30)), alarm(30))).toBe(2);
    expect(desiredFor(at(steady(8, 119)), alarm(120))).toBe(4);
    expect(desiredFor(at(steady(8, 120)), alarm(120))).toBe(2);
  });
});

describe("as a rival", () => {
  it("runs every ten seconds under a name of its own", () => {
    const peer = targetTrackingFine(options);
    expect(peer.periodSeconds).toBe(10);
    expect(peer.name).toBe("target-tracking-10s");
    expect(peer.label).toBe("Target tracking at 50 %, 10 s metric");
  });

  it("cools down for five minutes between two scale-ins", () => {
    const peer = targetTrackingFine(options);
    const first = peer.step(peer.initial, seen([], { steps: at(steady(8, 90)) }), NOW);
    const settled = seen([], { steps: at(steady(2, 90), steady(2, 90)), desired: 2, changedAt: NOW });
    const second = peer.step(first.state, settled, NOW + 10);
    expect(second.desired).toBe(2);
    expect(peer.step(second.state, settled, NOW + 290).desired).toBe(2);
    expect(peer.step(second.state, settled, NOW + 300).desired).toBe(1);
  });
});
