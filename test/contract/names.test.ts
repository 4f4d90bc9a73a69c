/** Names that stack and functions share: what one writes the other must read. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { alarmNameOf, parseAlarmName } from "../../lib/contract/alarmName.ts";
import {
  cloudWatchSeriesOf,
  cloudWatchStatistic,
  proofOfLifeOf,
} from "../../lib/contract/cloudWatchMetrics.ts";
import { scalableTargetOf } from "../../lib/contract/resourceIds.ts";
import { SORT } from "../../lib/contract/table.ts";
import { TARGET_KINDS, type TargetPolicy } from "../../lib/core/policy.ts";
import { aLockingPolicy, aPolicy } from "../core/arrange.ts";

const PREFIX = "Forewarm/";

describe("the name of an alarm", () => {
  it("can be read back for every target and rule", () => {
    const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/);
    const rule = fc.oneof(
      fc.nat(99).map((i) => `rules[${i}]`),
      fc.constantFrom("errorGuard", "objective.latencyP95"),
    );
    fc.assert(
      fc.property(id, rule, (target, rulePath) => {
        const name = alarmNameOf(PREFIX, target, rulePath);
        expect(parseAlarmName(PREFIX, name)).toEqual({ target, rulePath });
        expect(name.length).toBeLessThanOrEqual(255);
      }),
    );
  });

  it.each([
    "billing",
    "Forewarm",
    "Forewarm/",
    "Forewarm/chat",
    "Forewarm/chat/",
    "Forewarm//rules[0]",
    "Forewarm/a/b/c",
    "forewarm/chat/rules[0]",
  ])("is not ours: %s", (name) => expect(parseAlarmName(PREFIX, name)).toBeNull());
});

describe("where CloudWatch has a metric", () => {
  const dimensions = { EndpointName: "chat", VariantName: "AllTraffic" };

  it("is the request metrics of a variant, latency in microseconds there and milliseconds here", () => {
    expect(cloudWatchSeriesOf(aLockingPolicy(), "latency", "p95")).toEqual({
      parts: { m: { namespace: "AWS/SageMaker", name: "ModelLatency", dimensions, statistic: "p95" } },
      expression: null,
      scale: 0.001,
      absentWhenIdle: true,
    });
  });

  it.each([
    [null, 1],
    [1, 1],
    [4, 0.25],
    [8, 0.125],
  ])("is the GPUs of an instance together: with %p of them a value counts ×%p", (gpus, scale) => {
    const policy = aLockingPolicy({ unit: { gpus, vcpus: null } });
    expect(cloudWatchSeriesOf(policy, "gpuUtilization", "average")).toMatchObject({
      scale,
      absentWhenIdle: false,
    });
  });

  it("is not known for cores as long as nobody says how many there are", () => {
    expect(cloudWatchSeriesOf(aLockingPolicy(), "cpuUtilization", "average")).toEqual({
      problem: expect.stringContaining("vcpus"),
    });
    const policy = aLockingPolicy({ unit: { gpus: null, vcpus: 16 } });
    expect(cloudWatchSeriesOf(policy, "cpuUtilization", "average")).toMatchObject({ scale: 1 / 16 });
  });

  it("is the component alone for an inference component, already from 0 to 100", () => {
    const policy = aPolicy({
      kind: "sagemaker-inference-component",
      resource: { component: "llm" },
      unit: { gpus: 8, vcpus: null },
    });
    expect(cloudWatchSeriesOf(policy, "gpuUtilization", "average")).toMatchObject({
      parts: {
        m: {
          namespace: "/aws/sagemaker/InferenceComponents",
          name: "GPUUtilizationNormalized",
          dimensions: { InferenceComponentName: "llm" },
        },
      },
      scale: 1,
    });
  });

  it("is the endpoint without the variant for the backlog of an async one", () => {
    const policy = aLockingPolicy({ kind: "sagemaker-async-variant" });
    expect(cloudWatchSeriesOf(policy, "queueLength", "maximum")).toMatchObject({
      parts: { m: { name: "ApproximateBacklogSize", dimensions: { EndpointName: "chat" } } },
    });
  });

  it("is what the policy declares, with the statistic that is asked for", () => {
    const tokens = {
      parts: { m: { namespace: "Mine", name: "Tokens", dimensions: {}, statistic: "sum" as const } },
      expression: null,
    };
    const policy = aLockingPolicy({ metrics: { tokens } });
    expect(cloudWatchSeriesOf(policy, "tokens", "maximum")).toMatchObject({
      parts: { m: { statistic: "maximum" } },
      scale: 1,
    });
  });

  it("is metric math over parts that keep their own statistics", () => {
    const part = (name: string, statistic: "sum" | "average") => ({
      namespace: "Mine",
      name,
      dimensions: {},
      statistic,
    });
    const all = {
      parts: { input: part("In", "sum"), share: part("Share", "average") },
      expression: "input * share",
    };
    const policy = aLockingPolicy({ metrics: { all } });
    expect(cloudWatchSeriesOf(policy, "all", "sum")).toMatchObject(all);
  });

  it.each(TARGET_KINDS)("says for a %s which metrics there are, when there is none of that name", (kind) => {
    const policy: TargetPolicy = aPolicy({
      kind,
      resource: { endpoint: "e", variant: "v", component: "c", cluster: "k", nodegroup: "n" },
    });
    expect(cloudWatchSeriesOf(policy, "phaseOfTheMoon", "sum")).toEqual({
      problem: expect.stringMatching(/phaseOfTheMoon.*declare others under metrics/),
    });
  });

  it.each([
    ["average", "Average"],
    ["sum", "Sum"],
    ["sampleCount", "SampleCount"],
    ["p99.9", "p99.9"],
  ] as const)("has CloudWatch's own word for %s", (statistic, word) =>
    expect(cloudWatchStatistic(statistic)).toBe(word),
  );

  it("proves by a metric of what runs that a variant or component lives, and by nothing for other kinds", () => {
    expect(proofOfLifeOf(aLockingPolicy())).toMatchObject({
      name: "CPUUtilization",
      statistic: "sampleCount",
      dimensions,
    });
    const component = { kind: "sagemaker-inference-component", resource: { component: "c" } } as const;
    expect(proofOfLifeOf(aPolicy(component))).toMatchObject({
      name: "CPUUtilizationNormalized",
      dimensions: { InferenceComponentName: "c" },
    });
    expect(proofOfLifeOf(aPolicy({ kind: "eks-nodegroup" }))).toBeNull();
  });
});

describe("the table's keys", () => {
  it("sort decisions by time, then by fence", () => {
    const keys = [
      SORT.decision(999_999_999, 1),
      SORT.decision(1_000_000_000, 9),
      SORT.decision(1_000_000_000, 10),
      SORT.decision(1_762_848_000, 2),
    ];
    expect([...keys].sort()).toEqual(keys);
  });
});

describe("the scalable target", () => {
  it.each([
    [
      "sagemaker-variant",
      { endpoint: "e", variant: "v" },
      { resourceId: "endpoint/e/variant/v", dimension: "sagemaker:variant:DesiredInstanceCount" },
    ],
    [
      "sagemaker-inference-component",
      { component: "c" },
      { resourceId: "inference-component/c", dimension: "sagemaker:inference-component:DesiredCopyCount" },
    ],
    ["eks-nodegroup", { cluster: "k", nodegroup: "n" }, null],
  ] as const)("of a %s", (kind, resource, expected) =>
    expect(scalableTargetOf({ kind, resource })).toEqual(expected),
  );
});
