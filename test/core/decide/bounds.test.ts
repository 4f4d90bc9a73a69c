/** Each limit bites when it should, in its order. */
import { describe, expect, it } from "@jest/globals";
import type { Bound, Situation } from "../../../lib/core/decision.ts";
import { EMPTY_MEMORY, type Memory } from "../../../lib/core/memory.ts";
import type { Step, TargetPolicy } from "../../../lib/core/policy.ts";
import {
  anOverride,
  aPolicy,
  aPromotion,
  aSituation,
  boundBy,
  capacityOf,
  decided,
  loadOf,
  minutes,
  NOW,
  pinTo,
  scaleInOf,
} from "../arrange.ts";

/** Units that the reactive demand asks for, since its headroom is a half: 12 at a load of 800. */
const load = (units: number) => ({ load: loadOf((units * 100) / 1.5) });

function outcome(policy: TargetPolicy, parts: Partial<Situation>, memory: Memory = EMPTY_MEMORY) {
  const { desired, bounds } = decided(policy, aSituation(parts), memory);
  return { desired, bounds: bounds.map(({ by, from, to }): [Bound["by"], number, number] => [by, from, to]) };
}

describe("the scale-out cooldown", () => {
  const policy = aPolicy({ scaleOut: { cooldownSeconds: minutes(3), maxStep: null } });
  const raised = (secondsAgo: number): Memory => ({ ...EMPTY_MEMORY, lastOutAt: NOW - secondsAgo });
  const promotions = (units: number) => [aPromotion({ start: NOW, expect: { units } })];

  it.each<[string, Partial<Situation>, Memory, number, ReturnType<typeof outcome>["bounds"]]>([
    ["keeps what there is after a scale-out", load(9), raised(60), 4, [["scale-out cooldown", 9, 4]]],
    ["is over in time", load(9), raised(minutes(3)), 9, []],
    ["needs a scale-out to begin with", load(9), EMPTY_MEMORY, 9, []],
    [
      "does not wait with what was planned",
      { ...load(9), promotions: promotions(6) },
      raised(60),
      6,
      [["scale-out cooldown", 9, 6]],
    ],
    ["does not touch a promotion alone", { ...load(1), promotions: promotions(9) }, raised(60), 9, []],
    ["does not touch a scale-in", load(2), raised(60), 2, []],
    [
      "does not wait longer after the clock stepped back",
      load(9),
      raised(-minutes(600)),
      4,
      [["scale-out cooldown", 9, 4]],
    ],
  ])("%s", (_case, parts, memory, desired, bounds) => {
    expect(outcome(policy, parts, memory)).toEqual({ desired, bounds });
  });

  it("lets the minimum through", () => {
    const raisedMinimum = { ...policy, capacity: { min: 7, max: 20 } };
    expect(outcome(raisedMinimum, load(9), raised(60)).desired).toBe(7);
  });
});

describe("the step out", () => {
  const policy = (maxStep: Step) => aPolicy({ scaleOut: { cooldownSeconds: 0, maxStep } });

  it.each<[string, Step, Partial<Situation>, number]>([
    ["limits what is added at once", { units: 2 }, load(9), 6],
    ["limits it to a share of what there is", { share: 1 }, load(9), 8],
    ["adds one at least from nothing", { share: 0.5 }, { ...load(9), capacity: capacityOf(0) }, 1],
    ["does not bite below itself", { units: 9 }, load(9), 9],
    [
      "does not limit a promotion",
      { units: 2 },
      { promotions: [aPromotion({ start: NOW, expect: { units: 15 } })] },
      15,
    ],
    ["does not limit a scale-in", { units: 1 }, load(1), 1],
  ])("%s", (_case, step, parts, desired) => {
    expect(outcome(policy(step), parts).desired).toBe(desired);
  });
});

describe("the step in", () => {
  const policy = (maxStep: Step) => aPolicy(scaleInOf({ maxStep }));

  it.each<[string, Step, Partial<Situation>, number]>([
    ["limits what is released at once", { units: 1 }, load(1), 3],
    ["limits it to a share of what there is", { share: 0.5 }, load(1), 2],
    ["does not bite below itself", { units: 3 }, load(2), 2],
    ["does not limit a scale-out", { units: 1 }, load(9), 9],
  ])("%s", (_case, step, parts, desired) => {
    expect(outcome(policy(step), parts).desired).toBe(desired);
  });
});

describe("a pin", () => {
  it.each<[string, Partial<TargetPolicy>, Partial<Situation>, number]>([
    ["raises whatever is needed less", {}, { ...load(2), overrides: [pinTo(9)] }, 9],
    ["lowers whatever is needed more", {}, { ...load(9), overrides: [pinTo(2)] }, 2],
    ["stands above holds", {}, { overrides: [pinTo(2), anOverride({ kind: "freeze-scale-in" })] }, 2],
    ["stands above a promotion", {}, { promotions: [aPromotion({ start: NOW })], overrides: [pinTo(2)] }, 2],
    ["stands above steps", scaleInOf({ maxStep: { units: 1 } }), { overrides: [pinTo(1)] }, 1],
    ["stays above the minimum", { capacity: { min: 3, max: 20 } }, { overrides: [pinTo(1)] }, 3],
    ["stays below the maximum", { capacity: { min: 1, max: 5 } }, { overrides: [pinTo(9)] }, 5],
    ["ends with its time", {}, { ...load(4), overrides: [{ ...pinTo(9), until: NOW }] }, 4],
  ])("%s", (_case, policy, parts, desired) => {
    expect(outcome(aPolicy(policy), parts).desired).toBe(desired);
  });
});

describe("minimum and maximum", () => {
  const policy = aPolicy({ capacity: { min: 2, max: 6 } });

  it.each<[string, Partial<Situation>, number]>([
    ["keep what lies between", load(5), 5],
    ["raise to the minimum", load(0), 2],
    ["lower to the maximum", load(9), 6],
    [
      "lower to the maximum whatever holds",
      { capacity: capacityOf(9), overrides: [anOverride({ kind: "freeze-scale-in" })] },
      6,
    ],
    [
      "lower a promotion to the maximum",
      { promotions: [aPromotion({ start: NOW, expect: { units: 50 } })] },
      6,
    ],
  ])("%s", (_case, parts, desired) => {
    expect(outcome(policy, parts).desired).toBe(desired);
  });
});

describe("a pause", () => {
  const pause = anOverride({ kind: "pause" });

  it.each<[string, Partial<Situation>, number]>([
    ["leaves a scale-out undone", { ...load(9), overrides: [pause] }, 4],
    ["leaves a scale-in undone", { ...load(1), overrides: [pause] }, 4],
    ["stands above a pin", { overrides: [pinTo(9), pause] }, 4],
    ["leaves even what is above the maximum", { capacity: capacityOf(30), overrides: [pause] }, 30],
    ["leaves even what is below the minimum", { capacity: capacityOf(0), overrides: [pause] }, 0],
    ["ends with its time", { ...load(9), overrides: [{ ...pause, until: NOW }] }, 9],
  ])("%s", (_case, parts, desired) => {
    expect(outcome(aPolicy(), parts).desired).toBe(desired);
  });

  it("is recorded with the override, whether or not it changed anything", () => {
    const needed = decided(aPolicy(), aSituation({ ...load(9), overrides: [pause] }));
    expect(boundBy(needed, "pause")).toMatchObject({ from: 9, to: 4 });
    const idle = decided(aPolicy(), aSituation({ ...load(4), overrides: [pause] }));
    expect(idle).toMatchObject({ desired: 4, bounds: [], overrides: [pause] });
  });
});

it("every limit that bites is recorded in order, each from where the one before ended", () => {
  const policy = aPolicy({
    capacity: { min: 1, max: 8 },
    scaleOut: { cooldownSeconds: 0, maxStep: { units: 3 } },
  });
  expect(outcome(policy, { ...load(20), overrides: [pinTo(12), anOverride({ kind: "pause" })] })).toEqual({
    desired: 4,
    bounds: [
      ["step out", 20, 7],
      ["pin", 7, 12],
      ["maximum", 12, 8],
      ["pause", 8, 4],
    ],
  });
});
