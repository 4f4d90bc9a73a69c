/** What is not known never lowers capacity: properties over arbitrary losses of readings. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { RECENT_MINUTES } from "../../../lib/core/decide/demand.ts";
import { stabilizationSecondsOf } from "../../../lib/core/decide/stabilization.ts";
import type { Decision, Situation } from "../../../lib/core/decision.ts";
import { HOUR_MINUTES } from "../../../lib/core/forecast/conditional/moment.ts";
import type { TargetPolicy } from "../../../lib/core/policy.ts";
import { type Series, sane } from "../../../lib/core/reading.ts";
import { MINUTE_SECONDS } from "../../../lib/core/time.ts";
import { decideIn, limitedBy, type World, worlds } from "./arbitraries.ts";

const RUNS = { numRuns: 3_000 };

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

  /** Minutes ago of the highest and of the lowest load that the level and its trend are made from, -1 for none. */
  function extremesOf({ load, promotions }: Situation): readonly number[] {
    const compared = (load?.values ?? []).map((value, i, all) => {
      const minutesAgo = all.length - 1 - i;
      const start = (load?.end ?? 0) - (minutesAgo + 1) * MINUTE_SECONDS;
      const masked = promotions.some((each) => each.start <= start && start < each.end);
      return { minutesAgo, value: masked ? null : sane(value) };
    });
    const known = compared.filter(({ value }) => value !== null);
    const values = known.map(({ value }) => value ?? 0);
    return [Math.max(...values), Math.min(...values)].map(
      (extreme) => known.find(({ value }) => value === extreme)?.minutesAgo ?? -1,
    );
  }

  const windowMinutes = ({ scaleIn }: TargetPolicy): number =>
    Math.max(
      RECENT_MINUTES,
      Math.min(HOUR_MINUTES, Math.ceil(stabilizationSecondsOf(scaleIn, false) / MINUTE_SECONDS)),
    );

  const losses = fc.oneof(
    fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
    fc
      .uniqueArray(fc.nat(59), { maxLength: 3 })
      .map((few) => Array.from({ length: 60 }, (_, i) => few.includes(i))),
    fc.integer({ min: 0, max: 60 }).map((count) => Array.from({ length: 60 }, (_, i) => i >= 60 - count)),
  );

  /**
   * A lost minute older than the stabilization window may not be the highest or the lowest of the hour: how high or low it
   * was, nobody could know, and one lost minute should not hold a target up for an hour.
   */
  function losing(
    { policy, situation, memory }: World,
    lost: readonly boolean[][],
    as: number | null,
  ): World {
    const extremes = extremesOf(situation);
    const isLost = (minutesAgo: number): boolean =>
      (lost[0]?.[minutesAgo] ?? false) &&
      (!extremes.includes(minutesAgo) || minutesAgo < windowMinutes(policy));
    const load = situation.load === null ? null : without(situation.load, isLost, as);
    const metrics = situation.metrics.map((each, i) =>
      without(each, (ago) => lost[i + 1]?.[ago] ?? false, as),
    );
    return { policy, situation: { ...situation, load, metrics }, memory };
  }
  const fourLosses = fc.array(losses, { minLength: 4, maxLength: 4 });

  const isGated = ({ memory }: Decision): boolean => memory.gate?.state === "bad";

  it("never lowers: losing readings leaves at least what there is, or what they would have said, unless they would have cost the forecast its trust", () => {
    fc.assert(
      fc.property(busy, fourLosses, fc.constantFrom(null, Number.NaN, -1), (world, lost, as) => {
        const full = decideIn(world);
        const less = decideIn(losing(world, lost, as));
        if (isGated(full) && !isGated(less)) return;
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
