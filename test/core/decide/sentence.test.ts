/** The sentences as an operator reads them at night: exact, because their wording is what is tested. */
import { describe, expect, it } from "@jest/globals";
import { REVIEW_SECONDS } from "../../../lib/core/decide/context.ts";
import type { Situation } from "../../../lib/core/decision.ts";
import { EMPTY_MEMORY, type Memory } from "../../../lib/core/memory.ts";
import type { TargetPolicy } from "../../../lib/core/policy.ts";
import { sayDuration } from "../../../lib/core/time.ts";
import {
  aLockingPolicy,
  anOverride,
  aPolicy,
  aPromotion,
  aRule,
  aSituation,
  capacityOf,
  decided,
  forecastOf,
  LEAD_SECONDS,
  loadOf,
  metricOf,
  minutes,
  NO_BANDS,
  NOW,
  pinTo,
  repeat,
  scaleInOf,
  stepAt,
} from "../arrange.ts";

type Row = readonly [sentence: string, policy: TargetPolicy, parts: Partial<Situation>, memory?: Memory];

/** Every row with a memory, since jest would pass its own argument for one that is left out. */
const rows = (list: readonly Row[]) =>
  list.map(([sentence, policy, parts, memory = EMPTY_MEMORY]) => [sentence, policy, parts, memory] as const);

const say = (policy: TargetPolicy, parts: Partial<Situation>, memory = EMPTY_MEMORY): string =>
  decided(policy, aSituation(parts), memory).reason;

const NEAR = sayDuration(LEAD_SECONDS + REVIEW_SECONDS);
const FAR = sayDuration(2 * LEAD_SECONDS + REVIEW_SECONDS);
const cool = (parts: Partial<typeof COOL> = {}) => ({ ...COOL, ...parts });
const COOL = aRule({ scale: "in", comparison: "below", threshold: 30 });
const freezing = aPolicy({ rules: [aRule({ metric: "errorRate", threshold: 5, scale: "freeze" })] });

describe("what a need says", () => {
  it.each(
    rows([
      [
        "Keep 4: demand 390 (peak of the last minutes + 50 %) ÷ 100 per unit",
        aPolicy(),
        { load: loadOf(260) },
      ],
      [
        "Scale out 4 → 14: demand 1 350 (peak of the last minutes + 50 %) ÷ 100 per unit",
        aPolicy(),
        { load: loadOf(900) },
      ],
      [
        "Scale in 4 → 1: demand 75 (peak of the last minutes + 50 %) ÷ 100 per unit",
        aPolicy(),
        { load: loadOf(50) },
      ],
      [
        "Scale out 4 → 9: demand 900 (peak of the last minutes + 0 %) ÷ 100 per unit",
        aPolicy(),
        { load: loadOf(900), forecast: forecastOf(100) },
      ],
      [
        `Scale out 4 → 16: demand 1 580 (forecast for the next ${NEAR}, 95 % sure) ÷ 100 per unit`,
        aPolicy(),
        { forecast: forecastOf(stepAt(NOW + minutes(5), 200, 1_580)) },
      ],
      [
        `Scale out 4 → 16: demand 1 580 (by the last hour, for the next ${NEAR}, 95 % sure) ÷ 100 per unit`,
        aPolicy({ demand: { ...aPolicy().demand, forecast: "off" } }),
        { forecast: forecastOf(1_580) },
      ],
      [
        `Scale out 4 → 16: demand 450 (forecast for the next ${NEAR}, 95 % sure), then 1 580 (forecast for the next ${FAR}, 95 % sure) ÷ 100 per unit`,
        aLockingPolicy(),
        { forecast: forecastOf(stepAt(NOW + minutes(10), 450, 1_580)) },
      ],
      [
        "Scale out 4 → 6: gpuUtilization average 91 above 70 in 2 of 2 min",
        aPolicy({ rules: [aRule({ by: { units: 2 } })] }),
        { metrics: [metricOf([84, 91])] },
      ],
      [
        "Scale out 4 → 10: promotion 11.11 (2025-11-11T08:05Z to 2025-11-11T11:00Z) expects 10 units",
        aPolicy(),
        { promotions: [aPromotion({ start: NOW + minutes(5) })] },
      ],
      [
        "Scale out 4 → 12: promotion 11.11 (2025-11-11T08:05Z to 2025-11-11T11:00Z) expects ×3 of the usual load",
        aPolicy(),
        { promotions: [aPromotion({ start: NOW + minutes(5), expect: { multiplier: 3 } })] },
      ],
      [
        "Scale out 4 → 7: promotion 11.11 (2025-11-11T08:05Z to 2025-11-11T11:00Z) expects a load of 650",
        aPolicy(),
        { promotions: [aPromotion({ start: NOW + minutes(5), expect: { load: 650 } })] },
      ],
      ["Scale in 4 → 2: the minimum is 2", aPolicy({ capacity: { min: 2, max: 9 } }), { load: loadOf(0) }],
      ["Keep 4: neither load nor forecast is known", aPolicy(), { load: loadOf(repeat(60, null)) }],
      ["Keep 4: no rule asks for a change", aPolicy({ load: null }), { load: null }],
      [
        "Scale in 4 → 3: gpuUtilization average 12 below 30 in 2 of 2 min and memoryUtilization average 20 below 30 in 2 of 2 min",
        aPolicy({ load: null, rules: [cool(), cool({ metric: "memoryUtilization" })] }),
        { load: null, metrics: [metricOf([12, 12]), metricOf([20, 20], { metric: "memoryUtilization" })] },
      ],
    ]),
  )("%s", (sentence, policy, parts, memory) => {
    expect(say(policy, parts, memory)).toBe(sentence);
  });
});

describe("what a hold says", () => {
  const idle = { load: loadOf(100) };
  it.each(
    rows([
      [
        "Keep 4: missing data, load invocations is unknown for the minute to 2025-11-11T07:59Z; otherwise 2",
        aPolicy(),
        { load: loadOf([100, null, 100]) },
      ],
      [
        "Keep 4: missing data, load invocations is unknown for the minute to 2025-11-11T08:00Z (Rate exceeded); otherwise 2",
        aPolicy(),
        { load: { ...loadOf([100, null]), why: "Rate exceeded" } },
      ],
      [
        "Keep 4: missing data, load invocations is 9 min old; otherwise 1",
        aPolicy(),
        { load: loadOf(100, NOW - minutes(9)), forecast: forecastOf(100) },
      ],
      [
        "Keep 4: missing data, load invocations was not read; otherwise 1",
        aPolicy(),
        { load: null, forecast: forecastOf(100, { bands: NO_BANDS }) },
      ],
      [
        "Keep 4: missing data, gpuUtilization average: 1 of 2 minutes are missing; otherwise 2",
        aPolicy({ rules: [aRule()] }),
        { ...idle, metrics: [metricOf([90, null])] },
      ],
      [
        "Keep 4: error guard, errorRate average 14 above 5 in 2 of 2 min; otherwise 2",
        freezing,
        { ...idle, metrics: [metricOf([12, 14], { metric: "errorRate" })] },
      ],
      [
        "Keep 4: freeze, scale-in is frozen (lee: launch week); otherwise 2",
        aPolicy(),
        { ...idle, overrides: [anOverride({ kind: "freeze-scale-in", reason: "lee: launch week" })] },
      ],
      [
        "Keep 4: rule, gpuUtilization average below 30 in 0 of 15 min, 15 are required; otherwise 2",
        aPolicy({ rules: [cool({ minutes: 15, ofMinutes: 15 })] }),
        { ...idle, metrics: [metricOf(repeat(15, 45))] },
      ],
      [
        "Scale in 4 → 3: stabilization, 3 units were recommended at 2025-11-11T07:56Z, within the last 10 min; otherwise 2",
        aPolicy(),
        idle,
        { ...EMPTY_MEMORY, recommendations: [{ at: NOW - minutes(4), units: 3 }] },
      ],
      [
        "Keep 4: cooldown, the last scale-in was at 2025-11-11T07:59Z, the policy waits 5 min; otherwise 2",
        aPolicy(scaleInOf({ cooldownSeconds: minutes(5) })),
        idle,
        { ...EMPTY_MEMORY, lastInAt: NOW - minutes(1) },
      ],
      [
        "Keep 4: promotion in sight, 11.11 from 2025-11-11T08:15Z wants 10 units; otherwise 2",
        aPolicy(),
        { ...idle, promotions: [aPromotion({ start: NOW + minutes(15) })] },
      ],
      [
        "Scale in 4 → 3: lock risk, 3 units come to be needed (demand) while a scale-in would lock the endpoint; otherwise 1",
        aLockingPolicy(),
        { ...idle, forecast: forecastOf(stepAt(NOW + minutes(10), 100, 300)) },
      ],
      [
        "Scale in 4 → 3: return cost, the forecast wants 3 units within 17 min; otherwise 1",
        aPolicy(),
        { ...idle, forecast: forecastOf(stepAt(NOW + minutes(15), 100, 300)) },
      ],
    ]),
  )("%s", (sentence, policy, parts, memory) => {
    expect(say(policy, parts, memory)).toBe(sentence);
  });
});

describe("what a bound says", () => {
  const demand = "demand 1 350 (peak of the last minutes + 50 %) ÷ 100 per unit";
  const busy = { load: loadOf(900) };
  const steps = aPolicy({ scaleOut: { cooldownSeconds: minutes(3), maxStep: { units: 2 } } });
  it.each(
    rows([
      [
        `Scale out 4 → 6: the maximum is 6; otherwise 14: ${demand}`,
        aPolicy({ capacity: { min: 1, max: 6 } }),
        busy,
      ],
      [`Scale out 4 → 6: at most 2 units more at a time; otherwise 14: ${demand}`, steps, busy],
      [
        `Keep 4: the last scale-out was 1 min ago, the policy waits 3 min; otherwise 14: ${demand}`,
        steps,
        busy,
        { ...EMPTY_MEMORY, lastOutAt: NOW - minutes(1) },
      ],
      [
        "Scale in 4 → 3: at most 1 unit fewer at a time; otherwise 1: demand 75 (peak of the last minutes + 50 %) ÷ 100 per unit",
        aPolicy(scaleInOf({ maxStep: { units: 1 } })),
        { load: loadOf(50) },
      ],
      [
        `Scale out 4 → 6: pinned to 6 units (ops: load test); otherwise 14: ${demand}`,
        aPolicy(),
        { ...busy, overrides: [pinTo(6)] },
      ],
      [
        `Keep 4: paused (ops: looking into it); otherwise 14: ${demand}`,
        aPolicy(),
        { ...busy, overrides: [anOverride()] },
      ],
      [
        "Scale in 9 → 8: the maximum is 8; otherwise 9: freeze, scale-in is frozen (lee: launch week); otherwise 2",
        aPolicy({ capacity: { min: 1, max: 8 } }),
        {
          capacity: capacityOf(9),
          load: loadOf(100),
          overrides: [anOverride({ kind: "freeze-scale-in", reason: "lee: launch week" })],
        },
      ],
    ]),
  )("%s", (sentence, policy, parts, memory) => {
    expect(say(policy, parts, memory)).toBe(sentence);
  });
});

describe("where the change waits or is another one", () => {
  const demand = "demand 1 350 (peak of the last minutes + 50 %) ÷ 100 per unit";
  const locked = { locked: { why: "endpoint chat is Updating" } };
  it.each(
    rows([
      [
        `Scale out 4 → 14 once unlocked (endpoint chat is Updating): ${demand}`,
        aPolicy(),
        { load: loadOf(900), capacity: capacityOf(4, locked) },
      ],
      [
        `Keep 14 while locked (endpoint chat is Updating): ${demand}`,
        aPolicy(),
        { load: loadOf(900), capacity: capacityOf(14, { ...locked, ready: 4 }) },
      ],
      [
        `Raise the floor 2 → 14: ${demand}`,
        aPolicy({ mode: "floor" }),
        { load: loadOf(900), capacity: capacityOf(4, { minimum: 2 }) },
      ],
      [
        "Lower the floor 6 → 2: demand 150 (peak of the last minutes + 50 %) ÷ 100 per unit",
        aPolicy({ mode: "floor" }),
        { load: loadOf(100), capacity: capacityOf(9, { minimum: 6 }) },
      ],
      [
        `Keep the floor at 14: ${demand}`,
        aPolicy({ mode: "floor" }),
        { load: loadOf(900), capacity: capacityOf(16, { minimum: 14 }) },
      ],
    ]),
  )("%s", (sentence, policy, parts, memory) => {
    expect(say(policy, parts, memory)).toBe(sentence);
  });
});
