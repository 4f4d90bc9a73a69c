/** What a Knative pod is meant to carry: defaults, hard limits, annotations, and the least target. */
import { describe, expect, it } from "@jest/globals";
import { metricTarget, TARGET_DEFAULTS, type TargetSpec } from "../../../../lib/sim/peers/knative/target.ts";

describe("metricTarget", () => {
  it.each<readonly [string, Partial<TargetSpec>, number, number]>([
    ["concurrency by default", {}, 100, 70],
    ["a hard limit", { hardLimit: 10 }, 10, 7],
    ["an annotation", { annotation: 50 }, 50, 35],
    ["an annotation below the hard limit", { hardLimit: 10, annotation: 4, utilization: 0.5 }, 4, 2],
    ["an annotation above it", { hardLimit: 10, annotation: 40 }, 10, 7],
    ["a target of its own utilization", { hardLimit: 10, utilization: 1 }, 10, 10],
    ["requests a second", { metric: "rps" }, 200, 140],
    ["their annotation", { metric: "rps", annotation: 10 }, 10, 7],
    ["which no limit of concurrency holds back", { metric: "rps", annotation: 40, hardLimit: 10 }, 40, 28],
    ["the least target", { hardLimit: 1, utilization: 0.001 }, 1, 0.01],
  ])("%s", (_case, spec, total, target) => {
    const found = metricTarget({ ...TARGET_DEFAULTS, ...spec });
    expect(found.total).toBe(total);
    expect(found.target).toBeCloseTo(target, 12);
  });
});
