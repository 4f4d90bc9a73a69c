/** Steps and locks, as far as they are arithmetic. */
import { describe, expect, it } from "@jest/globals";
import {
  locksUntilReady,
  type Step,
  scaleInFor,
  stepUnits,
  TARGET_KINDS,
  usualWaits,
} from "../../lib/core/policy.ts";
import { aPolicy } from "./arrange.ts";

describe("a step", () => {
  it.each<[string, Step, number, number]>([
    ["a number of units, whatever there is", { units: 3 }, 10, 3],
    ["half of what there is", { share: 0.5 }, 10, 5],
    ["rounded up", { share: 0.5 }, 5, 3],
    ["at least one", { share: 0.1 }, 2, 1],
    ["at least one of nothing", { share: 0.5 }, 0, 1],
    ["not a unit more than the share because 0.07 · 100 is 7.000000000000001", { share: 0.07 }, 100, 7],
    ["a doubling", { share: 1 }, 4, 4],
  ])("is %s", (_case, step, units, expected) => {
    expect(stepUnits(step, units)).toBe(expected);
  });
});

describe("the lock", () => {
  it("is a matter of SageMaker's variants only", () => {
    expect(TARGET_KINDS.filter(locksUntilReady)).toEqual(["sagemaker-variant", "sagemaker-async-variant"]);
  });
});

describe("the usual waits of a scale-in", () => {
  it("are long, and short where it neither locks an endpoint nor kills a node", () => {
    const leadTime = { expectedSeconds: 120, worstSeconds: 240 };
    const long = { stabilizationSeconds: 300, reactiveStabilizationSeconds: 900, paybackSeconds: 720 };
    const short = { stabilizationSeconds: 180, reactiveStabilizationSeconds: 180, paybackSeconds: 360 };
    for (const kind of TARGET_KINDS) {
      expect(usualWaits({ kind, leadTime })).toEqual(kind === "kubernetes-workload" ? short : long);
    }
  });
});

describe("the waits for another kind or lead time", () => {
  const leadTime = { expectedSeconds: 300, worstSeconds: 600 };
  const written = aPolicy({ kind: "sagemaker-variant", leadTime });
  const usual = { ...written.scaleIn, ...usualWaits(written) };

  it("are what is usual there", () => {
    const other = { kind: "kubernetes-workload" as const, leadTime };
    expect(scaleInFor({ ...written, scaleIn: usual }, other)).toEqual({ ...usual, ...usualWaits(other) });
    const slower = { kind: written.kind, leadTime: { expectedSeconds: 600, worstSeconds: 900 } };
    expect(scaleInFor({ ...written, scaleIn: usual }, slower)).toEqual({ ...usual, paybackSeconds: 3600 });
  });

  it("are the policy's own where it states others", () => {
    const own = { ...usual, paybackSeconds: 77 };
    const slower = { kind: written.kind, leadTime: { expectedSeconds: 600, worstSeconds: 900 } };
    expect(scaleInFor({ ...written, scaleIn: own }, slower)).toEqual(own);
  });
});
