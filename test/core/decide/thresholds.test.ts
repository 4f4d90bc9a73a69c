/** The thresholds that operators of GPU inference write, as they write them, and what each of them does and does not do. */
import { describe, expect, it } from "@jest/globals";
import type { Situation } from "../../../lib/core/decision.ts";
import type { Rule, TargetPolicy } from "../../../lib/core/policy.ts";
import type { Series } from "../../../lib/core/reading.ts";
import {
  aPolicy,
  aRule,
  aSituation,
  capacityOf,
  decided,
  holdBy,
  loadOf,
  metricOf,
  NOW,
  needBy,
  repeat,
} from "../arrange.ts";

const GPU_OUT = aRule({ path: "rules[0]", threshold: 70, minutes: 2, ofMinutes: 2, by: "proportional" });
const GPU_IN = aRule({
  path: "rules[1]",
  scale: "in",
  comparison: "below",
  threshold: 30,
  minutes: 15,
  ofMinutes: 15,
});
const LATENCY = aRule({
  path: "objective.latencyP95",
  metric: "latency",
  statistic: "p95",
  threshold: 800,
  minutes: 2,
  ofMinutes: 3,
  by: { share: 0.5 },
});
const ERRORS = aRule({
  path: "rules[2]",
  metric: "errorRate",
  threshold: 5,
  minutes: 2,
  ofMinutes: 3,
  scale: "freeze",
});
const QUEUE = aRule({
  path: "rules[3]",
  metric: "queueLength",
  statistic: "maximum",
  threshold: 20,
  minutes: 1,
  ofMinutes: 1,
  by: { units: 2 },
});
const MEMORY = aRule({
  path: "rules[4]",
  metric: "gpuMemoryUtilization",
  threshold: 90,
  minutes: 3,
  ofMinutes: 5,
});

const gpu = (values: number[]): Series => metricOf(values);
const latency = (values: (number | null)[]): Series =>
  metricOf(values, { metric: "latency", statistic: "p95" });
const errors = (values: (number | null)[]): Series => metricOf(values, { metric: "errorRate" });
const queue = (value: number): Series => metricOf([value], { metric: "queueLength", statistic: "maximum" });
const memory = (values: number[]): Series => metricOf(values, { metric: "gpuMemoryUtilization" });

/** Rules alone decide: four units, no stated load. */
const decideBy = (
  rules: Rule[],
  metrics: Series[],
  parts: Partial<Situation> = {},
  policy: Partial<TargetPolicy> = {},
) => decided(aPolicy({ load: null, rules, ...policy }), aSituation({ load: null, metrics, ...parts }));

const desiredBy = (rules: Rule[], metrics: Series[], parts: Partial<Situation> = {}): number =>
  decideBy(rules, metrics, parts).desired;

describe("GPU over 70 % for two minutes scales out", () => {
  it.each([
    ["in proportion to how far it is over", [84, 84], 5],
    ["further the further it is over", [100, 100], 6],
    ["not for one minute", [60, 100], 4],
    ["not at 70 % exactly", [70, 70], 4],
  ])("%s", (_case, values, desired) => {
    expect(desiredBy([GPU_OUT], [gpu(values)])).toBe(desired);
  });
});

describe("GPU under 30 % for fifteen minutes scales in", () => {
  it.each([
    ["by one", repeat(15, 20), 3],
    ["not before fifteen minutes", [40, ...repeat(14, 20)], 4],
    ["not when one minute of them was over", [...repeat(7, 20), 35, ...repeat(7, 20)], 4],
    ["not at 30 % exactly", repeat(15, 30), 4],
  ])("%s", (_case, values, desired) => {
    expect(desiredBy([GPU_IN], [gpu(values)])).toBe(desired);
  });

  it("not when one minute of them is missing", () => {
    const decision = decideBy([GPU_IN], [metricOf([...repeat(7, 20), null, ...repeat(7, 20)])]);
    expect(decision.desired).toBe(4);
  });

  it("not below the minimum", () => {
    expect(desiredBy([GPU_IN], [gpu(repeat(15, 20))], { capacity: capacityOf(1) })).toBe(1);
  });
});

describe("P95 latency over its objective for two of three minutes scales out", () => {
  it.each([
    ["by half of what is ready", [900, 500, 900], 6],
    ["not for one of three", [500, 500, 900], 4],
    ["not when it has recovered", [900, 900, 500, 500], 4],
    ["when it is over and one minute is missing", [900, null, 900], 6],
  ])("%s", (_case, values, desired) => {
    expect(desiredBy([LATENCY], [latency(values)])).toBe(desired);
  });

  it("not while the units that were asked for are still starting", () => {
    const starting = { capacity: capacityOf(6, { ready: 4 }) };
    expect(desiredBy([LATENCY], [latency([900, 900, 900])], starting)).toBe(6);
  });

  it("not by what was seen before they became ready", () => {
    const policy = aPolicy({ load: null, rules: [LATENCY] });
    const situation = aSituation({
      load: null,
      metrics: [latency([900, 900, 900])],
      capacity: capacityOf(6),
    });
    const seen = { at: NOW - 60, desired: 6, ready: 4 };
    const { memory } = decided(policy, situation);
    expect(decided(policy, situation, { ...memory, seen }).desired).toBe(6);
    expect(decided(policy, situation, memory).desired).toBe(9);
  });
});

describe("an error rate over 5 % freezes scale-in", () => {
  const idle = { load: loadOf(100), capacity: capacityOf(8) };
  const policy = aPolicy({ rules: [ERRORS] });
  const decide = (values: (number | null)[], parts: Partial<Situation> = {}) =>
    decided(policy, aSituation({ ...idle, metrics: [errors(values)], ...parts }));

  it("keeps every unit, says why and notifies", () => {
    const decision = decide([30, 30, 30]);
    expect(decision.desired).toBe(8);
    expect(holdBy(decision, "error guard")?.units).toBe(8);
    expect(decision.notices.map(({ kind }) => kind)).toContain(`error guard ${ERRORS.path}`);
  });

  it("never buys a unit, however many errors there are", () => {
    const decision = decide([100, 100, 100], { capacity: capacityOf(2) });
    expect(decision.desired).toBe(2);
    expect(needBy(decision, "rule")).toBeUndefined();
  });

  it("lets the load scale out meanwhile", () => {
    expect(decide([30, 30, 30], { load: loadOf(800) }).desired).toBe(12);
  });

  it("lets go when the errors are over", () => {
    expect(decide([30, 1, 1]).desired).toBe(2);
  });
});

describe("a queue of more than 20 scales out by two", () => {
  it.each([
    ["at once", 21, 6],
    ["not at 20", 20, 4],
    ["by two however long it is", 5_000, 6],
  ])("%s", (_case, length, desired) => {
    expect(desiredBy([QUEUE], [queue(length)])).toBe(desired);
  });
});

describe("GPU memory over 90 % for three of five minutes scales out by one", () => {
  it.each([
    ["when it is", [95, 80, 95, 80, 95], 5],
    ["not when it is not", [95, 80, 80, 80, 95], 4],
  ])("%s", (_case, values, desired) => {
    expect(desiredBy([MEMORY], [memory(values)])).toBe(desired);
  });
});

describe("together", () => {
  const ALL = [GPU_OUT, GPU_IN, LATENCY, ERRORS, QUEUE, MEMORY];
  const calm = {
    gpu: gpu(repeat(15, 20)),
    latency: latency(repeat(3, 300)),
    errors: errors(repeat(3, 0)),
    queue: queue(0),
    memory: memory(repeat(5, 40)),
  };
  const desired = (parts: Partial<typeof calm>) => desiredBy(ALL, Object.values({ ...calm, ...parts }));

  it.each<[string, Partial<typeof calm>, number]>([
    ["all calm: scale in by one", {}, 3],
    [
      "the largest of several wins",
      { gpu: gpu(repeat(15, 77)), queue: queue(50), latency: latency(repeat(3, 900)) },
      6,
    ],
    ["one rule that asks for more outweighs all that permit less", { queue: queue(50) }, 6],
    ["errors freeze what the GPU permits", { errors: errors(repeat(3, 50)) }, 4],
    ["errors do not stop what the queue asks for", { errors: errors(repeat(3, 50)), queue: queue(50) }, 6],
    ["a rule that cannot see stops scale-in", { latency: latency(repeat(3, null)) }, 4],
    [
      "a rule that cannot see does not stop scale-out",
      { latency: latency(repeat(3, null)), queue: queue(50) },
      6,
    ],
    ["between the thresholds nothing changes", { gpu: gpu(repeat(15, 50)) }, 4],
  ])("%s", (_case, parts, units) => {
    expect(desired(parts)).toBe(units);
  });

  it("with a stated load an `in` rule permits, and the load says how far", () => {
    const permit = (values: number[]) =>
      decided(aPolicy({ rules: [GPU_IN] }), aSituation({ load: loadOf(100), metrics: [gpu(values)] }))
        .desired;
    expect(permit(repeat(15, 20))).toBe(2);
    expect(permit(repeat(15, 40))).toBe(4);
  });
});
