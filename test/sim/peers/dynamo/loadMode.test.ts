/** Dynamo's load mode: one engine more or fewer by latency, or by thresholds. */
import { describe, expect, it } from "@jest/globals";
import {
  DECODE_LATENCY_THRESHOLDS,
  DECODE_THRESHOLDS,
  loadFactorWithOneFewer,
  loadStep,
  PREFILL_LATENCY_THRESHOLDS,
  PREFILL_THRESHOLDS,
  thresholdStep,
} from "../../../../lib/sim/peers/dynamo/loadMode.ts";

describe("loadStep, for an objective of 0.5 s", () => {
  it.each([
    ["over the objective", 4, 0.51, 0.6, 1],
    ["exactly at it, and one fewer would not bear it", 4, 0.5, 0.7, 0],
    ["one fewer stays just below 80 % of it", 4, 0.3, 0.399, -1],
    ["one fewer comes to exactly 80 %", 4, 0.3, 0.4, 0],
    ["the last engine stays", 1, 0.1, 0.1, 0],
    ["the last one gets another", 1, 0.6, 0.6, 1],
  ])("%s", (_, engines, latencySeconds, latencyWithOneFewerSeconds, step) => {
    const input = { engines, objectiveSeconds: 0.5, latencySeconds, latencyWithOneFewerSeconds };
    expect(loadStep(input)).toBe(step);
  });

  it.each([
    [0.5, 0.26, 0],
    [0.5, 0.24, -1],
    [1, 0.49, -1],
  ])(
    "with a sensitivity of %d and %d s on one fewer: %i",
    (sensitivity, latencyWithOneFewerSeconds, step) => {
      const input = { engines: 2, objectiveSeconds: 0.5, latencySeconds: 0.2, latencyWithOneFewerSeconds };
      expect(loadStep(input, sensitivity)).toBe(step);
    },
  );
});

describe("loadFactorWithOneFewer", () => {
  it.each([
    [2, 2],
    [4, 4 / 3],
    [11, 1.1],
  ])("of %i engines is %d", (engines, factor) => {
    expect(loadFactorWithOneFewer(engines)).toBe(factor);
  });
});

describe("thresholdStep", () => {
  it.each([
    ["a prefill queue above the context length", [0, 0, 1.01], PREFILL_THRESHOLDS, 1],
    ["a prefill queue of exactly that", [1, 0, 0], PREFILL_THRESHOLDS, 0],
    ["all prefill queues short", [0.09, 0, 0.05], PREFILL_THRESHOLDS, -1],
    ["one of them not", [0.09, 0, 0.1], PREFILL_THRESHOLDS, 0],
    ["a KV cache that is full", [0.2, 1], DECODE_THRESHOLDS, 0],
    ["all KV caches below 60 %", [0.59, 0.2], DECODE_THRESHOLDS, -1],
    ["one KV cache at 60 %", [0.6, 0.2], DECODE_THRESHOLDS, 0],
    ["for latency: a prefill queue above a tenth", [0.11], PREFILL_LATENCY_THRESHOLDS, 1],
    ["for latency: prefill never goes down", [0, 0], PREFILL_LATENCY_THRESHOLDS, 0],
    ["for latency: a KV cache above 40 %", [0.05, 0.41], DECODE_LATENCY_THRESHOLDS, 1],
    ["for latency: all KV caches below 10 %", [0.05, 0.09], DECODE_LATENCY_THRESHOLDS, -1],
    ["no engines", [], DECODE_THRESHOLDS, 0],
  ] as const)("%s", (_, engines, thresholds, step) => {
    expect(thresholdStep(engines, thresholds)).toBe(step);
  });
});
