/** Each hold holds when it should, and does not when it should not. */
import { describe, expect, it } from "@jest/globals";
import { REVIEW_SECONDS } from "../../../lib/core/decide/context.ts";
import type { Hold, Situation } from "../../../lib/core/decision.ts";
import { FORECAST_SLOT_SECONDS } from "../../../lib/core/forecast/forecast.ts";
import { EMPTY_MEMORY, type Memory } from "../../../lib/core/memory.ts";
import type { TargetPolicy } from "../../../lib/core/policy.ts";
import { floorTo } from "../../../lib/core/time.ts";
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
  holdBy,
  LEAD_SECONDS,
  loadOf,
  metricOf,
  minutes,
  NO_ERRORS,
  NO_FORECAST,
  NOW,
  repeat,
  scaleInOf,
  stepAt,
} from "../arrange.ts";

/** Eight units at a load that two carry, so that six could go. */
const IDLE: Partial<Situation> = { capacity: capacityOf(8), load: loadOf(200), forecast: forecastOf(200) };
const FREE_UNITS = 2;

const decide = (
  parts: Partial<Situation> = {},
  policy: TargetPolicy = aPolicy(),
  memory: Memory = EMPTY_MEMORY,
) => decided(policy, aSituation({ ...IDLE, ...parts }), memory);

/** The units below which one hold keeps the target from falling; null when it does not hold. */
const heldBy = (
  by: Hold["by"],
  parts: Partial<Situation> = {},
  policy: TargetPolicy = aPolicy(),
  memory: Memory = EMPTY_MEMORY,
): number | null => holdBy(decide(parts, policy, memory), by)?.units ?? null;

it("nothing holds a scale-in that nothing speaks against", () => {
  expect(decide()).toMatchObject({ desired: FREE_UNITS, holds: [] });
});

it("no hold ever asks for more than there is, or keeps a scale-out", () => {
  const missing = loadOf([900, 900, null]);
  expect(decide({ load: missing, forecast: forecastOf(200) })).toMatchObject({ desired: 9, holds: [] });
});

describe("missing data holds", () => {
  const window = aPolicy().scaleIn.stabilizationSeconds / 60;
  const rules = [aRule()];
  const gap = (minutesAgo: number) => loadOf([200, null, ...repeat(minutesAgo, 200)]);

  it.each<[string, Partial<Situation>, TargetPolicy, boolean]>([
    ["when the newest minute of load is missing", { load: gap(0) }, aPolicy(), true],
    ["when any minute of the stabilization window is missing", { load: gap(window - 1) }, aPolicy(), true],
    ["not when an older one is", { load: gap(window) }, aPolicy(), false],
    ["when a minute is no number", { load: loadOf([200, Number.NaN, 200]) }, aPolicy(), true],
    ["when the load is stale", { load: loadOf(200, NOW - minutes(4)) }, aPolicy(), true],
    ["not when it is only just not", { load: loadOf(200, NOW - minutes(3)) }, aPolicy(), false],
    [
      "when the series is shorter than the window",
      { load: { ...loadOf(200), values: [200, 200] } },
      aPolicy(),
      true,
    ],
    ["when the series is empty", { load: { ...loadOf(200), values: [] } }, aPolicy(), true],
    ["when the stated load was not read at all", { load: null }, aPolicy(), true],
    [
      "not when the policy states no load",
      { load: null },
      aPolicy({ load: null, rules: coolRules() }),
      false,
    ],
    ["when a rule's metric was not read", {}, aPolicy({ rules }), true],
    ["when a rule cannot tell", { metrics: [metricOf([80, null])] }, aPolicy({ rules }), true],
    ["not when it can tell all the same", { metrics: [metricOf([50, null])] }, aPolicy({ rules }), false],
  ])("%s", (_case, parts, policy, holds) => {
    const metrics = parts.metrics ?? (policy.load === null ? [metricOf([10, 10])] : []);
    expect(heldBy("missing data", { ...parts, metrics }, policy)).toBe(holds ? 8 : null);
  });

  it("looks no further back than the hour that is read, however long the window", () => {
    const policy = aPolicy(scaleInOf({ stabilizationSeconds: minutes(600) }));
    expect(heldBy("missing data", {}, policy)).toBeNull();
  });
});

function coolRules() {
  return [aRule({ scale: "in", comparison: "below", threshold: 30 })];
}

describe("the error guard holds", () => {
  const policy = aPolicy({ rules: [aRule({ metric: "errorRate", threshold: 5, scale: "freeze" })] });
  const errors = (...values: number[]) => ({ metrics: [metricOf(values, { metric: "errorRate" })] });

  it.each([
    ["while the rule holds", errors(12, 12), 8],
    ["not below its threshold", errors(5, 5), null],
    ["not before it has held for its minutes", errors(0, 12), null],
  ])("%s", (_case, parts, units) => {
    expect(heldBy("error guard", parts, policy)).toBe(units);
  });

  it("and never buys a unit", () => {
    expect(decide({ ...errors(100, 100), capacity: capacityOf(2) }, policy).desired).toBe(FREE_UNITS);
  });
});

describe("a freeze of a person holds", () => {
  const freeze = (until: number | null) => ({ overrides: [anOverride({ kind: "freeze-scale-in", until })] });

  it.each([
    ["until it is taken away", freeze(null), 8],
    ["until its end", freeze(NOW + 1), 8],
    ["not after", freeze(NOW), null],
    ["as nothing else that a person orders", { overrides: [anOverride({ kind: "pause" })] }, null],
  ])("%s", (_case, parts, units) => {
    expect(heldBy("freeze", parts)).toBe(units);
  });
});

describe("an `in` rule holds", () => {
  const policy = aPolicy({ rules: coolRules() });

  it.each([
    ["while its metric is not low", { metrics: [metricOf([45, 45])] }, 8],
    ["until it has been low for long enough", { metrics: [metricOf([45, 10])] }, 8],
    ["not when it has", { metrics: [metricOf([10, 10])] }, null],
  ])("%s", (_case, parts, units) => {
    expect(heldBy("rule", parts, policy)).toBe(units);
  });

  it("while any of several does not permit", () => {
    const two = aPolicy({
      rules: [...coolRules(), aRule({ scale: "in", comparison: "below", metric: "memoryUtilization" })],
    });
    const metrics = [metricOf([10, 10]), metricOf([90, 90], { metric: "memoryUtilization" })];
    expect(heldBy("rule", { metrics }, two)).toBe(8);
  });

  it("says what it waits for", () => {
    const hold = holdBy(decide({ metrics: [metricOf([45, 10])] }, policy), "rule");
    expect(hold?.reason).toBe("gpuUtilization average 10 below 30 in 1 of 2 min, 2 are required");
  });
});

describe("stabilization holds", () => {
  const recommended = (units: number, secondsAgo: number): Memory => ({
    ...EMPTY_MEMORY,
    recommendations: [{ at: NOW - secondsAgo, units }],
  });

  it.each([
    ["at the largest recommendation of the window", recommended(5, minutes(9)), 5],
    ["not at one that left the window", recommended(5, minutes(10)), null],
    ["at no more than there is", recommended(30, 60), 8],
    ["not at one that is no larger than what is needed", recommended(2, 60), null],
    ["at one from the future, after the clock stepped back", recommended(5, -minutes(600)), 5],
  ])("%s", (_case, memory, units) => {
    expect(heldBy("stabilization", {}, aPolicy(), memory)).toBe(units);
  });

  it.each([
    ["for its own time with a forecast", minutes(4), 5],
    ["and no longer", minutes(5), null],
  ])("%s", (_case, secondsAgo, units) => {
    const policy = aPolicy(
      scaleInOf({ stabilizationSeconds: minutes(5), reactiveStabilizationSeconds: 900 }),
    );
    expect(heldBy("stabilization", {}, policy, recommended(5, secondsAgo))).toBe(units);
  });

  it.each([
    ["for the reactive time without one", minutes(5), minutes(15), minutes(14), 5],
    ["and no longer", minutes(5), minutes(15), minutes(15), null],
    ["for its own time where that is longer", minutes(15), minutes(5), minutes(14), 5],
  ])("%s", (_case, stabilizationSeconds, reactiveStabilizationSeconds, secondsAgo, units) => {
    const policy = aPolicy(scaleInOf({ stabilizationSeconds, reactiveStabilizationSeconds }));
    const memory = recommended(5, secondsAgo);
    expect(heldBy("stabilization", { forecast: NO_FORECAST }, policy, memory)).toBe(units);
  });

  it.each([
    ["for the reactive time while a promotion is on, of whose load a forecast says nothing", 0, 5],
    ["not after it", -minutes(60), null],
    ["not before it", minutes(600), null],
  ])("%s", (_case, startsIn, units) => {
    const policy = aPolicy(scaleInOf({ stabilizationSeconds: 60, reactiveStabilizationSeconds: 900 }));
    const promotion = aPromotion({
      start: NOW + startsIn,
      end: NOW + startsIn + minutes(60),
      expect: { units: 1 },
    });
    const memory = recommended(5, minutes(10));
    expect(heldBy("stabilization", { promotions: [promotion] }, policy, memory)).toBe(units);
  });

  it("keeps for the reactive time what was recommended: the forecast may be lost", () => {
    const policy = aPolicy(scaleInOf({ stabilizationSeconds: 60, reactiveStabilizationSeconds: 900 }));
    const before = recommended(5, minutes(10));
    const { memory } = decide({}, policy, before);
    expect(memory.recommendations).toContainEqual({ at: NOW - minutes(10), units: 5 });
  });

  it("counts what was recommended, not what holds made of it", () => {
    const frozen = { overrides: [anOverride({ kind: "freeze-scale-in" })] };
    const { memory } = decide(frozen);
    expect(heldBy("stabilization", {}, aPolicy(), memory)).toBeNull();
  });
});

describe("the cooldown holds", () => {
  const policy = aPolicy(scaleInOf({ cooldownSeconds: minutes(5) }));
  const lowered = (secondsAgo: number): Memory => ({ ...EMPTY_MEMORY, lastInAt: NOW - secondsAgo });

  it.each([
    ["after a scale-in", policy, lowered(minutes(1)), 8],
    ["not when it is over", policy, lowered(minutes(5)), null],
    ["not where none is set", aPolicy(), lowered(1), null],
    ["not when none was ever made", policy, EMPTY_MEMORY, null],
    ["not after a scale-out", policy, { ...EMPTY_MEMORY, lastOutAt: NOW }, null],
  ])("%s", (_case, shown, memory, units) => {
    expect(heldBy("cooldown", {}, shown, memory)).toBe(units);
  });
});

describe("a promotion in sight holds", () => {
  const { paybackSeconds } = aPolicy().scaleIn;
  const sight = 2 * (LEAD_SECONDS + REVIEW_SECONDS) + paybackSeconds;
  const starting = (inSeconds: number, units: number, id = "p") =>
    aPromotion({ id, start: NOW + inSeconds, end: NOW + inSeconds + minutes(60), expect: { units } });
  const holding = (...promotions: Situation["promotions"]) => heldBy("promotion in sight", { promotions });

  it("what it will want, from two lead times before it must be asked for", () => {
    expect(holding(starting(sight, 6))).toBe(6);
    expect(holding(starting(sight + 1, 6))).toBeNull();
  });

  it("no more than it will want, and no more than there is", () => {
    expect(holding(starting(sight, 3))).toBe(3);
    expect(holding(starting(sight, 50))).toBe(8);
    expect(holding(starting(sight, 1))).toBeNull();
  });

  it("the largest of several", () => {
    expect(holding(starting(sight, 3, "a"), starting(sight - 60, 5, "b"), starting(sight - 30, 4, "c"))).toBe(
      5,
    );
  });

  it("no more when it has begun, since then it is a need", () => {
    const decision = decide({ promotions: [starting(0, 6)] });
    expect(decision).toMatchObject({ desired: 6, holds: [] });
  });
});

describe("the risk of a lock holds", () => {
  const rampIn = (inMinutes: number) => ({
    forecast: forecastOf(stepAt(NOW + minutes(inMinutes), 200, 600)),
  });

  it.each([
    ["what a ramp wants while a scale-in would still lock the endpoint", aLockingPolicy(), rampIn(10), 6],
    ["not what is wanted after that", aLockingPolicy(), rampIn(15), null],
    ["nothing where nothing locks", aPolicy(), rampIn(10), null],
  ])("%s", (_case, policy, parts, units) => {
    expect(heldBy("lock risk", parts, policy)).toBe(units);
  });
});

describe("the return cost holds", () => {
  const { paybackSeconds } = aPolicy().scaleIn;
  const reach = LEAD_SECONDS + 2 * REVIEW_SECONDS + paybackSeconds;
  const lastSlotInReach = floorTo(reach, FORECAST_SLOT_SECONDS);
  const rampIn = (inSeconds: number) => ({ forecast: forecastOf(stepAt(NOW + inSeconds, 200, 600)) });

  it.each([
    ["what the forecast wants back before it has paid off", rampIn(lastSlotInReach), 6],
    ["not what it wants later", rampIn(lastSlotInReach + FORECAST_SLOT_SECONDS), null],
    ["not without a forecast", { forecast: { kind: "missing" as const, why: "none" } }, null],
  ])("%s", (_case, parts, units) => {
    expect(heldBy("return cost", parts)).toBe(units);
  });

  it("asks as the later decision will: at the policy's own quantile", () => {
    const near = LEAD_SECONDS + REVIEW_SECONDS;
    const unsureLater = { ...NO_ERRORS, horizonsSeconds: [near, reach], quantiles: [EXACT, UNSURE] };
    const forecast = forecastOf(100, { errors: unsureLater });
    expect(heldBy("return cost", { load: loadOf(100), forecast })).toBe(4);
  });
});

/** Errors at the middle and at the upper level: (10 + 10)² is four units. */
const EXACT = [0, 0];
const UNSURE = [0, 10];

describe("several holds", () => {
  it("are all recorded, the most serious first, and the largest counts", () => {
    const decision = decide(
      {
        load: loadOf([200, null, 200]),
        overrides: [anOverride({ kind: "freeze-scale-in" })],
        promotions: [aPromotion({ start: NOW + minutes(10), expect: { units: 5 } })],
      },
      aPolicy(scaleInOf({ cooldownSeconds: minutes(5) })),
      { ...EMPTY_MEMORY, lastInAt: NOW - 60, recommendations: [{ at: NOW - 60, units: 4 }] },
    );
    expect(decision.desired).toBe(8);
    expect(decision.holds.map(({ by, units }) => [by, units])).toEqual([
      ["missing data", 8],
      ["freeze", 8],
      ["stabilization", 4],
      ["cooldown", 8],
      ["promotion in sight", 5],
    ]);
  });
});
