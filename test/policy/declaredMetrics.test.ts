/** Metrics of one's own: located, or made by metric math; and the devices of a unit. */
import { describe, expect, it } from "@jest/globals";
import { parsePolicyObject } from "../../lib/policy/parsePolicy.ts";

const IN = { namespace: "Mine", name: "In", dimensions: { Model: "chat" } };
const OUT = { namespace: "Mine", name: "Out", statistic: "average" };

function parsed(metric: object, more: object = {}): ReturnType<typeof parsePolicyObject> {
  return parsePolicyObject({
    targets: {
      chat: {
        kind: "sagemaker-variant",
        endpoint: "chat",
        variant: "AllTraffic",
        capacity: { min: 1, max: 4 },
        load: { metric: "tokens", perUnit: 100 },
        metrics: { tokens: { unit: "count", statistic: "sum", ...metric } },
        ...more,
      },
    },
  });
}

function metricsOf(metric: object): unknown {
  const result = parsed(metric);
  if (result.kind === "problems") throw new Error(JSON.stringify(result.problems));
  return result.policy.targets[0]?.metrics["tokens"];
}

describe("a declared metric", () => {
  it("is where it is said to be", () => {
    expect(metricsOf(IN)).toEqual({ parts: { m: { ...IN, statistic: "sum" } }, expression: null });
  });

  it("is joined from others, each with its statistic or the metric's", () => {
    expect(metricsOf({ expression: "a / b", of: { a: IN, b: OUT } })).toEqual({
      parts: { a: { ...IN, statistic: "sum" }, b: { ...OUT, dimensions: {} } },
      expression: "a / b",
    });
  });

  it.each([
    [
      "neither located nor made",
      {},
      "got none of them; allowed: namespace and name (with dimensions), or expression and of",
    ],
    ["a namespace without a name", { namespace: "Mine" }, "got namespace; allowed"],
    ["an expression of nothing", { expression: "1 + 1" }, "got expression; allowed"],
    ["an expression of an empty list", { expression: "1 + 1", of: {} }, "got expression, of; allowed"],
    [
      "both",
      { ...IN, expression: "a", of: { a: IN } },
      "got namespace, name, dimensions, expression, of; allowed",
    ],
    [
      "more than an alarm takes",
      { expression: "a0", of: Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`a${i}`, IN])) },
      "got 10 metrics; allowed: at most 9",
    ],
    ["a name that CloudWatch refuses", { expression: "a + A", of: { a: IN, A: IN } }, "small letter"],
    ["an unknown key in a part", { expression: "a", of: { a: { ...IN, unit: "count" } } }, "unit"],
  ])("is refused when it is %s", (_case, metric, message) => {
    const result = parsed(metric);
    if (result.kind === "policy") throw new Error("accepted");
    expect(result.problems).toEqual([
      expect.objectContaining({
        path: expect.stringContaining("targets.chat.metrics.tokens"),
        message: expect.stringContaining(message),
      }),
    ]);
  });
});

describe("the devices of a unit", () => {
  it("are unknown unless said", () => {
    const result = parsed(IN, { unit: { gpus: 4 } });
    expect(result).toMatchObject({
      kind: "policy",
      policy: { targets: [{ unit: { gpus: 4, vcpus: null } }] },
    });
    expect(parsed(IN)).toMatchObject({
      kind: "policy",
      policy: { targets: [{ unit: { gpus: null, vcpus: null } }] },
    });
  });

  it.each([0, -1, 1.5, "four"])("are a whole number from 1, not %p", (gpus) => {
    const result = parsed(IN, { unit: { gpus } });
    expect(result).toMatchObject({ kind: "problems", problems: [{ path: "targets.chat.unit.gpus" }] });
  });
});
