/** The Knative autoscaler's tick: stable and panic wishes, rates of change, activation scale, delay, burst capacity. */
import { describe, expect, it } from "@jest/globals";
import {
  createDecider,
  DECIDER_DEFAULTS,
  type DeciderSpec,
  type DeciderState,
  decideScale,
} from "../../../../lib/sim/peers/knative/decider.ts";
import { NOW } from "../arrange.ts";

/** Ten requests for each pod. */
const SPEC: DeciderSpec = { ...DECIDER_DEFAULTS, targetValue: 10, totalValue: 10 };
const CALM: DeciderState = { panicAt: null, maxPanicPods: 0, recent: [] };

function decided(
  readyPods: number,
  stableValue: number,
  panicValue: number,
  change: Partial<DeciderSpec> = {},
  before: DeciderState = CALM,
  now: number = NOW,
) {
  const result = decideScale({ readyPods, stableValue, panicValue }, { ...SPEC, ...change }, before, now);
  if (result.kind === "invalid") throw new Error("it has data");
  return result;
}

describe("in calm", () => {
  it.each<readonly [string, number, number, number, Partial<DeciderSpec>, number]>([
    ["a full pod", 3, 40, 30, {}, 4],
    ["a part of a pod is a pod", 3, 40.1, 30, {}, 5],
    ["the stable window decides", 3, 20, 50, {}, 2],
    ["half of the pods at least", 10, 10, 10, {}, 5],
    ["half of 5 is 2", 5, 0, 0, {}, 2],
    ["half of one is none", 1, 0, 0, {}, 0],
    ["a slower way down: 10 / 1.2", 10, 10, 10, { maxScaleDownRate: 1.2 }, 8],
    ["all at once where nothing leads to it", 10, 0, 0, { reachable: false }, 0],
    ["1.5 times the pods at most, a part is a pod", 3, 100, 30, { maxScaleUpRate: 1.5 }, 5],
    ["none ready counts as one", 0, 100, 10, { maxScaleUpRate: 2 }, 2],
    ["the activation scale", 1, 5, 5, { activationScale: 3 }, 3],
    ["the activation scale above the rate of change", 1, 5, 5, { activationScale: 5, maxScaleUpRate: 2 }, 5],
    ["no activation scale without load", 1, 0, 0, { activationScale: 3 }, 0],
    ["no activation scale where more is wanted", 3, 40, 30, { activationScale: 3 }, 4],
  ])("%s", (_case, readyPods, stable, panic, change, expected) => {
    const { desiredPods, state } = decided(readyPods, stable, panic, change);
    expect(desiredPods).toBe(expected);
    expect(state.panicAt).toBeNull();
  });

  it("carries 70 of 100 as shipped: 141 are three pods", () => {
    expect(decided(2, 141, 141, { ...DECIDER_DEFAULTS }).desiredPods).toBe(3);
  });
});

describe("panic", () => {
  const since = (secondsAgo: number, maxPanicPods: number): DeciderState => ({
    panicAt: NOW - secondsAgo,
    maxPanicPods,
    recent: [],
  });

  it.each<readonly [string, number, number, number, Partial<DeciderSpec>, number, number | null]>([
    ["starts exactly at the threshold", 2, 20, 40, {}, 4, 0],
    ["does not start below it", 2, 20, 30, {}, 2, null],
    ["counts a part of a pod as a pod", 2, 20, 30.1, {}, 4, 0],
    ["starts at a threshold of its own", 4, 40, 60, { panicThreshold: 1.5 }, 6, 0],
    ["looks at the wish before its limit", 2, 20, 100, { maxScaleUpRate: 1.2 }, 3, 0],
    ["takes the larger of both windows", 2, 90, 40, {}, 9, 0],
    ["starts from none ready", 0, 0, 20, {}, 2, 0],
    ["has an activation scale, too", 1, 0, 20, { activationScale: 6 }, 6, 0],
  ])("%s", (_case, readyPods, stable, panic, change, expected, secondsAgo) => {
    const { desiredPods, state } = decided(readyPods, stable, panic, change);
    expect(desiredPods).toBe(expected);
    expect(state.panicAt).toBe(secondsAgo === null ? null : NOW - secondsAgo);
  });

  it.each<readonly [string, DeciderState, number, number, number, DeciderState]>([
    ["never goes down", since(10, 8), 20, 20, 8, since(10, 8)],
    ["goes up", since(10, 8), 90, 30, 9, since(10, 9)],
    ["goes on where it is over the threshold again", since(60, 8), 20, 80, 8, since(0, 8)],
    ["holds exactly a stable window", since(60, 8), 20, 20, 8, since(60, 8)],
    ["ends a second later", since(61, 8), 20, 20, 2, CALM],
    ["starts anew where it would end", since(61, 8), 20, 90, 9, since(0, 9)],
  ])("with 4 pods %s", (_case, before, stable, panic, desiredPods, state) => {
    expect(decided(4, stable, panic, {}, before)).toMatchObject({ desiredPods, state });
  });

  it("holds more than one pod for the first stable window", () => {
    const begun = createDecider(6, NOW);
    const counts = [0, 60, 61].map((seconds) => decided(6, 0, 0, {}, begun, NOW + seconds).desiredPods);
    expect(counts).toEqual([6, 6, 3]);
  });

  it.each([0, 1])("does not begin with %p pods", (readyPods) => {
    expect(createDecider(readyPods, NOW).panicAt).toBeNull();
  });
});

describe("without data", () => {
  it.each([
    ["of the stable window", null, 10],
    ["of the panic window", 10, null],
  ])("%s it decides nothing and forgets nothing", (_case, stableValue, panicValue) => {
    const before = { panicAt: NOW - 500, maxPanicPods: 8, recent: [4] };
    const result = decideScale({ readyPods: 2, stableValue, panicValue }, SPEC, before, NOW);
    expect(result).toEqual({ kind: "invalid", state: before });
  });
});

describe("a scale-down delay of three ticks", () => {
  const countsOf = (wishes: readonly number[], change: Partial<DeciderSpec>): readonly number[] => {
    let state = CALM;
    return wishes.map((wish) => {
      const spec = { maxScaleDownRate: 100, scaleDownDelayTicks: 3, ...change };
      const result = decided(10, wish * 10, 0, spec, state);
      state = result.state;
      return result.desiredPods;
    });
  };

  it.each<readonly [string, Partial<DeciderSpec>, readonly number[]]>([
    ["takes the most of the last three", {}, [8, 8, 8, 5, 9, 9, 9]],
    ["is none at 0 ticks", { scaleDownDelayTicks: 0 }, [8, 5, 4, 3, 9, 2, 1]],
    ["is none where nothing leads to it", { reachable: false }, [8, 5, 4, 3, 9, 2, 1]],
  ])("%s", (_case, change, expected) => {
    expect(countsOf([8, 5, 4, 3, 9, 2, 1], change)).toEqual(expected);
  });
});

describe("the excess burst capacity", () => {
  it.each([
    ["as shipped: 3 × 10 − 211 − 20", 3, 20, 211, -201],
    ["down to a whole request: 30 − 5 − 20.5", 3, 20.5, 5, 4],
    ["of no pod", 0, 0, 5, -5],
    ["switched off", 3, 20, 0, 0],
    ["always through the activator", 3, 20, -1, -1],
  ])("%s", (_case, readyPods, panic, targetBurstCapacity, expected) => {
    expect(decided(readyPods, 20, panic, { targetBurstCapacity }).excessBurstCapacity).toBe(expected);
  });
});
