/** What the HPA proposes from metrics that are not measured pod by pod: Object and External. */
import { describe, expect, it } from "@jest/globals";
import {
  averageValueReplicas,
  sumOfSeries,
  valueReplicas,
} from "../../../../lib/sim/peers/hpa/metricReplicas.ts";

const TENTH = { up: 0.1, down: 0.1 };
const MOST_REPLICAS = 2_147_483_647;

describe("valueReplicas", () => {
  it.each([
    ["the worked example: 2.25 × 2 ready pods", 2, 27, 12, 2, 5],
    ["ready pods count, not replicas: 2 × 2", 5, 20, 10, 2, 4],
    ["exactly at the upper tolerance", 3, 11, 10, 3, 3],
    ["above it: 1.11 × 3", 3, 11.1, 10, 3, 4],
    ["exactly at the lower tolerance", 10, 9, 10, 10, 10],
    ["below it: 0.89 × 10", 10, 8.9, 10, 10, 9],
    ["within tolerance the replicas stay, whatever is ready", 5, 10, 10, 2, 5],
    ["from 0 replicas: the ratio alone", 0, 27, 12, 0, 3],
    ["from 0 replicas no tolerance", 0, 10.5, 10, 0, 2],
    ["from 0 replicas and nothing", 0, 0, 10, 0, 0],
    ["no load", 4, 0, 10, 4, 0],
    ["32 bits are the most", 4, 1e12, 1, 4, MOST_REPLICAS],
  ])("%s", (_case, current, metric, target, readyPods, expected) => {
    expect(valueReplicas(current, metric, target, readyPods, TENTH)).toBe(expected);
  });
});

describe("averageValueReplicas", () => {
  it.each([
    ["the worked example: 0.93", 3, 700, 3],
    ["the worked example: 1.09", 3, 820, 3],
    ["the worked example: 1.107", 3, 830, 4],
    ["exactly at the upper tolerance", 10, 2750, 10],
    ["above it: 11.004", 10, 2751, 12],
    ["exactly at the lower tolerance", 10, 2250, 10],
    ["below it: 8.996", 10, 2249, 9],
    ["from 0 replicas", 0, 260, 2],
    ["from 0 replicas and nothing", 0, 0, 0],
    ["no load", 3, 0, 0],
    ["32 bits are the most", 3, 1e15, MOST_REPLICAS],
  ])("250 for each: %s", (_case, statusReplicas, total, expected) => {
    expect(averageValueReplicas(statusReplicas, total, 250, TENTH)).toBe(expected);
  });

  it.each([
    ["exactly at an upper one of 0.5", { up: 0.5, down: 0 }, 1125, 3],
    ["exactly at a lower one of 0.5", { up: 0, down: 0.5 }, 375, 3],
    ["at none upwards: 4.5", { up: 0, down: 0.5 }, 1125, 5],
    ["at none downwards: 1.5", { up: 0.5, down: 0 }, 375, 2],
  ])("has a tolerance for each direction: %s", (_case, tolerance, total, expected) => {
    expect(averageValueReplicas(3, total, 250, tolerance)).toBe(expected);
  });
});

describe("sumOfSeries", () => {
  it.each([
    [[], 0],
    [[260], 260],
    [[1, 2, 3.5], 6.5],
  ])("%j add up to %p", (values, sum) => expect(sumOfSeries(values)).toBe(sum));
});
