/** What a promotion is expected to bring, as a load and as words. */
import { upliftAt, upliftedLoad } from "../forecast/uplift.ts";
import type { Expectation, LearnedUplift } from "../promotion.ts";
import { sayNumber, sayUnits } from "./say.ts";

/** The usual load in the middle, and what it stays under at a level. */
export interface UsualLoad {
  readonly middle: number;
  readonly atLevel: number;
}

/**
 * The load that a multiple of the usual load comes to at a level. A person's multiple is taken at its word; a learned one
 * brings its own uncertainty; where nobody knows, it is the usual load, which readings raise as they do at any time.
 */
export function multipliedLoad(
  expect: Extract<Expectation, { multiplier: number } | { learned: unknown }>,
  usual: UsualLoad,
  level: number,
): number {
  if ("multiplier" in expect) return usual.atLevel * expect.multiplier;
  if (expect.learned === null) return usual.atLevel;
  return upliftedLoad(usual.middle, usual.atLevel, expect.learned, level);
}

/** `×3 of the usual load`, `×2.4 (learned from 2 earlier ones: ×2.1 to ×2.8)`. */
export function sayExpectation(expect: Expectation): string {
  if ("units" in expect) return sayUnits(expect.units);
  if ("load" in expect) return `a load of ${sayNumber(expect.load)}`;
  if ("multiplier" in expect) return `×${expect.multiplier} of the usual load`;
  return expect.learned === null
    ? "the usual load, since nobody gave an estimate and no earlier one of its name is known"
    : sayLearned(expect.learned);
}

function sayLearned({ multiplier, occurrences, lowest, highest }: LearnedUplift): string {
  const times = (value: number): string => `×${sayNumber(Number(value.toPrecision(2)))}`;
  const from =
    occurrences === 1
      ? "1 earlier one"
      : `${occurrences} earlier ones: ${times(lowest)} to ${times(highest)}`;
  return `${times(multiplier)} (learned from ${from})`;
}

/** `at most ×3.1 with 95 %`, for who is offered a learned estimate. */
export function sayUncertainty(learned: LearnedUplift, level: number): string {
  return `at most ×${sayNumber(Number(upliftAt(learned, level).toPrecision(2)))} with ${Math.round(100 * level)} %`;
}
