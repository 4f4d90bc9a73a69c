/** The rule that wakes a target without units, where its platform tells that somebody asks. */
import { expect, it } from "@jest/globals";
import { cloudWatchSeriesOf } from "../../lib/contract/cloudWatchMetrics.ts";
import type { TargetPolicy } from "../../lib/core/policy.ts";
import { parsePolicyObject } from "../../lib/policy/parsePolicy.ts";

function targetOf(parts: object): TargetPolicy {
  const load = { metric: "queueLength", perUnit: 4 };
  const result = parsePolicyObject({ targets: { image: { load, capacity: { min: 0, max: 3 }, ...parts } } });
  if (result.kind === "problems") throw new Error(JSON.stringify(result.problems));
  return result.policy.targets[0] as TargetPolicy;
}

const COMPONENT = { kind: "sagemaker-inference-component", component: "sdxl" };
const ASYNC = { kind: "sagemaker-async-variant", endpoint: "batch", variant: "AllTraffic" };
const wakeOf = (parts: object) => targetOf(parts).rules.find(({ path }) => path === "wake");

it.each([
  [COMPONENT, "refusedRequests", "sum", "NoCapacityInvocationFailures", { InferenceComponentName: "sdxl" }],
  [ASYNC, "waitsWithoutUnits", "average", "HasBacklogWithoutCapacity", { EndpointName: "batch" }],
] as const)("of %j is on %s", (target, metric, statistic, name, dimensions) => {
  const rule = wakeOf(target);
  expect(rule).toMatchObject({
    metric,
    statistic,
    comparison: "above",
    threshold: 0,
    minutes: 1,
    ofMinutes: 1,
  });
  expect(rule).toMatchObject({ scale: "out", by: { units: 1 }, fromNone: true });
  const series = cloudWatchSeriesOf(targetOf(target), metric, statistic);
  expect(series).toMatchObject({ parts: { m: { namespace: "AWS/SageMaker", name, dimensions } } });
});

it.each<[string, object]>([
  ["always has a unit", { ...COMPONENT, capacity: { min: 1, max: 3 } }],
  ["has no such metric", { kind: "eks-nodegroup", cluster: "gpu", nodegroup: "g5" }],
  [
    "has a rule of its own on it",
    { ...COMPONENT, rules: [{ metric: "refusedRequests", above: 5, for: "1m" }] },
  ],
])("is not there for a target that %s", (_case, target) => {
  expect(wakeOf(target)).toBeUndefined();
});
