/** Which pods the HPA takes for ready, unready, missing or none; a CPU sample of a pod that starts says little. */
import { describe, expect, it } from "@jest/globals";
import {
  groupPods,
  type Pod,
  type PodTarget,
  podReplicas,
  REPLICA_DEFAULTS,
} from "../../../../lib/sim/peers/hpa/podReplicas.ts";
import { NOW } from "../arrange.ts";

const CPU: PodTarget = { kind: "resource average", average: 1000, isCpu: true };
const MEMORY: PodTarget = { kind: "resource average", average: 1000, isCpu: false };
const OWN_METRIC: PodTarget = { kind: "pods average", average: 1000 };

/** Ready for 10 minutes, with a sample of 30 s. */
const SETTLED: Pod = {
  phase: "Running",
  startTime: NOW - 660,
  readiness: { ready: true, since: NOW - 600 },
  sample: { value: 1000, at: NOW - 10, windowSeconds: 30 },
};

function groupOf(change: Partial<Pod>, target: PodTarget): string {
  const groups = groupPods([{ ...SETTLED, ...change }], target, NOW, REPLICA_DEFAULTS);
  const names = (["ready", "unready", "missing"] as const).filter((name) => groups[name].length > 0);
  return names.join(" and ") || "none";
}

describe("groupPods", () => {
  it.each<readonly [string, Partial<Pod>, string]>([
    ["settled", {}, "ready"],
    ["pending, whatever its sample", { phase: "Pending" }, "unready"],
    ["pending without a sample", { phase: "Pending", sample: null }, "unready"],
    ["without a sample", { sample: null }, "missing"],
    ["failed", { phase: "Failed" }, "none"],
    ["succeeded", { phase: "Succeeded", sample: null }, "none"],
    ["deleted while it is pending", { phase: "Pending", deleted: true }, "none"],
  ])("of any metric: a pod that is %s", (_case, change, expected) => {
    expect([CPU, MEMORY, OWN_METRIC].map((target) => groupOf(change, target))).toEqual(
      new Array(3).fill(expected),
    );
  });

  it.each<readonly [string, number, boolean, number, number, string]>([
    ["its sample is of a whole window since it was ready", 100, true, 60, 30, "ready"],
    ["its sample began a second too early", 100, true, 60, 31, "unready"],
    ["it is not ready", 100, false, 60, 10, "unready"],
    ["its first 300 s are not over", 299, true, 20, 10, "unready"],
    ["its first 300 s are just over", 300, true, 20, 10, "ready"],
    ["it was ready for long, an old sample", 660, true, 600, 590, "ready"],
    ["it was never ready: 29 s after the start", 400, false, 371, 10, "unready"],
    ["it has been ready once: 30 s after the start", 400, false, 370, 10, "ready"],
  ])("of CPU: %s", (_case, startedSecondsAgo, ready, changedSecondsAgo, sampledSecondsAgo, expected) => {
    const pod: Partial<Pod> = {
      startTime: NOW - startedSecondsAgo,
      readiness: { ready, since: NOW - changedSecondsAgo },
      sample: { value: 1000, at: NOW - sampledSecondsAgo, windowSeconds: 30 },
    };
    expect(groupOf(pod, CPU)).toBe(expected);
    expect(groupOf(pod, MEMORY)).toBe("ready");
  });

  it.each<readonly [string, Partial<Pod>]>([
    ["no start time", { startTime: null }],
    ["no Ready condition", { readiness: null }],
  ])("of CPU only, %s is not ready", (_case, change) => {
    expect([CPU, MEMORY, OWN_METRIC].map((target) => groupOf(change, target))).toEqual([
      "unready",
      "ready",
      "ready",
    ]);
  });

  it("counts no sample of an unready pod: its 9000 become 0, 3000 / 2 is 1.5", () => {
    const starting: Pod = { ...SETTLED, readiness: null, sample: { value: 9000 } };
    const busy: Pod = { ...SETTLED, sample: { value: 3000 } };
    expect(podReplicas(2, [busy, starting], CPU, NOW)).toEqual({ kind: "replicas", replicas: 3 });
  });
});
