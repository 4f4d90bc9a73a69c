/** What a policy does not say is filled in: rules, and defaults of all targets and of a kind. */
import { describe, expect, it } from "@jest/globals";
import { usualWaits } from "../../lib/core/policy.ts";
import { CHAT, policyOf, withChat } from "./arrange.ts";

describe("rules", () => {
  const rulesOf = (parts: object) => policyOf(withChat(parts)).targets[0]?.rules ?? [];

  it("fill in what is not said", () => {
    const [gpu, queue] = rulesOf({
      rules: [
        { metric: "gpuUtilization", below: "30%", for: "15m" },
        { metric: "queueLength", above: 50, for: "2 of 3m" },
      ],
    });
    expect(gpu).toMatchObject({
      statistic: "average",
      threshold: 30,
      minutes: 15,
      ofMinutes: 15,
      scale: "in",
      by: "proportional",
    });
    expect(queue).toMatchObject({
      statistic: "maximum",
      threshold: 50,
      minutes: 2,
      ofMinutes: 3,
      scale: "out",
      by: { share: 0.25 },
    });
  });

  it.each<[string, object, readonly string[]]>([
    ["every target gets the error guard", {}, ["errorGuard"]],
    [
      "and the objective's latency",
      { objective: { latencyP95: "800ms" } },
      ["objective.latencyP95", "errorGuard"],
    ],
    ["unless it is off", { errorGuard: "off" }, []],
    [
      "unless a rule on the metric is there",
      {
        objective: { latencyP95: "800ms" },
        rules: [
          { metric: "latency", above: "2s", for: "1m" },
          { metric: "errorRate", above: "1%", for: "1m", scale: "freeze" },
        ],
      },
      ["rules[0]", "rules[1]"],
    ],
  ])("%s", (_case, parts, paths) => {
    expect(rulesOf(parts).map((each) => each.path)).toEqual(paths);
  });

  it("may name a metric that the target declares", () => {
    const metrics = { tokens: { unit: "count", statistic: "sum", namespace: "Mine", name: "Tokens" } };
    const [rule] = rulesOf({ metrics, rules: [{ metric: "tokens", above: 9, for: "1m" }] });
    expect(rule).toMatchObject({ metric: "tokens", statistic: "sum", threshold: 9 });
  });
});

describe("defaults", () => {
  it("are every target's, key by key, and its own win", () => {
    const policy = policyOf({
      defaults: { mode: "floor", demand: { quantile: "90%", recentHeadroom: "5%" } },
      targets: { a: { ...CHAT, demand: { quantile: "99%" } }, b: { ...CHAT, mode: "full" } },
    });
    expect(policy.targets.map(({ mode, demand }) => [mode, demand.quantile, demand.recentHeadroom])).toEqual([
      ["floor", 0.99, 0.05],
      ["full", 0.9, 0.05],
    ]);
  });

  it("of how long a scale-in waits are those of the kind, as long as the policy says none", () => {
    const workload = {
      kind: "kubernetes-workload",
      cluster: "prod",
      namespace: "serving",
      workload: "deployment/chat",
      capacity: { min: 1, max: 12 },
      load: { metric: "invocations", perUnit: 240 },
    };
    const leadTime = { expectedSeconds: 300, worstSeconds: 600 };
    const waitsOf = (target: object, more: object = {}): object | undefined =>
      policyOf({ targets: { chat: target }, ...more }).targets[0]?.scaleIn;
    expect(waitsOf(CHAT)).toMatchObject(usualWaits({ kind: "sagemaker-variant", leadTime }));
    const usual = usualWaits({ kind: "kubernetes-workload", leadTime });
    expect(waitsOf(workload)).toMatchObject(usual);
    const own = { stabilization: "7m", reactiveStabilization: "8m", payback: "9m" };
    const seconds = { stabilizationSeconds: 420, reactiveStabilizationSeconds: 480, paybackSeconds: 540 };
    expect(waitsOf({ ...workload, scaleIn: own })).toMatchObject(seconds);
    expect(waitsOf(workload, { defaults: { scaleIn: own } })).toMatchObject(seconds);
    const slow = { ...CHAT, leadTime: { expected: "10m", worst: "15m" } };
    expect(waitsOf(slow)).toMatchObject({ paybackSeconds: 3600 });
    const one = { ...workload, scaleIn: { payback: "9m" } };
    expect(waitsOf(one)).toMatchObject({ ...usual, paybackSeconds: 540 });
  });
});
