/** What a policy says of the load: what a unit carries, how often it is published, and which share of it is promised. */
import { describe, expect, it } from "@jest/globals";
import { parsePolicyObject } from "../../lib/policy/parsePolicy.ts";
import { withChat } from "./arrange.ts";

describe("a unit load", () => {
  const objective = { latencyP95: "800ms" };
  const loadOf = (load: object) => {
    const result = parsePolicyObject(withChat({ load, objective }));
    return result.kind === "policy" ? result.policy.targets[0]?.load : result.problems;
  };

  it.each([{ perUnit: "auto" }, {}])("is learned where the policy says %j", (written) => {
    expect(loadOf({ metric: "invocations", ...written })).toEqual({
      metric: "invocations",
      statistic: "sum",
      perUnit: null,
    });
  });

  it("is the stated number", () => {
    expect(loadOf({ metric: "invocations", perUnit: 2.5 })).toMatchObject({ perUnit: 2.5 });
  });

  it("must be stated for kinds that publish no requests per unit", () => {
    const batch = {
      kind: "sagemaker-async-variant",
      endpoint: "e",
      variant: "v",
      capacity: { min: 0, max: 4 },
      load: { metric: "queueLength", perUnit: "auto" },
      objective,
    };
    expect(parsePolicyObject({ targets: { batch } })).toEqual({
      kind: "problems",
      problems: [
        {
          path: "targets.batch.load.perUnit",
          message:
            "got auto; allowed: a number above 0, since requests per unit, which it is learned from, are published for sagemaker-variant and sagemaker-inference-component only",
        },
      ],
    });
  });
});

describe("a load that is published often", () => {
  const everyOf = (load: object) => {
    const result = parsePolicyObject(withChat({ load: { metric: "invocations", perUnit: 240, ...load } }));
    return result.kind === "policy" ? result.policy.targets[0]?.load?.everySeconds : result.problems;
  };

  it.each<[object, unknown]>([
    [{}, undefined],
    [{ every: "1m" }, undefined],
    [{ every: "10s" }, 10],
    [{ every: "30s", statistic: "maximum" }, 30],
    [
      { every: "15s" },
      [
        {
          path: "targets.chat.load.every",
          message:
            "got 15s; allowed for a sagemaker-variant: 10s, 30s or 1m, which are the periods of CloudWatch",
        },
      ],
    ],
    [
      { every: "10s", statistic: "p95" },
      [
        {
          path: "targets.chat.load.every",
          message: "got 10s with the statistic p95; allowed: 1m, or the statistic sum, average or maximum",
        },
      ],
    ],
  ])("%j", (load, expected) => {
    expect(everyOf(load)).toEqual(expected);
  });
});

describe("the promise", () => {
  const load = { metric: "invocations", perUnit: 240 };
  const shareOf = (parts: object) => {
    const result = parsePolicyObject(withChat({ load, ...parts }));
    return result.kind === "policy" ? result.policy.targets[0]?.objective.share : result.problems;
  };
  const problem = (message: string) => [
    { path: "targets.chat.price.perMissedRequest", message: expect.stringContaining(message) },
  ];

  it.each<[string, object, unknown]>([
    ["is 99 % where nothing is said", {}, 0.99],
    ["is the stated share", { objective: { share: "99.9%" } }, 0.999],
    // A unit-hour of 14 400 requests at 1.44 saves what it costs where one in a hundred of them would have cost 0.01.
    ["comes from the price of a miss", { price: { perUnitHour: 1.44, perMissedRequest: 0.01 } }, 0.99],
    [
      "is not stated twice",
      { objective: { share: "99%" }, price: { perMissedRequest: 0.01 } },
      problem("beside objective.share"),
    ],
    [
      "needs requests to weigh the price against",
      { load: { metric: "concurrentRequests", perUnit: 4 }, price: { perMissedRequest: 0.01 } },
      problem("without a load in requests"),
    ],
    [
      "needs a unit that costs something",
      { price: { perUnitHour: 0, perMissedRequest: 0.01 } },
      problem("beside a perUnitHour of 0"),
    ],
  ])("%s", (_case, parts, expected) => {
    const share = shareOf(parts);
    if (typeof expected === "number") expect(share).toBeCloseTo(expected, 10);
    else expect(share).toEqual(expected);
  });
});
