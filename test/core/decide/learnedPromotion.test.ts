/** Promotions that nobody estimated: what was learned decides, with its uncertainty; where nothing was, nothing is made up. */
import { describe, expect, it } from "@jest/globals";
import { decide } from "../../../lib/core/decide/decide.ts";
import { multipliedLoad, sayExpectation, sayUncertainty } from "../../../lib/core/decide/expectation.ts";
import type { Situation } from "../../../lib/core/decision.ts";
import { upliftOf } from "../../../lib/core/forecast/uplift.ts";
import { EMPTY_MEMORY } from "../../../lib/core/memory.ts";
import type { Expectation, LearnedUplift } from "../../../lib/core/promotion.ts";
import {
  aPolicy,
  aPromotion,
  aSituation,
  capacityOf,
  forecastOf,
  LEAD_SECONDS,
  loadOf,
  minutes,
  NOW,
  repeat,
} from "../arrange.ts";
import { anOccurrence } from "../forecast/arrangePromotions.ts";

const learnedOf = (...multipliers: number[]): LearnedUplift =>
  upliftOf(multipliers.map((multiplier) => anOccurrence({ multiplier }))) as LearnedUplift;

const policy = aPolicy({ capacity: { min: 1, max: 100 } });
const on = (expectation: Expectation, parts: object = {}): Pick<Situation, "promotions"> => ({
  promotions: [
    aPromotion({
      name: "sale",
      start: NOW + LEAD_SECONDS,
      end: NOW + minutes(120),
      expect: expectation,
      ...parts,
    }),
  ],
});
const decided = (parts: Partial<Situation>) =>
  decide(policy, aSituation({ forecast: forecastOf(1000), load: loadOf(1000), ...parts }), EMPTY_MEMORY);

describe("a promotion that was learned", () => {
  it("is ready for what the next one may bring at the policy's level, and says what it was learned from", () => {
    const { desired, needs } = decided(on({ learned: learnedOf(2.1, 2.8) }));
    // The forecast has no error here, so that only the uplift's own spread counts: ×2.42 in the middle, ×3.55 at 95 %.
    expect(desired).toBe(36);
    expect(needs.find(({ by }) => by === "promotion")?.reason).toBe(
      "promotion sale (2025-11-11T08:05Z to 2025-11-11T10:00Z) expects ×2.4 (learned from 2 earlier ones: ×2.1 to ×2.8)",
    );
  });

  it("asks for less the more earlier ones agree", () => {
    const units = [1, 2, 4, 8].map(
      (count) => decided(on({ learned: learnedOf(...repeat(count, 2)) })).desired,
    );
    expect(units).toEqual(units.toSorted((a, b) => b - a));
    expect(units[0]).toBeGreaterThan(units[3] as number);
    expect(units[3]).toBeGreaterThan(20);
  });

  it("takes a person's estimate at its word", () => {
    expect(decided(on({ multiplier: 2 })).desired).toBe(20);
  });

  it("multiplies the recent peak before its start where there is no forecast", () => {
    const missing = { forecast: { kind: "missing", why: "none" } } as const;
    const { desired } = decided({ ...missing, ...on({ learned: learnedOf(2, 2) }) });
    expect(desired).toBeGreaterThan(2 * 15 - 1);
    expect(desired).toBeLessThan(2 * 1.35 * 15 + 1);
  });

  it("is no notice", () => {
    expect(decided(on({ learned: learnedOf(2) })).notices).toEqual([]);
  });
});

describe("a promotion that nobody knows anything of", () => {
  const unknown: Expectation = { learned: null };

  it("asks for the usual load, and says at once that an estimate is missing", () => {
    const { desired, notices } = decided(on(unknown));
    expect(desired).toBe(10);
    expect(notices).toEqual([
      {
        kind: "no estimate p1",
        text: "the promotion p1 from 2025-11-11T08:05Z has no estimate: it expects the usual load, since nobody gave an estimate and no earlier one of its name is known; announce it again with one",
      },
    ]);
  });

  it("is noticed once", () => {
    const first = decided(on(unknown));
    const again = decide(policy, aSituation({ forecast: forecastOf(1000), ...on(unknown) }), first.memory);
    expect(again.notices).toEqual([]);
  });

  it("follows its readings as on any day: never worse than not announced", () => {
    const surge = { capacity: capacityOf(10), load: loadOf([...repeat(30, 1000), ...repeat(30, 2500)]) };
    const begun = { start: NOW - minutes(30) };
    const announced = decided({ ...surge, ...on(unknown, begun) });
    const unannounced = decided({ ...surge, promotions: [] });
    expect(announced.desired).toBe(unannounced.desired);
    expect(announced.desired).toBeGreaterThanOrEqual(25);
  });
});

describe("multipliedLoad", () => {
  const usual = { middle: 100, atLevel: 130 };

  it.each<[string, Parameters<typeof multipliedLoad>[0], number]>([
    ["a person's multiple, of the usual load at its level", { multiplier: 2 }, 260],
    [
      "a learned one, both uncertainties as squares",
      { learned: { ...learnedOf(2), spread: Math.log(1.2) / 1.6449 } },
      275,
    ],
    ["the usual load where nothing is known", { learned: null }, 130],
  ])("is %s", (_case, expectation, load) => {
    expect(multipliedLoad(expectation, usual, 0.95)).toBeCloseTo(load, 0);
  });
});

it.each<[Expectation, string]>([
  [{ units: 1 }, "1 unit"],
  [{ load: 1200 }, "a load of 1 200"],
  [{ multiplier: 3 }, "×3 of the usual load"],
  [{ learned: learnedOf(2.123) }, "×2.1 (learned from 1 earlier one)"],
  [{ learned: learnedOf(2, 12.4) }, "×5 (learned from 2 earlier ones: ×2 to ×12)"],
  [
    { learned: null },
    "the usual load, since nobody gave an estimate and no earlier one of its name is known",
  ],
])("%j is said as %s", (expectation, said) => {
  expect(sayExpectation(expectation)).toBe(said);
});

it("says how uncertain a learned one is", () => {
  expect(sayUncertainty(learnedOf(2.5), 0.95)).toBe("at most ×3.8 with 95 %");
});
