/** What holds for every decision, whatever was observed and remembered. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { reachOf } from "../../../lib/core/decide/context.ts";
import { decide } from "../../../lib/core/decide/decide.ts";
import type { Decision, Situation } from "../../../lib/core/decision.ts";
import { TREND_TERMS } from "../../../lib/core/forecast/conditional/moment.ts";
import { RESPONSE_TERMS } from "../../../lib/core/forecast/conditional/terms.ts";
import type { ErrorTable } from "../../../lib/core/forecast/forecast.ts";
import type { Promotion } from "../../../lib/core/promotion.ts";
import { sane } from "../../../lib/core/reading.ts";
import { decideIn, limitedBy, type World, worlds } from "./arbitraries.ts";

const RUNS = { numRuns: 3_000 };

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
    const values = situation.load.values.map((value, i) => (sane(value) ?? Number.NaN) + (by[i] ?? 0));
    return { ...situation, load: { ...situation.load, values } };
  };
  const raises = fc.array(fc.oneof(fc.constant(0), fc.nat(1_000)), { minLength: 60, maxLength: 60 });

  const UNREST_TERM = 1;
  const FIRST_TREND_TERM = RESPONSE_TERMS - TREND_TERMS;
  const withErrors = (world: World, change: (errors: ErrorTable) => Partial<ErrorTable>): World => {
    const { forecast } = world.situation;
    if (forecast.kind === "missing") return world;
    const errors = { ...forecast.errors, ...change(forecast.errors) };
    return { ...world, situation: { ...world.situation, forecast: { ...forecast, errors } } };
  };
  /** An hour that swings less is a surer one, and a quiet minute that was less quiet makes it swing less. */
  const calm = worlds.map((world) =>
    withErrors(world, ({ spread }) => ({
      spread: spread.map((row) => row.map((weight, term) => (term === UNREST_TERM ? 0 : weight))),
    })),
  );
  /** A load that has come down from more is expected to go on down, where the trend of minutes counts. */
  const steady = calm.map((world) =>
    withErrors(world, ({ response }) => ({
      response: response.map((row) => row.map((weight, term) => (term < FIRST_TREND_TERM ? weight : 0))),
    })),
  );
  const isGated = ({ memory }: Decision): boolean => memory.gate?.state === "bad";

  const neverMeansFewer = (all: fc.Arbitrary<World>, raises: fc.Arbitrary<number[]>): void => {
    fc.assert(
      fc.property(all, raises, (world, by) => {
        const before = decideIn(world);
        const after = decideIn({ ...world, situation: raised(world.situation, by) });
        if (isGated(after) && !isGated(before)) return;
        expect(after.desired).toBeGreaterThanOrEqual(before.desired);
      }),
      RUNS,
    );
  };

  it("never means fewer units, as far as it leaves the forecast believed, the hour as unquiet, and the trend out", () => {
    neverMeansFewer(steady, raises);
  });

  it("never means fewer units with the trend, where it came in the last two minutes and the hour is known", () => {
    const known = calm.map((world): World => {
      const { load } = world.situation;
      if (load === null) return world;
      const values = load.values.map((value) => sane(value) ?? 0);
      return { ...world, situation: { ...world.situation, load: { ...load, values } } };
    });
    const newest = fc
      .tuple(fc.nat(1_000), fc.nat(1_000))
      .map((last) => [...new Array<number>(58).fill(0), ...last]);
    neverMeansFewer(known, newest);
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
    start <= now || !("multiplier" in expected || "learned" in expected);
  fc.assert(
    fc.property(worlds, ({ policy, situation, memory }) => {
      const { forecast, now } = situation;
      if (forecast.kind === "missing") return;
      const read =
        Math.floor(
          (now + reachOf(policy, memory, situation.capacity, now) - forecast.start) / forecast.slotSeconds,
        ) + 1;
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
});
