/** What holds for every decision, whatever was observed and remembered. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { reachOf } from "../../../lib/core/decide/context.ts";
import { decide } from "../../../lib/core/decide/decide.ts";
import type { Bound, Decision, Situation } from "../../../lib/core/decision.ts";
import { LEVEL_WINDOW_SECONDS } from "../../../lib/core/forecast/level.ts";
import { LEAD_TIMES_KEPT } from "../../../lib/core/leadTime.ts";
import { EMPTY_MEMORY } from "../../../lib/core/memory.ts";
import type { TargetPolicy } from "../../../lib/core/policy.ts";
import { overridesInForce, type Promotion } from "../../../lib/core/promotion.ts";
import { type Series, sane } from "../../../lib/core/reading.ts";
import { MINUTE_SECONDS } from "../../../lib/core/time.ts";
import { aPolicy, aSituation, loadOf, NOW } from "../arrange.ts";
import { memoriesAt, policies, situationsAt, type World, worlds } from "./arbitraries.ts";

const RUNS = { numRuns: 3_000 };

const decideIn = ({ policy, situation, memory }: World): Decision => decide(policy, situation, memory);
const limitedBy = ({ bounds }: Decision, ...kinds: readonly Bound["by"][]): boolean =>
  bounds.some(({ by }) => kinds.includes(by));

describe("a floor", () => {
  /** Units that promotions on at this moment name, of the highest priority among them. */
  function promisedUnits({ promotions, now }: Situation): number {
    const on = promotions.filter(({ start, end }) => start <= now && now < end);
    const highest = Math.max(...on.map(({ priority }) => priority));
    const units = ({ expect: expected }: Promotion): number => ("units" in expected ? expected.units : 0);
    return Math.max(0, ...on.filter(({ priority }) => priority === highest).map(units));
  }

  it("is never undercut unless a maximum, a pin or a pause says so", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const decision = decideIn(world);
        if (limitedBy(decision, "maximum", "pin", "pause")) return;
        expect(decision.desired).toBeGreaterThanOrEqual(world.policy.capacity.min);
        expect(decision.desired).toBeGreaterThanOrEqual(promisedUnits(world.situation));
      }),
      RUNS,
    );
  });

  it("of a person, the pin, is exactly what is decided, inside the target's limits and unless paused", () => {
    fc.assert(
      fc.property(worlds, fc.nat(30), (world, units) => {
        const pin = {
          id: "pin",
          target: "chat",
          kind: "pin" as const,
          units,
          until: null,
          reason: "ops: test",
        };
        const others = world.situation.overrides.filter(({ kind }) => kind === "freeze-scale-in");
        const { desired } = decideIn({
          ...world,
          situation: { ...world.situation, overrides: [...others, pin] },
        });
        const { min, max } = world.policy.capacity;
        expect(desired).toBe(Math.min(max, Math.max(min, units)));
      }),
      RUNS,
    );
  });
});

describe("more load", () => {
  const raised = (situation: Situation, by: readonly number[]): Situation => {
    if (situation.load === null) return situation;
    const values = situation.load.values.map((value, i) => (value === null ? null : value + (by[i] ?? 0)));
    return { ...situation, load: { ...situation.load, values } };
  };
  const raises = fc.array(fc.oneof(fc.constant(0), fc.nat(1_000)), { minLength: 60, maxLength: 60 });

  it("never means fewer units", () => {
    fc.assert(
      fc.property(worlds, raises, (world, by) => {
        const before = decideIn(world);
        const after = decideIn({ ...world, situation: raised(world.situation, by) });
        expect(after.desired).toBeGreaterThanOrEqual(before.desired);
      }),
      RUNS,
    );
  });
});

describe("what is not known", () => {
  /** Never at rest, since a known rest is what explains that request metrics are missing. */
  const busy = worlds.map((world): World => {
    const { load } = world.situation;
    if (load === null) return world;
    const values = load.values.map((value) => (sane(value) === null ? value : (value ?? 0) + 1));
    return { ...world, situation: { ...world.situation, load: { ...load, values } } };
  });

  const without = (series: Series, isLost: (minutesAgo: number) => boolean, lost: number | null): Series => ({
    ...series,
    values: series.values.map((value, i) => (isLost(series.values.length - 1 - i) ? lost : value)),
  });

  /** Minutes ago of the highest load that the level is made from, or -1. */
  function peakOf({ load, promotions }: Situation): number {
    const compared = (load?.values ?? []).map((value, i, all) => {
      const minutesAgo = all.length - 1 - i;
      const start = (load?.end ?? 0) - (minutesAgo + 1) * MINUTE_SECONDS;
      const masked = promotions.some((each) => each.start <= start && start < each.end);
      return { minutesAgo, value: masked ? null : sane(value) };
    });
    const known = compared.filter(({ value }) => value !== null);
    const highest = Math.max(...known.map(({ value }) => value ?? 0));
    return known.find(({ value }) => value === highest)?.minutesAgo ?? -1;
  }

  const windowMinutes = ({ scaleIn }: TargetPolicy): number =>
    Math.max(1, Math.ceil(Math.min(scaleIn.stabilizationSeconds, LEVEL_WINDOW_SECONDS) / MINUTE_SECONDS));

  const losses = fc.oneof(
    fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
    fc
      .uniqueArray(fc.nat(59), { maxLength: 3 })
      .map((few) => Array.from({ length: 60 }, (_, i) => few.includes(i))),
    fc.integer({ min: 0, max: 60 }).map((count) => Array.from({ length: 60 }, (_, i) => i >= 60 - count)),
  );

  /**
   * A lost minute older than the stabilization window may not be the highest of the hour: how high it was, nobody
   * could know, and one lost minute should not hold a target up for an hour.
   */
  function losing(
    { policy, situation, memory }: World,
    lost: readonly boolean[][],
    as: number | null,
  ): World {
    const peak = peakOf(situation);
    const isLost = (minutesAgo: number): boolean =>
      (lost[0]?.[minutesAgo] ?? false) && (minutesAgo !== peak || minutesAgo < windowMinutes(policy));
    const load = situation.load === null ? null : without(situation.load, isLost, as);
    const metrics = situation.metrics.map((each, i) =>
      without(each, (ago) => lost[i + 1]?.[ago] ?? false, as),
    );
    return { policy, situation: { ...situation, load, metrics }, memory };
  }
  const fourLosses = fc.array(losses, { minLength: 4, maxLength: 4 });

  it("never lowers: losing readings leaves at least what there is, or what they would have said", () => {
    fc.assert(
      fc.property(busy, fourLosses, fc.constantFrom(null, Number.NaN, -1), (world, lost, as) => {
        const full = decideIn(world);
        const less = decideIn(losing(world, lost, as));
        expect(less.desired).toBeGreaterThanOrEqual(Math.min(full.from, full.desired));
      }),
      { numRuns: 10_000 },
    );
  });

  it("never lowers at all where it is a minute of load in the stabilization window", () => {
    fc.assert(
      fc.property(worlds, fc.nat(), fourLosses, (world, at, lost) => {
        const { load } = world.situation;
        if (load === null || load.values.length === 0) return;
        const minute = at % Math.min(windowMinutes(world.policy), load.values.length);
        const gap = without(load, (ago) => ago === minute || (lost[0]?.[ago] ?? false), null);
        const decision = decideIn({ ...world, situation: { ...world.situation, load: gap } });
        if (limitedBy(decision, "maximum", "pin")) return;
        expect(decision.desired).toBeGreaterThanOrEqual(decision.from);
      }),
      RUNS,
    );
  });

  it("never lowers where the readings are stale", () => {
    const late = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(worlds, late, fc.nat(3), (world, seconds, which) => {
        const { policy, situation } = world;
        const end = situation.now - policy.staleAfterSeconds - seconds;
        const isRead = (each: Series): boolean => policy.rules.some((rule) => rule.metric === each.metric);
        const stale = situation.metrics.filter(isRead)[which - 1];
        if (which === 0 ? situation.load === null : stale === undefined) return;
        const load = which === 0 && situation.load !== null ? { ...situation.load, end } : situation.load;
        const metrics = situation.metrics.map((each) => (each === stale ? { ...each, end } : each));
        const decision = decideIn({ ...world, situation: { ...situation, load, metrics } });
        if (limitedBy(decision, "maximum", "pin")) return;
        expect(decision.desired).toBeGreaterThanOrEqual(decision.from);
      }),
      RUNS,
    );
  });

  it("is the same however it is written: null, no number, or no measurement", () => {
    const nonsense = fc.constantFrom(Number.NaN, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    fc.assert(
      fc.property(worlds, fourLosses, nonsense, (world, lost, as) => {
        expect(decideIn(losing(world, lost, as))).toEqual(decideIn(losing(world, lost, null)));
      }),
      { numRuns: 500 },
    );
  });
});

it("the outcome lies between minimum and maximum unless it is paused", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const { desired, from, overrides } = decideIn(world);
      const { min, max } = world.policy.capacity;
      if (overrides.some(({ kind }) => kind === "pause")) return expect(desired).toBe(from);
      expect(desired).toBeGreaterThanOrEqual(min);
      expect(desired).toBeLessThanOrEqual(max);
    }),
    RUNS,
  );
});

describe("a record", () => {
  const frozen = <T>(value: T): T => {
    if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
    return value;
  };
  const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

  it("decided again gives the same, after being stored as well, and nothing that was given is changed", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const first = decideIn(frozen(world));
        expect(decideIn(world)).toEqual(first);
        const { situation, memory } = throughJson({ situation: world.situation, memory: world.memory });
        expect(decide(world.policy, situation, memory)).toEqual(first);
        expect(throughJson(first)).toEqual(first);
      }),
      { numRuns: 1_000 },
    );
  });

  it("explains every step from the largest need to the outcome", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { needs, holds, bounds, from, desired, reason } = decideIn(world);
        const largest = Math.max(...needs.map(({ units }) => units));
        const wanted = largest > from ? Math.max(...needs.map(({ whenActing }) => whenActing)) : largest;
        let units = wanted;
        for (const hold of holds) {
          expect(hold.units).toBeGreaterThan(wanted);
          expect(hold.units).toBeLessThanOrEqual(from);
          units = Math.max(units, hold.units);
        }
        for (const bound of bounds) {
          expect(bound.from).toBe(units);
          expect(bound.to).not.toBe(units);
          units = bound.to;
        }
        expect(units).toBe(desired);
        expect(needs.every(({ units: now, whenActing }) => whenActing >= now)).toBe(true);
        expect(reason).toMatch(/^(Keep|Scale out|Scale in|Raise the floor|Lower the floor)/);
        expect(reason).not.toMatch(/NaN|undefined|null|nothing asks/);
      }),
      RUNS,
    );
  });

  it("shows exactly the overrides in force", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { now, overrides } = world.situation;
        expect(decideIn(world).overrides).toEqual(overridesInForce(overrides, now));
      }),
      { numRuns: 300 },
    );
  });
});

it("a wake-up that comes twice decides the same twice and tells nobody twice", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const first = decideIn(world);
      const second = decide(world.policy, world.situation, first.memory);
      expect(second).toEqual({ ...first, notices: [] });
    }),
    RUNS,
  );
});

it("a decision looks no further ahead than is read for it", () => {
  /** A multiple of the usual load is roughly enough known before its time to be asked for comes. */
  const isSized = ({ expect: expected, start }: Promotion, now: number): boolean =>
    start <= now || !("multiplier" in expected);
  fc.assert(
    fc.property(worlds, ({ policy, situation, memory }) => {
      const { forecast, now } = situation;
      if (forecast.kind === "missing") return;
      const read = Math.floor((now + reachOf(policy, memory) - forecast.start) / forecast.slotSeconds) + 1;
      const cut = {
        ...forecast,
        median: forecast.median.slice(0, read),
        scale: forecast.scale.slice(0, read),
      };
      const known = { ...situation, promotions: situation.promotions.filter((each) => isSized(each, now)) };
      expect(decide(policy, { ...known, forecast: cut }, memory)).toEqual(decide(policy, known, memory));
    }),
    RUNS,
  );
});

it("the memory stays small over ten thousand steps of any length, backwards too", () => {
  const steps = fc.array(
    fc.record({
      seconds: fc.integer({ min: -600, max: 900 }),
      load: fc.nat(5_000),
      desired: fc.nat(20),
      ready: fc.nat(20),
    }),
    { minLength: 10_000, maxLength: 10_000, size: "max" },
  );
  fc.assert(
    fc.property(policies, steps, (policy, all) => {
      let memory = EMPTY_MEMORY;
      let now = NOW;
      let largest = 0;
      for (const { seconds, load, desired, ready } of all) {
        now += seconds;
        const { capacity, ...situation } = aSituation({ now, load: loadOf([load], now) });
        ({ memory } = decide(policy, { ...situation, capacity: { ...capacity, desired, ready } }, memory));
        largest = Math.max(largest, JSON.stringify(memory).length);
      }
      expect(memory.leadTimesSeconds.length).toBeLessThanOrEqual(LEAD_TIMES_KEPT);
      expect(largest).toBeLessThan(4_000);
    }),
    { numRuns: 2 },
  );
});

describe("a hostile situation", () => {
  const extreme = fc.constantFrom(
    0,
    1e-300,
    0.5,
    1,
    1e9,
    1e300,
    Number.MAX_VALUE,
    Number.POSITIVE_INFINITY,
    Number.NaN,
    -1,
  );
  const few = fc.array(extreme, { maxLength: 5 });
  const view = fc.record({
    kind: fc.constant("known" as const),
    model: fc.constant("another"),
    madeAt: fc.constant(NOW),
    slotSeconds: fc.constantFrom(300, 60),
    start: fc.integer({ min: NOW - 7_200, max: NOW + 7_200 }),
    median: few,
    scale: few,
    errors: fc.record({
      horizonsSeconds: fc.constantFrom([], [300], [300, 600]),
      levels: fc.constantFrom([], [0.5], [0.5, 0.9]),
      correction: few,
      quantiles: fc.array(few, { maxLength: 3 }),
    }),
  });

  it("never throws, and comes to a whole number of units", () => {
    const hostile = fc.record({
      policy: policies,
      perUnit: fc.constantFrom(1e-300, 1e-9, 1, 1e300),
      situation: situationsAt(NOW),
      values: few,
      forecast: view,
      memory: memoriesAt(NOW),
    });
    fc.assert(
      fc.property(hostile, ({ policy, perUnit, situation, values, forecast, memory }) => {
        const load = { metric: "invocations", statistic: "sum", perUnit } as const;
        const metrics = situation.metrics.map((each) => ({ ...each, values }));
        const observed = { ...situation, forecast, metrics, load: { ...loadOf(1), values } };
        const { desired, memory: next } = decide({ ...policy, load }, observed, memory);
        expect(Number.isSafeInteger(desired)).toBe(true);
        expect(desired).toBeGreaterThanOrEqual(0);
        expect(JSON.parse(JSON.stringify(next))).toEqual(next);
      }),
      RUNS,
    );
  });

  it("survives times that fall, from one wake-up to the next", () => {
    const steps = fc.array(fc.record({ back: fc.nat(100_000), desired: fc.nat(9), ready: fc.nat(9) }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(policies, steps, (policy, all) => {
        let memory = EMPTY_MEMORY;
        let now = NOW;
        for (const { back, desired, ready } of all) {
          now -= back;
          const situation = aSituation({ now });
          const capacity = { ...situation.capacity, desired, ready };
          const decision = decide(policy, { ...situation, capacity }, memory);
          expect(Number.isSafeInteger(decision.desired)).toBe(true);
          ({ memory } = decision);
          const times = [
            memory.readySince,
            memory.lastOutAt,
            memory.lastInAt,
            memory.starting?.at,
            memory.seen?.at,
          ];
          expect(Math.max(...times.map((at) => at ?? 0))).toBeLessThanOrEqual(now);
          expect(memory.leadTimesSeconds.every((seconds) => seconds > 0)).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

it("these properties see scale-outs, scale-ins, holds and bounds of every kind", () => {
  const seen = new Set<string>();
  const note = (decision: Decision): void => {
    seen.add(decision.desired > decision.from ? "out" : decision.desired < decision.from ? "in" : "keep");
    for (const { by } of [...decision.needs, ...decision.holds, ...decision.bounds]) seen.add(by);
  };
  fc.assert(
    fc.property(worlds, (world) => note(decideIn(world))),
    { numRuns: 5_000, seed: 1 },
  );
  const needs = ["demand", "rule", "promotion", "minimum", "as is"];
  const holds = [
    "missing data",
    "stabilization",
    "cooldown",
    "error guard",
    "return cost",
    "promotion in sight",
    "lock risk",
    "freeze",
  ];
  const bounds = ["pin", "pause", "scale-out cooldown", "step out", "step in", "minimum", "maximum"];
  expect([...seen]).toEqual(expect.arrayContaining(["out", "in", "keep", ...needs, ...holds, ...bounds]));
  expect(aPolicy().rules).toEqual([]);
});
