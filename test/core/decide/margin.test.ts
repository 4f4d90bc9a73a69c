/** The margin on the demand: who is steered, when what was counted counts, and how it is said. */
import { describe, expect, it } from "@jest/globals";
import {
  marginOf,
  PROMISE_NOTICE,
  promiseNotices,
  sayMargin,
  withAchieved,
} from "../../../lib/core/decide/margin.ts";
import type { Situation } from "../../../lib/core/decision.ts";
import { EMPTY_MEMORY, type Memory } from "../../../lib/core/memory.ts";
import type { Mode, TargetPolicy } from "../../../lib/core/policy.ts";
import { INSIDE_OBJECTIVE } from "../../../lib/core/promise/counting.ts";
import type { SizedPolicy } from "../../../lib/core/unitLoad/inUse.ts";
import { aPolicy, aSituation, capacityOf, decided, loadOf, minutes, NOW } from "../arrange.ts";

const policyOf = (parts: Partial<TargetPolicy> = {}, quantile: number | null = null): SizedPolicy => {
  const policy = aPolicy({ mode: "full", ...parts });
  return { ...policy, demand: { ...policy.demand, quantile } } as SizedPolicy;
};

const achieved = {
  countedUntil: NOW - minutes(3),
  seconds: 86_400,
  requests: 100_000,
  outside: 1_400,
  logMargin: Math.log(1.18),
  movedAt: NOW - minutes(10),
  logMarginBefore: 0,
};
const memory: Memory = { ...EMPTY_MEMORY, achieved };

const seen = (percent: number, parts: Partial<Situation> = {}): Situation =>
  aSituation({
    load: loadOf(260),
    metrics: [{ ...INSIDE_OBJECTIVE, end: NOW, values: [percent, percent, percent] }],
    ...parts,
  });

describe("the margin", () => {
  it("is what was counted before now", () => {
    expect(marginOf(policyOf(), memory, NOW)).toBeCloseTo(1.18, 10);
    expect(marginOf(policyOf(), EMPTY_MEMORY, NOW)).toBe(1);
  });

  it.each<[string, Mode, number | null]>([
    ["a stated quantile", "full", 0.95],
    ["in shadow mode", "shadow", null],
    ["in floor mode", "floor", null],
  ])("is none beside %s", (_case, mode, quantile) => {
    const policy = policyOf({ mode }, quantile);
    expect(marginOf(policy, memory, NOW)).toBe(1);
    expect(withAchieved(policy, seen(50), memory)).toBe(memory);
  });

  it("is moved for the next decision, not for one that is made again", () => {
    const after = withAchieved(policyOf(), seen(50), memory);
    expect(after.achieved).toMatchObject({ countedUntil: NOW, movedAt: NOW });
    expect(marginOf(policyOf(), after, NOW)).toBeCloseTo(1.18, 10);
    expect(marginOf(policyOf(), after, NOW + 60)).toBeGreaterThan(1.18);
    expect(withAchieved(policyOf(), seen(50), after).achieved).toEqual(after.achieved);
  });

  it("is left to the last digit where nothing new is known", () => {
    const after = withAchieved(policyOf(), seen(50, { load: loadOf([null]) }), memory);
    expect(after.achieved).toEqual({ ...achieved, countedUntil: NOW });
  });

  it("does not grow at the maximum", () => {
    const capacity = capacityOf(12);
    const after = withAchieved(policyOf({ capacity: { min: 1, max: 12 } }), seen(50, { capacity }), memory);
    expect(marginOf(policyOf(), after, NOW + 60)).toBeCloseTo(1.18, 5);
    expect(after.achieved?.outside).toBeGreaterThan(achieved.outside);
  });

  it("multiplies the demand", () => {
    // 260 requests and half of it as headroom, at 100 a unit: 3.9; with 18 % more 4.6.
    const before = decided(policyOf(), seen(99));
    const after = decided(policyOf(), seen(99), memory);
    expect([before.desired, after.desired]).toEqual([4, 5]);
  });
});

describe("the margin in words", () => {
  it("says what was achieved and promised", () => {
    expect(sayMargin(policyOf(), memory, 1.18)).toBe(
      " + 18 % (98.6 % of the requests were inside the objective, 99 % are promised)",
    );
    expect(sayMargin(policyOf(), memory, 0.75)).toContain(" − 25 % (98.6 %");
  });

  it("says nothing where it changes nothing", () => {
    expect(sayMargin(policyOf(), memory, 1.004)).toBe("");
    expect(sayMargin(policyOf(), EMPTY_MEMORY, 1)).toBe("");
  });
});

describe("a promise out of reach", () => {
  const policy = policyOf({ capacity: { min: 1, max: 12 } });
  const told = (outside: number, units: number, parts: Partial<Memory> = {}, logMargin = 0.2) =>
    promiseNotices(policy, aSituation({ capacity: capacityOf(units) }), {
      ...memory,
      achieved: { ...achieved, outside, logMargin },
      ...parts,
    }).map(({ text }) => text);

  it.each<[string, string[], string[]]>([
    [
      "is told at the maximum",
      told(2_500, 12),
      [
        "97.5 % of the requests were inside the objective, 99 % are promised, and the maximum is 12 units: raise it, or promise less",
      ],
    ],
    [
      "is told where the margin is at its limit",
      told(2_500, 6, {}, Math.log(8)),
      [
        "97.5 % of the requests were inside the objective, 99 % are promised, and 8 times the forecast demand is planned already: promise less, or hold more with capacity.min",
      ],
    ],
    ["is not told while more can be had", told(2_500, 6), []],
    ["is not told for a little", told(1_800, 12), []],
    [
      "is told on until it is nearly kept",
      told(1_800, 12, { noticed: [PROMISE_NOTICE] }),
      [
        "98.2 % of the requests were inside the objective, 99 % are promised, and the maximum is 12 units: raise it, or promise less",
      ],
    ],
    ["and no longer", told(1_400, 12, { noticed: [PROMISE_NOTICE] }), []],
  ])("%s", (_case, got, expected) => {
    expect(got).toEqual(expected);
  });

  it("is not told before a day was counted, or of a stated quantile", () => {
    const early = { ...memory, achieved: { ...achieved, outside: 9_000, seconds: 3_600 } };
    const at = aSituation({ capacity: capacityOf(12) });
    expect(promiseNotices(policy, at, early)).toEqual([]);
    const late = { ...memory, achieved: { ...achieved, outside: 9_000 } };
    expect(promiseNotices(policy, at, late)).toHaveLength(1);
    expect(promiseNotices(policyOf(policy, 0.95), at, late)).toEqual([]);
  });
});
