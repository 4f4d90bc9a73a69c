/** The most and the fewest replicas that the rate policies of a behavior block allow. */
import { describe, expect, it } from "@jest/globals";
import {
  BEHAVIOR_DEFAULTS,
  type ScaleEvents,
  type ScalingPolicy,
  type ScalingRules,
  scaleDownLimit,
  scaleUpLimit,
} from "../../../../lib/sim/peers/hpa/behavior.ts";
import { NOW } from "../arrange.ts";

const rules = (selectPolicy: ScalingRules["selectPolicy"], ...policies: ScalingPolicy[]): ScalingRules => ({
  stabilizationWindowSeconds: 0,
  selectPolicy,
  policies,
});
const pods = (value: number, periodSeconds: number): ScalingPolicy => ({
  type: "Pods",
  value,
  periodSeconds,
});
const percent = (value: number, periodSeconds: number): ScalingPolicy => ({
  type: "Percent",
  value,
  periodSeconds,
});

const none: ScaleEvents = { up: [], down: [] };
const added = (change: number, ageSeconds: number): ScaleEvents => ({
  up: [{ change, at: NOW - ageSeconds }],
  down: [],
});
const removed = (change: number, ageSeconds: number): ScaleEvents => ({
  up: [],
  down: [{ change, at: NOW - ageSeconds }],
});

describe("scaleUpLimit", () => {
  const shipped = BEHAVIOR_DEFAULTS.scaleUp;
  const four = pods(4, 15);
  const double = percent(100, 15);

  it.each<readonly [string, number, ScaleEvents, ScalingRules, number]>([
    ["as shipped, 4 more than 1", 1, none, shipped, 5],
    ["as shipped, both alike at 4", 4, none, shipped, 8],
    ["as shipped, the double of 10", 10, none, shipped, 20],
    ["the smaller of 14 and 20", 10, none, rules("Min", four, double), 14],
    ["disabled", 10, none, rules("Disabled", four, double), 10],
    ["a part of a pod is a pod: 3 × 1.5", 3, none, rules("Max", percent(50, 15)), 5],
    ["4 of 14 s ago count: the period began with 4", 8, added(4, 14), shipped, 8],
    ["4 of exactly 15 s ago do not", 8, added(4, 15), shipped, 16],
    ["what was removed was there: the period began with 10", 6, removed(4, 5), shipped, 20],
    [
      "added and removed: the period began with 7",
      9,
      { ...added(5, 3), down: [{ change: 3, at: NOW - 9 }] },
      shipped,
      14,
    ],
    ["never fewer than there are", 20, added(15, 1), shipped, 20],
    ["each policy its own period, the larger", 10, added(3, 30), rules("Max", pods(2, 60), double), 20],
    ["each policy its own period, the smaller", 10, added(1, 30), rules("Min", pods(2, 60), double), 11],
  ])("%s", (_case, current, events, scaleUp, expected) => {
    expect(scaleUpLimit(current, events, scaleUp, NOW)).toBe(expected);
  });
});

describe("scaleDownLimit", () => {
  const four = pods(4, 60);
  const tenth = percent(10, 60);

  it.each<readonly [string, number, ScaleEvents, ScalingRules, number]>([
    ["as shipped, all", 10, none, BEHAVIOR_DEFAULTS.scaleDown, 0],
    ["the largest change: 6 of 6 and 9", 10, none, rules("Max", four, tenth), 6],
    ["the smallest change: 9 of 6 and 9", 10, none, rules("Min", four, tenth), 9],
    ["disabled", 10, none, rules("Disabled", four, tenth), 10],
    ["a part of a pod goes: 13.5", 15, none, rules("Max", tenth), 13],
    ["a tenth of few is one", 5, none, rules("Max", tenth), 4],
    ["3 of 59 s ago count: the period began with 10", 7, removed(3, 59), rules("Max", four), 6],
    ["3 of exactly 60 s ago do not", 7, removed(3, 60), rules("Max", four), 3],
    ["what was added was not there: the period began with 5", 10, added(5, 10), rules("Max", four), 1],
    ["never more than there are", 4, removed(6, 5), rules("Max", tenth), 4],
    ["each policy its own period", 7, removed(3, 30), rules("Min", four, percent(50, 15)), 6],
  ])("%s", (_case, current, events, scaleDown, expected) => {
    expect(scaleDownLimit(current, events, scaleDown, NOW)).toBe(expected);
  });
});
