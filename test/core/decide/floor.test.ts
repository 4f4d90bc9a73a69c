/** In floor mode the platform's own autoscaler stays at work and Forewarm moves its minimum: that is what it decides about. */
import { describe, expect, it } from "@jest/globals";
import type { Situation } from "../../../lib/core/decision.ts";
import { EMPTY_MEMORY } from "../../../lib/core/memory.ts";
import type { TargetPolicy } from "../../../lib/core/policy.ts";
import {
  anOverride,
  aPolicy,
  aSituation,
  capacityOf,
  decided,
  forecastOf,
  loadOf,
  minutes,
  NOW,
  repeat,
  scaleInOf,
} from "../arrange.ts";

/** The platform has gone up to ten by itself, above the floor of three; four are needed. */
const spiked: Partial<Situation> = {
  capacity: capacityOf(10, { minimum: 3 }),
  load: loadOf(400),
  forecast: forecastOf(400),
};
const floor = (parts: Partial<TargetPolicy> = {}) => aPolicy({ mode: "floor", ...parts });
const decide = (parts: Partial<Situation> = {}, policy = floor(), memory = EMPTY_MEMORY) =>
  decided(policy, aSituation({ ...spiked, ...parts }), memory);

describe("the floor", () => {
  it("is raised to what is needed, not to where the platform's own autoscaler has gone", () => {
    expect(decide()).toMatchObject({ from: 3, desired: 4, holds: [], bounds: [] });
  });

  it.each<[string, Partial<Situation>, TargetPolicy]>([
    ["missing data", { load: loadOf([100, null, 100]), forecast: forecastOf(100) }, floor()],
    [
      "a freeze",
      { load: loadOf(100), forecast: forecastOf(100), overrides: [anOverride({ kind: "freeze-scale-in" })] },
      floor(),
    ],
    [
      "nothing being known",
      { load: loadOf(repeat(60, null)), forecast: { kind: "missing", why: "none" } },
      floor(),
    ],
    ["a pause", { load: loadOf(900), overrides: [anOverride({ kind: "pause" })] }, floor()],
  ])("stays where it is for %s", (_case, parts, policy) => {
    expect(decide(parts, policy).desired).toBe(3);
  });

  it("is not held up by a scale-in that the platform made by itself", () => {
    const policy = floor(scaleInOf({ cooldownSeconds: minutes(5) }));
    const memory = { ...EMPTY_MEMORY, lastInAt: NOW - 60 };
    expect(decide({ load: loadOf(100), forecast: forecastOf(100) }, policy, memory).desired).toBe(3);
  });

  it("moves by its steps from where it is", () => {
    const out = floor({ scaleOut: { cooldownSeconds: 0, maxStep: { units: 1 } } });
    expect(decide({ forecast: forecastOf(900) }, out).desired).toBe(4);
    const down = floor(scaleInOf({ maxStep: { units: 1 } }));
    expect(decide({ load: loadOf(100), forecast: forecastOf(100) }, down).desired).toBe(2);
  });

  it("is the desired units where the platform has no minimum of its own", () => {
    expect(decide({ capacity: capacityOf(3) })).toMatchObject({ from: 3, desired: 4 });
  });

  it("is no matter in the other modes, which decide about the desired units", () => {
    expect(decide({}, aPolicy({ mode: "full" }))).toMatchObject({ from: 10, desired: 4 });
    expect(decide({}, aPolicy({ mode: "shadow" }))).toMatchObject({ from: 10, desired: 4 });
  });
});
