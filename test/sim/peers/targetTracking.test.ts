import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { PeerObservation } from "../../../lib/sim/peers/peer.ts";
import { type TargetTrackingState, targetTracking } from "../../../lib/sim/peers/targetTracking.ts";
import { NOW, seen, steady } from "./arrange.ts";

/** Target 100 a minute per unit; the low alarm is below 90. */
const options = { unitLoad: 200, min: 1, max: 20 };
const idle: TargetTrackingState = { scaleOut: null, scaleIn: null };

function step(
  values: readonly (number | null)[],
  {
    policy = {},
    state = idle,
    ...observed
  }: Partial<PeerObservation> & {
    readonly policy?: Partial<Parameters<typeof targetTracking>[0]>;
    readonly state?: TargetTrackingState;
  } = {},
): ReturnType<ReturnType<typeof targetTracking>["step"]> {
  return targetTracking({ ...options, ...policy }).step(state, seen(values, observed), NOW);
}

describe("the alarms", () => {
  it.each([
    ["three minutes above the target", [200, 200, 200], 8],
    ["sized by the newest minute", [300, 300, 125], 5],
    ["two minutes are not enough", [50, 200, 200], 4],
    ["exactly at the target", [200, 200, 100], 4],
    ["a missing minute among the three", [200, null, 200], 4],
    ["the newest minute missing", [200, 200, 200, null], 4],
    ["only two minutes old", [200, 200], 4],
    ["a gap before the three does not matter", [null, 200, 200, 200], 8],
  ])("scale out: %s", (_, values, units) => {
    expect(step(values).desired).toBe(units);
  });

  it.each([
    ["fifteen minutes below 90 % of the target", steady(50), 2],
    ["fourteen are not enough", [95, ...steady(50, 14)], 4],
    ["fourteen known are not enough", steady(50, 14), 4],
    ["exactly 90 %", [...steady(50, 14), 90], 4],
    ["between 90 % and the target", steady(95), 4],
    ["a missing minute inside", [...steady(50, 7), null, ...steady(50, 7)], 4],
    ["the newest minute missing", [...steady(50), null], 4],
    ["sized by the newest minute", [...steady(10, 14), 74], 3],
    ["just below 90 % of four units still needs four", steady(89), 4],
    ["no traffic goes to the minimum", steady(0), 1],
    ["no data goes nowhere", steady(null), 4],
  ])("scale in: %s", (_, values, units) => {
    expect(step(values).desired).toBe(units);
  });

  it("looks at the newest minute where it may be any of an M-of-N window", () => {
    const policy = { alarmHigh: { minutes: 2, ofMinutes: 3 } };
    expect(step([200, 200, 99], { policy }).desired).toBe(4);
    expect(step([200, 200, null], { policy }).desired).toBe(4);
    expect(step([99, 200, 200], { policy }).desired).toBe(8);
  });
});

describe("the bounds", () => {
  it.each([
    ["out to the maximum", [900, 900, 900], {}, 20],
    ["not past the maximum", [900, 900, 900], { desired: 20 }, 20],
    ["not below the minimum", steady(0), { policy: { min: 3 } }, 3],
    ["into the maximum at once", [], { desired: 25 }, 20],
    ["into the minimum at once", [], { desired: 2, policy: { min: 3 } }, 3],
    [
      "nothing leaves zero, where no unit measures a request",
      steady(null),
      { desired: 0, policy: { min: 0 } },
      0,
    ],
  ])("%s", (_, values, change, units) => {
    expect(step(values, change).desired).toBe(units);
  });
});

describe("scale-in", () => {
  it.each([
    ["disabled", { scaleInDisabled: true }, 10],
    ["one unit at a time", { scaleInStep: { units: 1 } }, 9],
    ["a quarter at a time, rounded against removal", { scaleInStep: { share: 0.25 } }, 8],
    ["as much as the metric says", {}, 2],
  ])("%s", (_, policy, units) => {
    expect(step(steady(15), { desired: 10, policy }).desired).toBe(units);
  });
});

describe("a locked endpoint", () => {
  it.each([
    ["over the target", steady(300)],
    ["idle", steady(0)],
  ])("is left alone, and the running change is remembered: %s", (_, values) => {
    const state = { scaleOut: { from: 4, to: 8, completedAt: null }, scaleIn: null };
    const answer = step(values, { state, locked: true, desired: 8, ready: 5 });
    expect(answer).toEqual({ desired: 8, state, reason: "Keep 8: the endpoint is locked" });
  });
});

describe("what became of a change", () => {
  const running = { scaleOut: { from: 4, to: 8, completedAt: null }, scaleIn: null };

  it.each([
    ["completed when its lock ended", { changedAt: NOW - 20 }, NOW - 20],
    ["its units outlasted the lock: the last came since the last step", { changedAt: NOW - 400 }, NOW],
    ["the platform does not say when", { changedAt: null }, NOW],
    ["units are still starting", { changedAt: NOW - 20, ready: 7 }, null],
  ])("%s", (_, observed, completedAt) => {
    const { state } = step(steady(95), { state: running, desired: 8, ...observed });
    expect(state.scaleOut).toEqual({ from: 4, to: 8, completedAt });
  });

  it.each([
    ["the request was lost", 4],
    ["part of it was rolled back", 6],
  ])("a failed one has no cooldown: %s", (_, desired) => {
    const { state } = step(steady(95), { state: running, desired });
    expect(state.scaleOut).toBeNull();
    expect(step(steady(200), { state: running, desired }).desired).toBe(2 * desired);
  });

  it("a completed one stays as it is", () => {
    const state = { scaleOut: { from: 4, to: 8, completedAt: NOW - 500 }, scaleIn: null };
    expect(step(steady(95), { state, desired: 8, changedAt: NOW - 10 }).state).toEqual(state);
  });
});

describe("the scale-out cooldown", () => {
  /** 4 → 8 completed so long ago. */
  const completedAgo = (seconds: number): TargetTrackingState => ({
    scaleOut: { from: 4, to: 8, completedAt: NOW - seconds },
    scaleIn: null,
  });

  it.each([
    ["the same alarm adds nothing", 200, 100, 8],
    ["a smaller one adds nothing", 150, 100, 8],
    ["a larger one adds the difference", 275, 100, 11],
    ["one second before its end", 150, 299, 8],
    ["at its end the full amount", 150, 300, 12],
  ])("%s", (_, metric, seconds, units) => {
    expect(step(steady(metric), { state: completedAgo(seconds), desired: 8 }).desired).toBe(units);
  });

  it("counts while units are still starting on a platform without a lock", () => {
    const state = { scaleOut: { from: 4, to: 8, completedAt: null }, scaleIn: null };
    expect(step(steady(200), { state, desired: 8, ready: 5 }).desired).toBe(8);
    expect(step(steady(275), { state, desired: 8, ready: 5 }).desired).toBe(11);
  });

  it("starts anew with the larger scale-out", () => {
    const { state } = step(steady(275), { state: completedAgo(100), desired: 8 });
    expect(state).toEqual({ scaleOut: { from: 8, to: 11, completedAt: null }, scaleIn: null });
  });

  it("does not hold a scale-in", () => {
    const answer = step(steady(25), { state: completedAgo(100), desired: 8 });
    expect(answer.desired).toBe(2);
    expect(answer.state.scaleOut).toEqual(completedAgo(100).scaleOut);
  });

  it("can be reckoned from the current capacity and can be shorter", () => {
    const current = { cooldownBase: "current" } as const;
    expect(step(steady(175), { state: completedAgo(100), desired: 8, policy: current }).desired).toBe(10);
    expect(step(steady(150), { state: completedAgo(100), desired: 8, policy: current }).desired).toBe(8);
    const short = { scaleOutCooldownSeconds: 60 };
    expect(step(steady(150), { state: completedAgo(100), desired: 8, policy: short }).desired).toBe(12);
  });
});

describe("the scale-in cooldown", () => {
  /** 8 → 4 completed so long ago. */
  const completedAgo = (seconds: number): TargetTrackingState => ({
    scaleOut: null,
    scaleIn: { from: 8, to: 4, completedAt: NOW - seconds },
  });

  it.each([
    ["holds a further scale-in", 299, 4],
    ["until its end", 300, 2],
  ])("%s", (_, seconds, units) => {
    expect(step(steady(50), { state: completedAgo(seconds) }).desired).toBe(units);
  });

  it("does not hold a scale-out, which ends it", () => {
    const answer = step(steady(200), { state: completedAgo(10) });
    expect(answer.desired).toBe(8);
    expect(answer.state.scaleIn).toBeNull();
  });

  it("can be shorter", () => {
    expect(
      step(steady(50), { state: completedAgo(100), policy: { scaleInCooldownSeconds: 60 } }).desired,
    ).toBe(2);
  });
});

describe("reasons", () => {
  it.each([
    [steady(200), {}, "Scale out 4 → 8: 200 a minute per unit is over the target of 100"],
    [steady(50), {}, "Scale in 4 → 2: 50 a minute per unit is under the target of 100"],
    [steady(95), {}, "Keep 4: no alarm"],
    [steady(null), {}, "Keep 4: the newest minute has no data"],
    [[50, null, 50], {}, "Keep 4: not enough data for an alarm"],
    [steady(200), { desired: 20 }, "Keep 20: this is the maximum"],
    [steady(89), {}, "Keep 4: there is no whole unit to give back"],
    [[], { desired: 25 }, "Scale in 25 → 20: it was outside the bounds"],
  ])("say what was done and why: case %#", (values, observed, reason) => {
    expect(step(values, observed).reason).toBe(reason);
  });
});

describe("targetTracking", () => {
  it.each([
    [{}, "target-tracking", "Target tracking at 50 %"],
    [{ safetyFactor: 0.7 }, "target-tracking-70", "Target tracking at 70 %"],
    [{ scaleInStep: { share: 0.1 } }, "target-tracking-gradual", "Target tracking at 50 %, gradual scale-in"],
  ])("is named by what differs from AWS's defaults: %j", (policy, name, label) => {
    const peer = targetTracking({ ...options, ...policy });
    expect([peer.name, peer.label]).toEqual([name, label]);
  });

  it("says what it is and which parameters AWS does not publish", () => {
    const { about } = targetTracking({ ...options, scaleInStep: { units: 1 } });
    expect(about).toContain("target 100 requests a minute per unit (unit load 200 × safety factor 0.5)");
    expect(about).toContain("out after 3 of 3 minutes above it, in after 15 of 15 minutes below 90 % of it");
    expect(about).toContain("does not publish");
    expect(about).toContain("at most 1 unit at a time");
    expect(targetTracking({ ...options, scaleInDisabled: true }).about).toContain("never in");
  });

  it.each([
    [{ unitLoad: 0 }, "must be above 0, got 0 × 0.5"],
    [{ safetyFactor: Number.NaN }, "must be above 0, got 200 × NaN"],
    [{ min: 5, max: 4 }, "got min 5 and max 4"],
  ])("refuses %j", (policy, message) => {
    expect(() => targetTracking({ ...options, ...policy })).toThrow(message);
  });
});

describe("properties", () => {
  const value = fc.option(fc.integer({ min: 0, max: 400 }), { freq: 15 });
  const activity = fc.option(
    fc.record({
      from: fc.integer({ min: 1, max: 20 }),
      to: fc.integer({ min: 1, max: 20 }),
      completedAt: fc.option(fc.integer({ min: NOW - 600, max: NOW })),
    }),
  );
  const states = fc.record({ scaleOut: activity, scaleIn: activity });
  const observations = fc
    .tuple(fc.array(value, { maxLength: 20 }), fc.integer({ min: 1, max: 20 }), fc.boolean())
    .map(([values, desired, locked]) => seen(values, { desired, locked }));
  const peer = targetTracking(options);

  it("is pure: frozen arguments are enough, and give the same answer twice", () => {
    fc.assert(
      fc.property(states, observations, (state, observation) => {
        const frozen = [deepFreeze(state), deepFreeze(observation), NOW] as const;
        expect(peer.step(...frozen)).toEqual(peer.step(...frozen));
      }),
    );
  });

  it("stays inside the bounds, and changes nothing while locked or without the newest minute", () => {
    fc.assert(
      fc.property(states, observations, (state, observation) => {
        const { desired } = peer.step(state, observation, NOW);
        const blind = (observation.perUnitPerMinute.at(-1) ?? null) === null;
        if (observation.locked || blind) expect(desired).toBe(observation.desired);
        expect(desired).toBeGreaterThanOrEqual(options.min);
        expect(desired).toBeLessThanOrEqual(options.max);
      }),
    );
  });

  it("with nothing cooling down, asks for no less when the newest minute was higher", () => {
    const high = fc.integer({ min: 101, max: 400 });
    fc.assert(
      fc.property(high, high, (one, other) => {
        const wanted = (metric: number): number => step([...steady(200, 2), metric]).desired;
        expect(wanted(Math.max(one, other))).toBeGreaterThanOrEqual(wanted(Math.min(one, other)));
      }),
    );
  });
});

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
