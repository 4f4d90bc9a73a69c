/** Both modes of the Dynamo planner as rivals: what they read, their predictors and their bounds. */
import { describe, expect, it } from "@jest/globals";
import { type DynamoOptions, dynamoLoad, dynamoThroughput } from "../../../lib/sim/peers/dynamoPlanner.ts";
import type { PeerObservation } from "../../../lib/sim/peers/peer.ts";
import { NOW, seen, steady, stepsBefore } from "./arrange.ts";

const options: DynamoOptions = {
  min: 1,
  max: 20,
  unitRequestsPerSecond: 10,
  objectiveSeconds: 0.5,
  latencySecondsAt: (requestsPerSecond) => 0.1 + 0.02 * requestsPerSecond,
};

/** Steps of ten seconds at so many requests a second, with so many in service and waiting. */
const at = (perSecond: number, concurrency: number, count = 18): PeerObservation["steps"] =>
  stepsBefore(steady(10 * perSecond, count), steady(concurrency, count));

describe("throughput mode", () => {
  const first = (steps: PeerObservation["steps"], change: Partial<DynamoOptions> = {}) => {
    const peer = dynamoThroughput({ ...options, ...change });
    return peer.step(peer.initial, seen([], { steps }), NOW).desired;
  };
  const burst = stepsBefore([...steady(4500, 10), ...steady(450, 18)], steady(0, 28));

  it.each([
    ["25 requests a second on engines of 10", at(25, 0), {}, 3],
    ["only the newest 180 s count", burst, {}, 5],
    ["fewer steps than that are taken for all", at(25, 0, 3), {}, 3],
    ["no more than the maximum", at(900, 0), {}, 20],
    ["no fewer than the minimum", at(0, 0), { min: 2 }, 2],
    ["an objective that one engine misses by two and a half", at(5, 0), { objectiveSeconds: 0.04 }, 3],
    ["nothing is published", stepsBefore([], []), {}, 4],
    ["a step is missing", stepsBefore([Number.NaN, 100], [0, 0]), {}, 4],
  ])("%s", (_, steps, change, desired) => {
    expect(first(steps, change)).toBe(desired);
  });

  it.each([
    ["kalman", [1, 2, 3, 4, 6]],
    ["constant", [1, 2, 3, 4, 5]],
  ] as const)("with the %s predictor under a steady rise", (predictor, expected) => {
    const peer = dynamoThroughput({ ...options, predictor });
    let state = peer.initial;
    const desired = [10, 20, 30, 40, 50].map((perSecond, i) => {
      const answer = peer.step(state, seen([], { steps: at(perSecond, 0) }), NOW + i * 180);
      state = answer.state;
      return answer.desired;
    });
    expect(desired).toEqual(expected);
  });
});

describe("load mode, on four engines", () => {
  const next = (observation: Partial<PeerObservation>, change: Partial<DynamoOptions> = {}) =>
    dynamoLoad({ ...options, ...change }).step(null, seen([], observation), NOW).desired;

  it.each([
    ["24 requests at 40 a second take 0.6 s", at(40, 24), {}, 5],
    ["20 take just the objective; 44 a second on three would take 0.39 s", at(44, 20), {}, 3],
    ["45 a second on three would take 0.4 s, which is no longer below 80 %", at(45, 20), {}, 4],
    ["0.39 s is too much for a sensitivity of a half", at(44, 20), { scaleDownSensitivity: 0.5 }, 4],
    ["no traffic", at(0, 0), {}, 3],
    ["the minimum", at(0, 0), { min: 4 }, 4],
    ["the maximum", at(40, 24), { max: 4 }, 4],
    ["nothing is published", stepsBefore([], []), {}, 4],
    ["only the newest 30 s count", stepsBefore(steady(400, 9), [...steady(0, 6), 24, 24, 24]), {}, 5],
    ["and their mean: 18 in service", stepsBefore(steady(440, 3), [0, 0, 54]), {}, 3],
  ])("%s", (_, steps, change, desired) => {
    expect(next({ steps }, change)).toBe(desired);
  });

  it("keeps the last engine, and waits while a change is under way", () => {
    expect(next({ steps: at(0, 0), desired: 1 })).toBe(1);
    expect(next({ steps: at(40, 24), ready: 3 })).toBe(4);
    expect(next({ steps: at(40, 24), desired: 0 })).toBe(0);
  });
});
