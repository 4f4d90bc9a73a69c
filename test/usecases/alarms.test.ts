/** Alarms watch the thresholds: a wake-up reads a rule's metric only while its alarm rings, or where nobody watches it. */
import { describe, expect, it } from "@jest/globals";
import type { Decision, RuleAlarm } from "../../lib/core/decision.ts";
import type { Rule, TargetPolicy } from "../../lib/core/policy.ts";
import type { MetricQuery } from "../../lib/ports/metricSource.ts";
import type { World } from "../../lib/usecases/world.ts";
import { aRule, minutes } from "../core/arrange.ts";
import { aWorldWithTarget, START, wake } from "./arrange.ts";

const GPU_OUT = aRule({ path: "rules[0]" });
const GPU_IN = aRule({
  path: "rules[1]",
  comparison: "below",
  threshold: 30,
  scale: "in",
  minutes: 2,
  ofMinutes: 2,
});
const LATENCY = aRule({ path: "objective.latencyP95", metric: "latency", statistic: "p95", threshold: 800 });

interface Watched {
  readonly decision: Decision;
  /** Metrics that were read, without the load. */
  readonly read: readonly string[];
}

/** One wake-up of two units that a load of 100 a minute keeps as they are, with the GPU at so many percent. */
async function decideWith(
  rules: readonly Rule[],
  states: readonly RuleAlarm[] | Error,
  gpu: number,
  parts: Partial<TargetPolicy> = {},
): Promise<Watched> {
  const { world, policy } = aWorldWithTarget(110, { rules, ...parts });
  for (const [metric, statistic, value] of [
    ["gpuUtilization", "average", gpu],
    ["latency", "p95", 900],
  ] as const) {
    world.metrics.publish(
      { target: "chat", metric, statistic },
      START - minutes(30),
      new Array(30).fill(value),
    );
  }
  const read: string[] = [];
  const watched: World = {
    ...world,
    metrics: {
      read: (queries: readonly MetricQuery[], now) => {
        read.push(...queries.map(({ metric }) => metric).filter((metric) => metric !== "invocations"));
        return world.metrics.read(queries, now);
      },
      history: (query, from, to) => world.metrics.history(query, from, to),
    },
    alarms: {
      states: async () => {
        if (states instanceof Error) throw states;
        return new Map([["chat", states]]);
      },
    },
  };
  const report = await wake(watched, policy, START);
  if (report.kind !== "decided") throw new Error(`not decided: ${report.kind}`);
  return { decision: report.record.decision, read };
}

const state = (rule: Rule, said: RuleAlarm["state"]): RuleAlarm => ({ rule: rule.path, state: said });

describe("rules that alarms watch", () => {
  it("are not read while their alarms are quiet, and ask for nothing", async () => {
    const { decision, read } = await decideWith(
      [GPU_OUT, LATENCY],
      [state(GPU_OUT, "quiet"), state(LATENCY, "quiet")],
      95,
    );
    expect(read).toEqual([]);
    expect(decision.desired).toBe(2);
    expect(decision.holds.map(({ by }) => by)).not.toContain("missing data");
  });

  it("are read while their alarm rings, and only those", async () => {
    const { decision, read } = await decideWith(
      [GPU_OUT, LATENCY],
      [state(GPU_OUT, "ringing"), state(LATENCY, "quiet")],
      95,
    );
    expect(read).toEqual(["gpuUtilization"]);
    expect(decision.desired).toBe(3);
    expect(decision.reason).toContain("gpuUtilization");
  });

  it("ask for nothing when the alarm still rings but the minutes are fine again", async () => {
    const { decision } = await decideWith([GPU_OUT], [state(GPU_OUT, "ringing")], 40);
    expect(decision.desired).toBe(2);
  });

  it("hold what there is while their alarm has no data: blind is not quiet", async () => {
    const load = { metric: "invocations", statistic: "sum", perUnit: 10_000 } as const;
    const sparse = {
      load,
      scaleIn: {
        stabilizationSeconds: 0,
        reactiveStabilizationSeconds: 0,
        cooldownSeconds: 0,
        maxStep: null,
        paybackSeconds: 0,
      },
    };
    const quiet = await decideWith([GPU_OUT], [state(GPU_OUT, "quiet")], 20, sparse);
    expect(quiet.decision.desired).toBe(1);
    const blind = await decideWith([GPU_OUT], [state(GPU_OUT, "blind")], 20, sparse);
    expect(blind.decision.desired).toBe(2);
    expect(blind.decision.holds.map(({ by }) => by)).toContain("missing data");
  });

  it("that permit scale-in do so only while their alarm rings", async () => {
    const noLoad = { load: null };
    const quiet = await decideWith([GPU_IN], [state(GPU_IN, "quiet")], 10, noLoad);
    expect(quiet.decision.desired).toBe(2);
    const blind = await decideWith([GPU_IN], [state(GPU_IN, "blind")], 10, noLoad);
    expect(blind.decision.desired).toBe(2);
    const ringing = await decideWith([GPU_IN], [state(GPU_IN, "ringing")], 10, noLoad);
    expect(ringing.decision.desired).toBe(1);
  });

  it("are all read when an alarm does not exist, or none can be read", async () => {
    const missing = await decideWith([GPU_OUT, LATENCY], [state(LATENCY, "quiet")], 95);
    expect(missing.read).toEqual(["gpuUtilization"]);
    expect(missing.decision.desired).toBe(3);
    const unread = await decideWith([GPU_OUT, LATENCY], new Error("throttled"), 95);
    expect(unread.read).toEqual(["gpuUtilization", "latency"]);
    expect(unread.decision.desired).toBe(3);
  });
});
