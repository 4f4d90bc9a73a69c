/** Dynamo's throughput mode, now and in its classic form: corrections, roundings, the least and the budget. */
import { describe, expect, it } from "@jest/globals";
import {
  decodeEngines,
  effectiveInputTokens,
  prefillEngines,
  throughputEngines,
  withinBudget,
} from "../../../../lib/sim/peers/dynamo/throughputMode.ts";

describe("throughputEngines, for an objective of 0.5 s", () => {
  it.each([
    ["2.5 engines are rounded up", 25, 10, 0.2, 1, 3],
    ["three are three", 30, 10, 0.2, 1, 3],
    ["a little more is four", 30.1, 10, 0.2, 1, 4],
    ["no demand leaves the least", 0, 10, 0.2, 2, 2],
    ["the least is more than the demand", 25, 10, 0.2, 5, 5],
    ["a latency of 2.4 objectives asks for three", 5, 10, 1.2, 1, 3],
    ["unless the demand asks for more", 45, 10, 1.2, 1, 5],
    ["a latency of exactly the objective is in reach", 5, 10, 0.5, 1, 1],
    ["no rate keeps the objective: 1.2 of it", 25, 0, 0.6, 1, 2],
  ])("%s", (_, demandPerSecond, requestsPerSecond, latencySeconds, least, engines) => {
    const profile = { requestsPerSecond, latencySeconds, objectiveSeconds: 0.5 };
    expect(throughputEngines(demandPerSecond, profile, least)).toBe(engines);
  });

  it.each([
    [0, 3000],
    [0.25, 2250],
    [1, 0],
  ])("with a cache that knows %d of 3000 tokens, %i are read", (cacheHitRate, tokens) => {
    expect(effectiveInputTokens(3000, cacheHitRate)).toBe(tokens);
  });
});

describe("the classic planner, every 180 s", () => {
  it.each([
    ["6000 tokens a second on engines of 2000", 1, 2, 1, 3],
    ["a time to the first token of half the profile: 3000, 1.5 engines", 0.5, 2, 1, 2],
    ["one above the profile is queueing and counts as 1", 1.7, 2, 1, 3],
    ["engines of four GPUs: 1.5", 1, 4, 1, 2],
    ["the least", 1, 2, 4, 4],
  ])("prefill: %s", (_, correction, gpusPerEngine, least, engines) => {
    const load = { requests: 360, inputTokens: 3000, intervalSeconds: 180 };
    const profile = { correction, tokensPerSecondPerGpu: 1000, gpusPerEngine };
    expect(prefillEngines({ ...load, ...profile }, least)).toBe(engines);
  });

  it.each([
    ["300 tokens a second on engines of 200: 1.5", 50, 4, 1, 2],
    ["of 100: three", 50, 2, 1, 3],
    ["an objective that halves what a GPU gives: 3 of 100", 25, 4, 1, 3],
    ["the least", 50, 4, 7, 7],
  ])("decode: %s", (_, tokensPerSecondPerGpu, gpusPerEngine, least, engines) => {
    const load = { requests: 360, outputTokens: 150, intervalSeconds: 180 };
    expect(decodeEngines({ ...load, tokensPerSecondPerGpu, gpusPerEngine }, least)).toBe(engines);
  });

  it.each([
    ["11 GPUs of 8: 3 × 8/11 = 2.2, decode gets the rest", [3, 5], [2, 1], 8, [2, 4]],
    ["exactly the budget", [2, 4], [2, 1], 8, [2, 4]],
    ["10 of 5: half of one stays one, 4 are left", [1, 9], [1, 1], 5, [1, 4]],
    ["prefill leaves room for one decode engine", [9, 1], [1, 4], 8, [4, 1]],
    ["less than one of each needs: none", [2, 2], [2, 2], 3, [0, 0]],
  ] as const)("over the budget: %s", (_, wanted, gpus, budget, engines) => {
    const pair = ([prefill, decode]: readonly [number, number]) => ({ prefill, decode });
    expect(withinBudget(pair(wanted), pair(gpus), budget, 1)).toEqual(pair(engines));
  });
});
