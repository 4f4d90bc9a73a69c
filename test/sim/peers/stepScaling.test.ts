import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  type Adjustment,
  adjusted,
  checkSteps,
  roundedChange,
  stepFor,
} from "../../../lib/sim/peers/stepAdjustment.ts";
import { type StepScalingOptions, stepScaling } from "../../../lib/sim/peers/stepScaling.ts";
import { NOW, seen, steady } from "./arrange.ts";

/** The example of the user guide: out by nothing, 10 % and 30 %, in by nothing, 10 % and 30 %. */
const OUT: Adjustment = {
  type: "PercentChangeInCapacity",
  steps: [
    { lower: 0, upper: 10, change: 0 },
    { lower: 10, upper: 20, change: 10 },
    { lower: 20, upper: null, change: 30 },
  ],
};
const IN: Adjustment = {
  type: "PercentChangeInCapacity",
  steps: [
    { lower: -10, upper: 0, change: 0 },
    { lower: -20, upper: -10, change: -10 },
    { lower: null, upper: -20, change: -30 },
  ],
};

const unitsAfter = (adjustment: Adjustment, breach: number, units: number): number | null => {
  const step = stepFor(adjustment, breach);
  return step === null ? null : adjusted(adjustment, step, units);
};

describe("a step", () => {
  it("goes through the user guide's example: 10, 11, 14, 13, 10", () => {
    expect(unitsAfter(OUT, 10, 10)).toBe(11);
    expect(unitsAfter(OUT, 20, 11)).toBe(14);
    expect(unitsAfter(IN, -10, 14)).toBe(13);
    expect(unitsAfter(IN, -20, 13)).toBe(10);
  });

  it.each([
    [0, 10],
    [9.99, 10],
    [10, 11],
    [19.99, 11],
    [20, 13],
    [1e9, 13],
  ])(
    "above the threshold its lower bound belongs to it: a breach of %p makes 10 units %p",
    (breach, units) => {
      expect(unitsAfter(OUT, breach, 10)).toBe(units);
    },
  );

  it.each([
    [-9.99, 10],
    [-10, 9],
    [-19.99, 9],
    [-20, 7],
  ])(
    "below the threshold its upper bound belongs to it: a breach of %p makes 10 units %p",
    (breach, units) => {
      expect(unitsAfter(IN, breach, 10)).toBe(units);
    },
  );

  it("is none where no step covers the breach", () => {
    expect(stepFor({ ...OUT, steps: [{ lower: 10, upper: 20, change: 1 }] }, 5)).toBeNull();
  });

  it.each([
    [0, 0],
    [0.1, 1],
    [1, 1],
    [1.9, 1],
    [2.5, 2],
    [-0.1, -1],
    [-1, -1],
    [-1.9, -1],
    [-6.67, -6],
  ])("rounds a change of %p to %p", (change, rounded) => expect(roundedChange(change)).toBe(rounded));

  it.each<readonly [Adjustment["type"], number, number | undefined, number, number]>([
    ["ChangeInCapacity", 3, undefined, 10, 13],
    ["ChangeInCapacity", -30, undefined, 10, 0],
    ["ExactCapacity", 4, undefined, 10, 4],
    ["PercentChangeInCapacity", 10, 3, 10, 13],
    ["PercentChangeInCapacity", -10, 3, 10, 7],
    ["PercentChangeInCapacity", 50, 3, 10, 15],
    ["PercentChangeInCapacity", 0, 3, 10, 10],
  ])("of %s by %p, at least %p, makes %p units %p", (type, change, minimumMagnitude, units, expected) => {
    const adjustment = { type, steps: [], ...(minimumMagnitude === undefined ? {} : { minimumMagnitude }) };
    expect(adjusted(adjustment, { lower: null, upper: null, change }, units)).toBe(expected);
  });

  it("never covers a breach twice, whatever its bounds, when they were accepted", () => {
    const bound = fc.option(fc.integer({ min: -20, max: 20 }), { nil: null });
    const steps = fc.array(fc.record({ lower: bound, upper: bound, change: fc.constant(1) }), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(steps, fc.double({ min: -25, max: 25, noNaN: true }), (list, breach) => {
        try {
          checkSteps(list);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        const covering = list.filter(
          (step) => stepFor({ type: "ExactCapacity", steps: [step] }, breach) !== null,
        );
        expect(covering.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("step scaling", () => {
  const alarm = { minutes: 3, ofMinutes: 3 };
  const options: StepScalingOptions = {
    min: 2,
    max: 12,
    out: { threshold: 100, alarm, adjustment: OUT, cooldownSeconds: 300 },
    in: { threshold: 50, alarm: { minutes: 5, ofMinutes: 5 }, adjustment: IN, cooldownSeconds: 300 },
  };
  const peer = stepScaling(options);
  const wants = (perUnit: number | null, desired: number, state = peer.initial, now = NOW): number =>
    peer.step(state, seen(steady(perUnit), { desired }), now).desired;

  it.each<readonly [string, number | null, number, number]>([
    ["far over: the third step, and not above the maximum", 130, 10, 12],
    ["over by ten", 111, 10, 11],
    ["just over", 101, 10, 10],
    ["between the thresholds", 70, 10, 10],
    ["far under", 20, 10, 7],
    ["under at the minimum", 20, 2, 2],
    ["no data", null, 10, 10],
  ])("%s", (_case, perUnit, desired, expected) => expect(wants(perUnit, desired)).toBe(expected));

  it("asks for nothing while the endpoint is locked", () => {
    expect(peer.step(peer.initial, seen(steady(130), { desired: 4, locked: true }), NOW).desired).toBe(4);
  });

  it("counts what a cooling scale-out added: the same breach adds nothing, a larger one the difference", () => {
    const first = peer.step(peer.initial, seen(steady(115), { desired: 8 }), NOW);
    expect(first.desired).toBe(9);
    const { state } = peer.step(first.state, seen(steady(115), { desired: 9 }), NOW + 60);
    expect(wants(115, 9, state, NOW + 120)).toBe(9);
    expect(wants(140, 9, state, NOW + 120)).toBe(10);
    const more = peer.step(state, seen(steady(140), { desired: 9 }), NOW + 120);
    expect(wants(140, 10, more.state, NOW + 180)).toBe(10);
    expect(wants(115, 9, state, NOW + 359)).toBe(9);
    expect(wants(115, 9, state, NOW + 360)).toBe(10);
  });

  it("counts a cooldown from when the change has completed, and none of one that was not taken", () => {
    const first = peer.step(peer.initial, seen(steady(115), { desired: 8 }), NOW);
    const starting = seen(steady(115), { desired: 9, ready: 8 });
    const { state, desired } = peer.step(first.state, starting, NOW + 600);
    expect(desired).toBe(9);
    expect(state.scaleOut?.completedAt).toBeNull();
    const done = peer.step(state, seen(steady(115), { desired: 9 }), NOW + 660);
    expect(done.state.scaleOut?.completedAt).toBe(NOW + 660);
    expect(wants(115, 8, first.state, NOW + 60)).toBe(9);
  });

  it("waits between two scale-ins, and not before a scale-out", () => {
    const first = peer.step(peer.initial, seen(steady(35), { desired: 10 }), NOW);
    expect(first.desired).toBe(9);
    const { state } = peer.step(first.state, seen(steady(35), { desired: 9 }), NOW + 60);
    expect(wants(35, 9, state, NOW + 359)).toBe(9);
    expect(wants(35, 9, state, NOW + 360)).toBe(8);
    expect(wants(130, 9, state, NOW + 60)).toBe(11);
  });

  it("ends the cooldown of a scale-in with a scale-out", () => {
    const down = peer.step(peer.initial, seen(steady(35), { desired: 10 }), NOW);
    const up = peer.step(down.state, seen(steady(130), { desired: 9 }), NOW + 60);
    expect(up.desired).toBe(11);
    expect(wants(35, 11, up.state, NOW + 120)).toBe(10);
  });

  it("refuses bounds and steps that contradict themselves", () => {
    expect(() => stepScaling({ ...options, min: 13 })).toThrow(/min must not be above max, got 13 and 12/);
    const overlapping = {
      ...OUT,
      steps: [
        { lower: 0, upper: 10, change: 1 },
        { lower: 5, upper: null, change: 2 },
      ],
    };
    expect(() => stepScaling({ ...options, out: { ...options.out, adjustment: overlapping } })).toThrow(
      /must not overlap/,
    );
  });
});
