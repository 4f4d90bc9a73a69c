/** AIBrix's APA rule: the tolerance band, both rates and the roundings. The target is 10 for each pod. */
import { describe, expect, it } from "@jest/globals";
import { APA_DEFAULTS, apaReplicas } from "../../../../lib/sim/peers/aibrix/apa.ts";

describe("apaReplicas", () => {
  it.each([
    ["at the target", 4, 10, 4],
    ["exactly at the upper end of the band", 4, 11, 4],
    ["just above it: 4 × 1.101 = 4.404", 4, 11.01, 5],
    ["half as much again: 4 × 1.5", 4, 15, 6],
    ["three and a half times: no more than doubled", 10, 35, 20],
    ["exactly at the lower end of the band", 10, 9, 10],
    ["just below it: 10 × 0.89 = 8.9", 10, 8.9, 9],
    ["just below it, where that rounds up to what there is: 4 × 0.89 = 3.56", 4, 8.9, 4],
    ["a tenth: no less than half", 10, 1, 5],
    ["idle: half of 5, rounded down", 5, 0, 2],
    ["idle: half of the last one", 1, 0, 0],
    ["nothing there to multiply", 0, 50, 0],
  ])("%s", (_, current, usePerPod, replicas) => {
    expect(apaReplicas(current, usePerPod, 10)).toBe(replicas);
  });

  it.each([
    ["up to half above is tolerated", { upFluctuationTolerance: 0.5 }, 4, 15, 4],
    ["more than half above is not: 4 × 1.6 = 6.4", { upFluctuationTolerance: 0.5 }, 4, 16, 7],
    ["up to 30 % below is tolerated", { downFluctuationTolerance: 0.3 }, 10, 7.1, 10],
    ["more than 30 % below is not: 10 × 0.65", { downFluctuationTolerance: 0.3 }, 10, 6.5, 7],
    ["an up rate of 1.5 is rounded up: 4.5", { maxScaleUpRate: 1.5 }, 3, 100, 5],
    ["a down rate of 4 is rounded down: 2.5", { maxScaleDownRate: 4 }, 10, 1, 2],
    ["a down rate of 4 leaves what is used: 3", { maxScaleDownRate: 4 }, 10, 3, 3],
  ])("with other settings: %s", (_, change, current, usePerPod, replicas) => {
    expect(apaReplicas(current, usePerPod, 10, { ...APA_DEFAULTS, ...change })).toBe(replicas);
  });

  it.each([0, -1])("keeps the count for a target of %i", (target) => {
    expect(apaReplicas(4, 100, target)).toBe(4);
  });
});
