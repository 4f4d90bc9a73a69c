/** Finds settings on the training part, with as many trials for every policy, and where its knob is worth looking at. */
import type { KnobOutcome, Settings, SettingValue } from "../../core/scoreResult.ts";
import { stream } from "../random.ts";
import { type AnyCandidate, defaultsOf, KNOB_RANGE } from "./candidate.ts";
import { costAt, type Outcome } from "./hull.ts";

/** Settings are compared at this share of violations. */
const TUNING_SHARE = 0.01;

/** Each choice of settings is tried at no fewer values of the knob. */
export const LEAST_KNOB_VALUES = 5;

export interface Trial {
  readonly settings: Settings;
  readonly knob: number;
}

/**
 * Exactly `trials` runs: the defaults and as many other settings as leave five values of the knob for each, drawn at random
 * from the choices; what is left over goes to more values of the knob.
 */
export function trialsOf(candidate: AnyCandidate, trials: number): readonly Trial[] {
  const most = Math.max(1, Math.floor(trials / LEAST_KNOB_VALUES));
  const chosen = settingsToTry(candidate, most);
  return chosen.flatMap((settings, i) => {
    const count = Math.floor((trials + i) / chosen.length);
    return knobValues(count, KNOB_RANGE.lowest, KNOB_RANGE.highest).map((knob) => ({ settings, knob }));
  });
}

/** One value after the other of the knob, with settings that are given. */
export function knobTrialsOf(settings: Settings): readonly Trial[] {
  const { lowest, highest } = KNOB_RANGE;
  return knobValues(LEAST_KNOB_VALUES, lowest, highest).map((knob) => ({ settings, knob }));
}

/** The defaults first; no two alike; all of them when there are no more than `most`. */
export function settingsToTry(candidate: AnyCandidate, most: number): readonly Settings[] {
  const names = Object.keys(candidate.settings);
  const all = names.reduce((count, name) => count * (candidate.settings[name]?.length ?? 1), 1);
  const draw = stream(1, `settings of ${candidate.name}`);
  const chosen = new Map<string, Settings>();
  const add = (settings: Settings): void => {
    chosen.set(JSON.stringify(settings), settings);
  };
  add(defaultsOf(candidate));
  while (chosen.size < Math.min(most, all)) {
    add(
      Object.fromEntries(
        Object.entries(candidate.settings).map(([name, choices]) => [
          name,
          choices[Math.floor(draw() * choices.length)] as SettingValue,
        ]),
      ),
    );
  }
  return [...chosen.values()];
}

/** `count` values from `lowest` to `highest`, each the same factor above the one before. */
export function knobValues(count: number, lowest: number, highest: number): readonly number[] {
  if (count <= 1) return [Math.sqrt(lowest * highest)].slice(0, count);
  const factor = (highest / lowest) ** (1 / (count - 1));
  return Array.from({ length: count }, (_, i) => Number((lowest * factor ** i).toPrecision(4)));
}

export interface Tried extends Trial, Outcome {}

/** The settings that were cheapest at one violation in a hundred; those nearest to it where none got there. */
export function bestSettings(tried: readonly Tried[]): Settings {
  const groups = [...Map.groupBy(tried, ({ settings }) => JSON.stringify(settings)).values()];
  const [best] = groups
    .map((group) => ({
      settings: (group[0] as Tried).settings,
      cost: costAt(group, TUNING_SHARE) ?? Number.POSITIVE_INFINITY,
      violations: Math.min(...group.map(({ violations }) => violations)),
    }))
    .toSorted((a, b) => (a.cost === b.cost ? a.violations - b.violations : a.cost - b.cost));
  if (best === undefined) throw new RangeError("tuning: got no trial, at least one is needed");
  return best.settings;
}

/** Shares of violations between which the scored part is looked at, with room for it being harder or easier. */
const FEWEST_VIOLATIONS = 0.0005;
const MOST_VIOLATIONS = 0.08;
const ROOM = 1.2;

/**
 * Values of the knob for the scored part, from what the training part showed of these settings: they span from where it
 * hardly violated to where it violated too much, so that the costs at the shares that matter lie between near neighbours.
 */
export function knobsToScore(tried: readonly Tried[], count: number): readonly number[] {
  const sorted = tried.toSorted((a, b) => a.knob - b.knob);
  const careful = sorted.findLast(({ violations }) => violations <= FEWEST_VIOLATIONS);
  const daring = sorted.find(({ violations }) => violations >= MOST_VIOLATIONS);
  const lowest = careful === undefined ? KNOB_RANGE.lowest : careful.knob / ROOM;
  const highest = daring === undefined ? KNOB_RANGE.highest : daring.knob * ROOM;
  return knobValues(
    count,
    Math.max(KNOB_RANGE.lowest, Math.min(lowest, highest / ROOM)),
    Math.min(KNOB_RANGE.highest, Math.max(highest, lowest * ROOM)),
  );
}

/** Neighbours nearer than this say nothing new of what lies between them. */
const NEAREST = 1.02;

/** A line through two runs may be far off: the next one is not put right beside either. */
const FURTHEST_ASIDE = 0.75;

/** Fewer violations than this count as this: their logarithm is needed. */
const COUNTED_VIOLATIONS = 1e-5;

/** Where no run is on one of the sides of a share, the next one is so many times further that way. */
const FURTHER = 2;

/**
 * The value of the knob to look at next, to know the cost at `share` violations better: between the two runs on either side of
 * it, where a line through both crosses it, on logarithmic scales; further out where all runs are on one side, so that a share
 * is not called out of reach before the knob's range has ended. Null where both runs are near, or there is no further.
 */
export function nextKnob(
  outcomes: readonly Pick<KnobOutcome, "knob" | "violations">[],
  share: number,
): number | null {
  const sorted = outcomes.toSorted((a, b) => a.knob - b.knob);
  const at = sorted.findLastIndex(({ violations }) => violations <= share);
  const [below, above] = [sorted[at], sorted[at + 1]];
  if (below === undefined || above === undefined) return knobBeyond(below, above);
  if (above.knob / below.knob < NEAREST) return null;
  const [low, high] = [below, above].map(({ violations }) =>
    Math.log(Math.max(COUNTED_VIOLATIONS, violations)),
  ) as [number, number];
  const line = (Math.log(share) - low) / (high - low);
  const aside = Math.min(FURTHEST_ASIDE, Math.max(1 - FURTHEST_ASIDE, line));
  return Number((below.knob * (above.knob / below.knob) ** aside).toPrecision(4));
}

type Run = Pick<KnobOutcome, "knob">;

/** More careful than `above`, the most careful of runs that all miss too much, or more daring than `below`. */
function knobBeyond(below: Run | undefined, above: Run | undefined): number | null {
  const { lowest, highest } = KNOB_RANGE;
  if (above !== undefined) return above.knob > lowest ? Math.max(lowest, above.knob / FURTHER) : null;
  if (below !== undefined) return below.knob < highest ? Math.min(highest, below.knob * FURTHER) : null;
  return null;
}
