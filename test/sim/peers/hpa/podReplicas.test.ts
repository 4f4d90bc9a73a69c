/** What the HPA proposes from the samples of pods: tolerance, roundings, and pods of which nothing is known. */
import { describe, expect, it } from "@jest/globals";
import {
  type Pod,
  type PodTarget,
  podReplicas,
  REPLICA_DEFAULTS,
} from "../../../../lib/sim/peers/hpa/podReplicas.ts";
import { NOW } from "../arrange.ts";
import { pending, running, times } from "./arrange.ts";

const AVERAGE: PodTarget = { kind: "pods average", average: 1000 };
const percentOfRequest = (percent: number): PodTarget => ({ kind: "utilization", percent, isCpu: false });

/** The replicas, or why there is no proposal. */
function proposed(current: number, pods: readonly Pod[], target: PodTarget, options = REPLICA_DEFAULTS) {
  const proposal = podReplicas(current, pods, target, NOW, options);
  return proposal.kind === "error" ? proposal.why : proposal.replicas;
}

describe("the mean of all pods against an average of 1000", () => {
  it.each<readonly [string, number, readonly number[], number]>([
    ["exactly at the upper tolerance", 4, [1100, 1100, 1100, 1100], 4],
    ["one thousandth above it: 1.101 × 4", 4, [1101, 1101, 1101, 1101], 5],
    ["exactly at the lower tolerance", 10, times(10, 900), 10],
    ["one thousandth below it: 0.899 × 10", 10, times(10, 899), 9],
    ["a mean of 1100.5 counts as 1100", 2, [1100, 1101], 2],
    ["a mean of 1101.5 counts as 1101", 2, [1101, 1102], 3],
    ["no use at all", 10, times(10, 0), 0],
    ["pods are counted, not the replicas that there are: 2 × 2", 10, [2000, 2000], 4],
    ["within tolerance the replicas that there are stay", 10, [1050, 1050], 10],
  ])("%s", (_case, current, samples, expected) => {
    expect(proposed(current, running(samples), AVERAGE)).toBe(expected);
  });

  it("is the worked example: 9, 15 and 18 against 12 make 1.17, and 3.5 pods", () => {
    expect(proposed(3, running([9000, 15000, 18000]), { kind: "pods average", average: 12000 })).toBe(4);
  });

  it.each([
    ["at no tolerance upwards a thousandth is enough", 1001, 11],
    ["exactly at a lower tolerance of its own", 800, 10],
    ["below it", 799, 8],
  ])("with tolerances of its own: %s", (_case, sample, expected) => {
    const options = { ...REPLICA_DEFAULTS, tolerance: { up: 0, down: 0.2 } };
    expect(proposed(10, running(times(10, sample)), AVERAGE, options)).toBe(expected);
  });
});

describe("the use of all requests against a utilization", () => {
  it.each<readonly [string, number, readonly number[], number]>([
    ["the worked example: 70 % of 50 %, 5.6 pods", 4, [200, 300, 400, 500], 6],
    ["55.4 % is 55 %, exactly at the tolerance", 4, [277, 277, 277, 277], 4],
    ["56 % is above it: 1.12 × 4", 4, [280, 280, 280, 280], 5],
    ["45 % is exactly at the tolerance", 10, times(10, 225), 10],
    ["44.98 % is 44 %: 0.88 × 10", 10, [...times(9, 225), 224], 9],
  ])("requests of 500 and a target of 50 %%: %s", (_case, current, samples, expected) => {
    expect(proposed(current, running(samples, 500), percentOfRequest(50))).toBe(expected);
  });

  it("weighs pods by what they request: 1200 of 2000 is 60 %, 1.2 × 2", () => {
    const pods = [...running([1100], 1500), ...running([100], 500)];
    expect(proposed(2, pods, percentOfRequest(50))).toBe(3);
  });
});

describe("what is not known is counted against the change", () => {
  it.each<readonly [string, number, readonly (number | null)[], number, number]>([
    ["pending at 0 on the way out: (2 × 2000 + 0) / 4 is the target", 4, [2000, 2000], 2, 4],
    ["pending at 0 on the way out: (3 × 1500 + 0) / 4 is 1.125", 4, [1500, 1500, 1500], 1, 5],
    ["pending turn the change round: 2 × 1500 / 4 is 0.75", 4, [1500, 1500], 2, 4],
    ["pending stay out on the way in: 0.5 × 2", 4, [500, 500], 2, 1],
    ["pending stay out within tolerance", 4, [1000, 1000], 2, 4],
    ["missing at 0 on the way out: 3 × 2000 / 4 is 1.5", 4, [2000, 2000, 2000, null], 0, 6],
    ["missing turn the change round: 3 × 1100 / 4 is 0.825", 4, [1100, 1100, 1100, null], 0, 4],
    ["missing at the target on the way in: (3 × 500 + 1000) / 4 is 0.625", 4, [500, 500, 500, null], 0, 3],
    [
      "missing bring it into tolerance: (5 × 800 + 5 × 1000) / 10 is 0.9",
      10,
      [...times(5, 800), ...times(5, null)],
      0,
      10,
    ],
    ["missing stay out exactly at the target", 4, [1000, 1000, null, null], 0, 4],
    ["both on the way out: 4 × 3000 / 8 is 1.5", 8, [3000, 3000, 3000, 3000, null, null], 2, 12],
    ["both on the way in: (4 × 500 + 2 × 1000) / 6 is 0.666", 8, [...times(4, 500), null, null], 2, 4],
    ["more pods than replicas: 3.1 pods of 4 would turn it round from 2", 2, [700, 700, 700, null], 0, 2],
    ["fewer pods than replicas: 4 pods of 3 would turn it round from 10", 10, [2000, 2000, null], 0, 10],
  ])("%s", (_case, current, samples, pendingPods, expected) => {
    const pods = [...running(samples), ...pending(pendingPods)];
    expect(proposed(current, pods, AVERAGE)).toBe(expected);
  });

  it.each([
    ["the whole request below 100 %: (4 × 50 + 500) / 2500 is 28 %", 50, 50, 3],
    ["the target above 100 %: (4 × 250 + 750) / 2500 is 70 %", 150, 250, 3],
  ])("a missing pod uses %s", (_case, percent, sample, expected) => {
    const pods = running([sample, sample, sample, sample, null], 500);
    expect(proposed(5, pods, percentOfRequest(percent))).toBe(expected);
  });

  it("of a missing pod's use half a thousandth does not count: 1 of 2 is 50 %, a third of 150 %", () => {
    expect(proposed(2, running([0, null], 1), percentOfRequest(150))).toBe(1);
  });

  it("a pending pod's request counts, its use is 0: 1600 / 2000 is 80 %", () => {
    const pods = [...running([800, 800], 500), ...pending(2, 500)];
    expect(proposed(4, pods, percentOfRequest(50))).toBe(7);
  });

  it.each<readonly [string, Partial<Pod>]>([
    ["deleted", { deleted: true }],
    ["failed", { phase: "Failed" }],
    ["succeeded", { phase: "Succeeded" }],
  ])("a pod that is %s is no pod: 2 × 2", (_case, change) => {
    const pods = [...running([2000, 2000]), ...running([9000]).map((pod) => ({ ...pod, ...change }))];
    expect(proposed(3, pods, AVERAGE)).toBe(4);
  });
});

describe("there is no proposal", () => {
  it.each<readonly [string, readonly Pod[], PodTarget, RegExp]>([
    ["without a pod", [], AVERAGE, /no ready pod/],
    ["while all pods are pending", pending(3), AVERAGE, /no ready pod/],
    ["when no pod has a sample", running([null, null]), AVERAGE, /no ready pod/],
    [
      "when a pod has no request",
      [...running([100], 500), ...running([100])],
      percentOfRequest(50),
      /pod 1 has no request/,
    ],
    ["when the requests are 0", running([100, 100], 0), percentOfRequest(50), /add up to nothing/],
  ])("%s", (_case, pods, target, why) => {
    expect(proposed(3, pods, target)).toMatch(why);
  });
});
