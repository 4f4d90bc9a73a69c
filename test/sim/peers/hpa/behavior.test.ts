/** What the HPA makes of a proposal under a behavior block: windows, bounds, and the events that it remembers. */
import { describe, expect, it } from "@jest/globals";
import {
  BEHAVIOR_DEFAULTS,
  type Behavior,
  normalizeWithBehavior,
  type ScaleEvents,
  type ScalingPolicy,
  type ScalingRules,
  stabilizeWithBehavior,
  withEvent,
} from "../../../../lib/sim/peers/hpa/behavior.ts";
import type { Recommendation } from "../../../../lib/sim/peers/hpa/recommendations.ts";
import { NOW } from "../arrange.ts";

const NO_EVENTS: ScaleEvents = { up: [], down: [] };
const WIDE = { min: 1, max: 100 };

/** Recommendations, each with the seconds since it was logged. */
const log = (...entries: readonly (readonly [number, number])[]): readonly Recommendation[] =>
  entries.map(([replicas, ageSeconds]) => ({ replicas, at: NOW - ageSeconds }));

const windows = (upSeconds: number, downSeconds: number): Behavior => ({
  scaleUp: { ...BEHAVIOR_DEFAULTS.scaleUp, stabilizationWindowSeconds: upSeconds },
  scaleDown: { ...BEHAVIOR_DEFAULTS.scaleDown, stabilizationWindowSeconds: downSeconds },
});

const scaleDown = (selectPolicy: ScalingRules["selectPolicy"], ...policies: ScalingPolicy[]): Behavior => ({
  ...BEHAVIOR_DEFAULTS,
  scaleDown: { stabilizationWindowSeconds: 0, selectPolicy, policies },
});

describe("stabilizeWithBehavior", () => {
  it.each<readonly [string, number, number, readonly Recommendation[], Behavior, number]>([
    ["down: an entry of 299 s counts", 10, 4, log([8, 299]), BEHAVIOR_DEFAULTS, 8],
    ["down: one of exactly 300 s does not", 10, 4, log([8, 300]), BEHAVIOR_DEFAULTS, 4],
    ["down: the most of the window", 10, 4, log([5, 20], [7, 200], [6, 100]), BEHAVIOR_DEFAULTS, 7],
    ["up: at once by default, whatever was wanted before", 5, 10, log([2, 15]), BEHAVIOR_DEFAULTS, 10],
    ["up: an entry of 59 s counts", 5, 10, log([7, 59]), windows(60, 300), 7],
    ["up: one of exactly 60 s does not", 5, 10, log([7, 60]), windows(60, 300), 10],
    ["up: the least of the window", 5, 10, log([8, 20], [6, 40], [9, 10]), windows(60, 300), 6],
    ["up: a lower entry holds the present count, no more", 5, 10, log([2, 20]), windows(60, 300), 5],
    ["between the two it stays: an entry above does not raise it", 6, 4, log([9, 10]), BEHAVIOR_DEFAULTS, 6],
    ["no window down", 10, 4, log([8, 1]), windows(0, 0), 4],
  ])("%s", (_case, current, proposed, entries, behavior, expected) => {
    expect(stabilizeWithBehavior(current, proposed, entries, behavior, NOW)).toBe(expected);
  });
});

describe("normalizeWithBehavior", () => {
  const fourPods: ScalingPolicy = { type: "Pods", value: 4, periodSeconds: 60 };
  const tenPercent: ScalingPolicy = { type: "Percent", value: 10, periodSeconds: 60 };

  it.each<readonly [string, number, number, Behavior, { min: number; max: number }, number]>([
    ["up by 4 or to the double", 4, 20, BEHAVIOR_DEFAULTS, WIDE, 8],
    ["up no further than the proposal", 4, 6, BEHAVIOR_DEFAULTS, WIDE, 6],
    ["up to the maximum", 4, 20, BEHAVIOR_DEFAULTS, { min: 1, max: 6 }, 6],
    ["down all the way by default, to the minimum", 10, 0, BEHAVIOR_DEFAULTS, { min: 2, max: 100 }, 2],
    ["down by the larger change", 20, 1, scaleDown("Max", fourPods, tenPercent), WIDE, 16],
    ["down by the smaller change", 20, 1, scaleDown("Min", fourPods, tenPercent), WIDE, 18],
    ["down no further than the proposal", 20, 19, scaleDown("Max", fourPods), WIDE, 19],
    ["not down where that is disabled", 20, 1, scaleDown("Disabled", fourPods), WIDE, 20],
    ["up where down is disabled", 20, 21, scaleDown("Disabled", fourPods), WIDE, 21],
    ["the same", 7, 7, BEHAVIOR_DEFAULTS, WIDE, 7],
  ])("%s", (_case, current, proposed, behavior, bounds, expected) => {
    const answer = normalizeWithBehavior(current, proposed, [], NO_EVENTS, behavior, bounds, NOW);
    expect(answer.replicas).toBe(expected);
  });

  it("logs the proposal itself and forgets what is older than both windows", () => {
    const entries = log([8, 301], [9, 120]);
    const next = normalizeWithBehavior(4, 20, entries, NO_EVENTS, windows(60, 300), WIDE, NOW).log;
    expect([...next].sort((a, b) => a.at - b.at)).toEqual(log([9, 120], [20, 0]));
  });

  it("limits what the windows leave", () => {
    const answer = normalizeWithBehavior(20, 1, log([18, 10]), NO_EVENTS, BEHAVIOR_DEFAULTS, WIDE, NOW);
    expect(answer.replicas).toBe(18);
  });
});

describe("withEvent", () => {
  it.each<readonly [string, number, number, ScaleEvents]>([
    ["a scale-out", 4, 9, { up: [{ change: 5, at: NOW }], down: [] }],
    ["a scale-in, as a size", 9, 4, { up: [], down: [{ change: 5, at: NOW }] }],
    ["no change", 4, 4, NO_EVENTS],
  ])("remembers %s", (_case, from, to, expected) => {
    expect(withEvent(NO_EVENTS, from, to, BEHAVIOR_DEFAULTS, NOW)).toEqual(expected);
  });

  it.each([
    ["keeps an event within the longest period", 59, [3, 5]],
    ["keeps one of exactly the period", 60, [3, 5]],
    ["reuses the place of one that is older", 61, [5]],
  ])("%s", (_case, ageSeconds, changes) => {
    const rules = { ...BEHAVIOR_DEFAULTS.scaleUp };
    const policies: ScalingPolicy[] = [...rules.policies, { type: "Pods", value: 9, periodSeconds: 60 }];
    const events = { up: [{ change: 3, at: NOW - ageSeconds }], down: [] };
    const next = withEvent(events, 4, 9, { ...BEHAVIOR_DEFAULTS, scaleUp: { ...rules, policies } }, NOW);
    expect(next.up.map(({ change }) => change)).toEqual(changes);
  });

  it("reuses one place only, so that the other direction's longer period still sees the rest", () => {
    const up = [40, 20, 10, 30].map((age) => ({ change: age, at: NOW - age }));
    const next = withEvent({ up, down: [] }, 4, 9, BEHAVIOR_DEFAULTS, NOW);
    expect(next.up.map(({ change }) => change)).toEqual([40, 20, 10, 5]);
  });

  it("leaves the other direction's events alone", () => {
    const down = [{ change: 3, at: NOW - 14 }];
    expect(withEvent({ up: [], down }, 4, 9, BEHAVIOR_DEFAULTS, NOW).down).toEqual(down);
  });
});
