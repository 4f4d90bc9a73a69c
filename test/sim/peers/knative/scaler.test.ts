/** What Knative does with a decision: bounds, the initial scale, and the grace on the way to zero. */
import { describe, expect, it } from "@jest/globals";
import {
  activatorCount,
  applyScale,
  isActivatorInPath,
  type RevisionStatus,
  SCALER_DEFAULTS,
  type ScalerSpec,
} from "../../../../lib/sim/peers/knative/scaler.ts";
import { NOW } from "../arrange.ts";

/** Active for ten minutes, the activator in the path since then. */
const STATUS: RevisionStatus = {
  phase: "active",
  since: NOW - 600,
  initialScaleReached: true,
  activatorInPath: true,
  activatorSince: NOW - 600,
};

/** The replicas that are applied, or what is done instead. */
function done(desired: number, spec: Partial<ScalerSpec>, status: Partial<RevisionStatus>): number | string {
  const answer = applyScale(desired, { ...SCALER_DEFAULTS, ...spec }, { ...STATUS, ...status }, NOW);
  return answer.kind === "apply" ? answer.replicas : answer.kind;
}

describe("bounds", () => {
  it.each<readonly [string, number, Partial<ScalerSpec>, Partial<RevisionStatus>, number | string]>([
    ["a maximum of 0 is none", 500, {}, {}, 500],
    ["the maximum", 500, { max: 20 }, {}, 20],
    ["the minimum", 1, { min: 3 }, {}, 3],
    ["the minimum instead of none", 0, { min: 3 }, {}, 3],
    ["no minimum where nothing leads to it", 1, { min: 3, reachable: false }, {}, 1],
    ["the initial scale until it was reached", 1, { initialScale: 5 }, { initialScaleReached: false }, 5],
    ["not after that", 1, { initialScale: 5 }, {}, 1],
    ["a minimum above the initial scale", 1, { initialScale: 5, min: 7 }, { initialScaleReached: false }, 7],
    [
      "the maximum below the initial scale",
      1,
      { initialScale: 5, max: 4 },
      { initialScaleReached: false },
      4,
    ],
    [
      "the initial scale where nothing leads to it",
      1,
      { initialScale: 5, min: 7, reachable: false },
      { initialScaleReached: false },
      5,
    ],
    ["what is not known is not applied", -1, { min: 3 }, {}, "wait"],
    ["but the minimum is while it is activating", -1, { min: 3 }, { phase: "activating" }, 3],
  ])("%s", (_case, desired, spec, status, expected) => {
    expect(done(desired, spec, status)).toBe(expected);
  });
});

describe("to zero", () => {
  const phase = (
    name: RevisionStatus["phase"],
    seconds: number,
    activatorSeconds: number | null = seconds,
  ) => ({
    phase: name,
    since: NOW - seconds,
    activatorInPath: activatorSeconds !== null,
    activatorSince: NOW - (activatorSeconds ?? 0),
  });

  it.each<readonly [string, Partial<ScalerSpec>, Partial<RevisionStatus>, number | string]>([
    ["one stays where that is switched off", { enableScaleToZero: false }, phase("inactive", 600), 1],
    ["activating for 629 s: not known", {}, phase("activating", 629), "wait"],
    ["activating for 630 s: it will not succeed", {}, phase("activating", 630), 0],
    ["a longer grace does not wait for that", { graceSeconds: 120 }, phase("activating", 630), 0],
    ["active for 59 s: one stays", {}, phase("active", 59), 1],
    ["active for the stable window: it is marked", {}, phase("active", 60), "mark inactive"],
    ["a stable window of its own", { stableWindowSeconds: 120 }, phase("active", 119), 1],
    ["inactive for 29 s", {}, phase("inactive", 29), "wait"],
    ["inactive for the grace", {}, phase("inactive", 30), 0],
    ["never without the activator", {}, phase("inactive", 3600, null), "wait"],
    ["an initial scale of one holds none", {}, { ...phase("inactive", 30), initialScaleReached: false }, 0],
    [
      "a retention that is just over: the activator decides",
      { retentionSeconds: 10 },
      phase("inactive", 10, 30),
      0,
    ],
    ["as soon as the activator was in the path for the grace", {}, phase("inactive", 5, 30), 0],
    ["not a second before", {}, phase("inactive", 5, 29), "wait"],
    ["the last pod is retained", { retentionSeconds: 90 }, phase("inactive", 89, 600), "wait"],
    ["until its time is over", { retentionSeconds: 90 }, phase("inactive", 90, 0), 0],
    [
      "a retention below the grace: the activator decides",
      { retentionSeconds: 10 },
      phase("inactive", 15, 30),
      0,
    ],
    ["a retention below the grace: not yet", { retentionSeconds: 10 }, phase("inactive", 15, 29), "wait"],
  ])("%s", (_case, spec, status, expected) => {
    expect(done(0, spec, status)).toBe(expected);
  });
});

describe("the activator", () => {
  it.each([
    ["missing burst capacity", -1, 3, true],
    ["no replicas", 50, 0, true],
    ["neither", 0, 3, false],
  ])("in the path with %s", (_case, excessBurstCapacity, desired, expected) => {
    expect(isActivatorInPath(excessBurstCapacity, desired)).toBe(expected);
  });

  it.each([
    ["two at least", 0, 100, 100, 2],
    ["(3 × 10 + 211) / 100", 3, 10, 211, 3],
    ["(5 × 100 + 211) / 100", 5, 100, 211, 8],
    ["never in the path: two, whatever there is", 9, 100, 0, 2],
    ["always in the path: 9 × 100 / 100", 9, 100, -1, 9],
  ])("in number: %s", (_case, readyPods, totalValue, burstCapacity, expected) => {
    expect(activatorCount(readyPods, totalValue, burstCapacity)).toBe(expected);
  });
});
