/** Knative as a rival: means of ten-second readings over both windows, its mood, bounds and delay. */
import { describe, expect, it } from "@jest/globals";
import { type KnativeOptions, type KnativeState, knative } from "../../../lib/sim/peers/knative.ts";
import { NOW, seen, steady, stepsBefore } from "./arrange.ts";

/** Seven requests for each pod, of ten that it carries. */
const OPTIONS: KnativeOptions = { unitConcurrency: 10, utilization: 0.7, min: 0, max: 20 };

function tick(
  concurrency: readonly number[],
  ready: number,
  change: Partial<KnativeOptions> = {},
  state: KnativeState | null = null,
  now: number = NOW,
) {
  const peer = knative({ ...OPTIONS, ...change });
  const observation = seen([], { desired: ready, ready, steps: stepsBefore([], concurrency) });
  return peer.step(state ?? peer.initial, observation, now);
}

describe("Knative", () => {
  it.each<readonly [string, readonly number[], Partial<KnativeOptions>, number]>([
    ["one pod at its target", steady(7, 6), {}, 1],
    ["a panic: 21 in the newest reading are 3 pods", [0, 0, 0, 0, 0, 21], {}, 3],
    ["no panic below twice the pods", [0, 0, 0, 0, 0, 7], {}, 1],
    ["older readings than the stable window do not count", [9999, ...steady(7, 6)], {}, 1],
    [
      "a stable window of 120 s: 12 readings",
      [...steady(21, 6), ...steady(7, 6)],
      { stableWindowSeconds: 120 },
      2,
    ],
    [
      "a panic window of 30 s: (0 + 0 + 21) / 3 is one pod",
      [0, 0, 0, 0, 0, 21],
      { panicWindowShare: 0.5 },
      1,
    ],
    ["a panic threshold of its own: 0 + 21 is one pod", [0, 0, 0, 0, 0, 21], { panicThreshold: 4 }, 1],
    ["the maximum", steady(210, 6), {}, 20],
    ["the minimum", steady(0, 6), { min: 2 }, 2],
    ["none without load", steady(0, 6), {}, 0],
    ["a target of 0.01 at least: 0.05 are 5 pods", steady(0.05, 6), { utilization: 0 }, 5],
  ])("of one pod: %s", (_case, concurrency, change, expected) => {
    expect(tick(concurrency, 1, change).desired).toBe(expected);
  });

  it.each([
    ["nothing is published", []],
    ["a reading is missing", [99, Number.NaN, 99, 99, 99, 99]],
  ])("keeps what there is while %s", (_case, concurrency) => {
    expect(tick(concurrency, 3).desired).toBe(3);
  });

  it("holds what it begins with for a stable window, then goes down by half", () => {
    const readings = steady(7, 6);
    const first = tick(readings, 8);
    expect(first).toMatchObject({ desired: 8, reason: "panic" });
    const held = tick(readings, 8, {}, first.state, NOW + 60);
    expect(held.desired).toBe(8);
    expect(tick(readings, 8, {}, held.state, NOW + 62)).toMatchObject({ desired: 4, reason: "stable" });
  });

  it("waits for new readings to change its mind", () => {
    const first = tick(steady(7, 6), 1);
    expect(tick(steady(7, 6), 1, {}, first.state, NOW + 2).desired).toBe(1);
    expect(tick([...steady(7, 6), 21], 1, {}, first.state, NOW + 10).desired).toBe(3);
  });

  it("goes down after the last of three ticks of a delay of 5 s", () => {
    const change = { scaleDownDelaySeconds: 5, panicThreshold: 100 };
    let { desired, state } = tick(steady(49, 6), 1, change);
    const counts = [desired];
    for (const seconds of [2, 4, 6]) {
      ({ desired, state } = tick(steady(7, 12), 1, change, state, NOW + seconds));
      counts.push(desired);
    }
    expect(counts).toEqual([7, 7, 7, 1]);
  });
});
