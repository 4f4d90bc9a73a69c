/** How long starts take, from asking to serving: one distribution for each target, learned from what was measured. */
import { conformalQuantile, median } from "../quantile.ts";
import type { EpochSeconds } from "../time.ts";
import { type Belief, beliefIn, type StatedLeadTime, statedQuantile } from "./belief.ts";
import { hourOf, type MeasuredStart } from "./measuredStart.ts";
import { SIZE_CLASSES, sizeClassOf, sizeFactor, slicesOf } from "./slices.ts";

/** The newest starts make the distribution: older ones say little of today's image and today's stock of instances. */
const NEWEST = 24;

/** So many replace the policy's word altogether; with fewer it keeps its part. */
const ENOUGH_MEASUREMENTS = 12;

/** A start of more than this many times the worst that is believed was stuck, not slow: it is counted as this. */
const STUCK_OVER_WORST = 2;

export interface LeadTimes {
  readonly stated: StatedLeadTime;
  readonly belief: Belief;
  /** The newest starts, ascending. */
  readonly ascending: Float64Array;
  /** The same as if all had been of the usual size: each over the factor of its own. */
  readonly ascendingOfUsualSize: Float64Array;
  /** Of them, the middle number of units; null where no size is known. */
  readonly typicalUnits: number | null;
  readonly bySize: readonly (number | null)[];
  /** Of starts about this hour, as against all. */
  readonly hourFactor: number;
  /** The start under way has taken this long. */
  readonly underWaySeconds: number;
  readonly stuckSeconds: number;
}

export interface Learned {
  readonly starts: readonly MeasuredStart[];
  /** When the start under way began; null where there is none. */
  readonly underWaySince: EpochSeconds | null;
}

/** The lead times of starts that are asked for at `at`, as far as they are known. */
export function learnLeadTimes(
  stated: StatedLeadTime,
  { starts, underWaySince }: Learned,
  at: EpochSeconds,
): LeadTimes {
  const underWaySeconds = underWaySince === null ? 0 : Math.max(0, at - underWaySince);
  return { ...measuredBy(stated, starts ?? [], hourOf(at)), underWaySeconds };
}

type Measured = Omit<LeadTimes, "underWaySeconds">;

/**
 * What was learned last from the same starts: they change a few times a day and are asked about every minute, in replays
 * from the same array.
 */
const learnedLast = new WeakMap<
  readonly MeasuredStart[],
  { readonly hour: number; readonly measured: Measured }
>();

function measuredBy(stated: StatedLeadTime, starts: readonly MeasuredStart[], hour: number): Measured {
  const last = learnedLast.get(starts);
  if (last !== undefined && last.hour === hour && isSame(last.measured.stated, stated)) return last.measured;
  const measured = measuredAnew(stated, starts, hour);
  learnedLast.set(starts, { hour, measured });
  return measured;
}

function measuredAnew(stated: StatedLeadTime, starts: readonly MeasuredStart[], hour: number): Measured {
  const telling = starts.filter(({ seconds, atLeast }) => !atLeast || seconds > stated.expectedSeconds);
  const newest = telling.slice(-NEWEST);
  const seconds = newest.map((start) => start.seconds);
  const belief = beliefIn(stated, seconds);
  const stuckSeconds = STUCK_OVER_WORST * stated.worstSeconds * Math.max(1, believedFactor(belief));
  const sizes = newest.flatMap(({ units }) => (units === null ? [] : [units]));
  const { bySize, ofHour } = slicesOf(telling, hour);
  const capped = (each: number): number => Math.min(each, stuckSeconds);
  const ascending = sorted(seconds.map(capped));
  return {
    stated,
    belief,
    ascending,
    ascendingOfUsualSize: bySize.every((factor) => (factor ?? 1) === 1)
      ? ascending
      : sorted(newest.map((start) => capped(start.seconds) / sizeFactor({ bySize }, start.units))),
    typicalUnits: sizes.length === 0 ? null : median(sizes),
    bySize,
    hourFactor: ofHour,
    stuckSeconds,
  };
}

const isSame = (a: StatedLeadTime, b: StatedLeadTime): boolean =>
  a.expectedSeconds === b.expectedSeconds && a.worstSeconds === b.worstSeconds;

export interface LeadTimeQuestion {
  /** Probability of being ready within the answer, 0 to 1. */
  readonly level: number;
  /** Units that are to be started; left out where that is not known, which asks for starts in general. */
  readonly units?: number;
}

/**
 * The lead time that a start stays under with probability `level`, in whole seconds. It rises with the level and with
 * the units. With n of the newest 24 measured and `right` the belief in the policy (`belief.ts`):
 *
 *     word      = stated quantile × (right + (1 − right) × factor)
 *     quantile  = (1 − n ÷ 12) × word + (n ÷ 12) × conformal quantile of the measured      (n at most 12)
 *
 * so that a wrong policy is moved to where the measurements are after a few, and its shape is replaced after twelve.
 *
 * More units take longer, since the last of them ends the start: where the lead times of n units are independent, all
 * are ready by t with probability F(t)^n. A class of size that was measured has its own factor (`slices.ts`), on
 * starts without theirs. One that was not, and is larger than the typical m units, is asked for at level^(m ÷ n), by
 * that rule; smaller ones are left as they are, since units of one start may well come together.
 *
 * A start under way that has already taken longer raises the answer to that.
 */
export function leadTimeQuantile(learned: LeadTimes, { level, units }: LeadTimeQuestion): number {
  const { underWaySeconds, stuckSeconds } = learned;
  let seconds = units === undefined ? generalQuantile(learned, level) : 0;
  const size = units === undefined ? -1 : sizeClassOf(units);
  for (let each = 0; each <= size; each++) seconds = Math.max(seconds, quantileOfSize(learned, level, each));
  return Math.round(Math.max(seconds * learned.hourFactor, Math.min(underWaySeconds, stuckSeconds)));
}

/** The longest lead time at a level, whatever the size of the step: how far ahead anything looks. */
export function longestLeadTime(learned: LeadTimes, level: number): number {
  const largest = SIZE_CLASSES.at(-1) as number;
  return Math.max(leadTimeQuantile(learned, { level }), leadTimeQuantile(learned, { level, units: largest }));
}

function quantileOfSize(learned: LeadTimes, level: number, size: number): number {
  const factor = learned.bySize[size] ?? null;
  if (factor !== null) return factor * quantileOf(learned, learned.ascendingOfUsualSize, level);
  const over = (SIZE_CLASSES[size] as number) / (learned.typicalUnits ?? Number.POSITIVE_INFINITY);
  return generalQuantile(learned, over > 1 ? level ** (1 / over) : level);
}

function generalQuantile(learned: LeadTimes, level: number): number {
  return quantileOf(learned, learned.ascending, level);
}

function quantileOf({ stated, belief }: LeadTimes, ascending: Float64Array, level: number): number {
  const word = statedQuantile(stated, level) * believedFactor(belief);
  if (ascending.length === 0) return word;
  const weight = Math.min(1, ascending.length / ENOUGH_MEASUREMENTS);
  return weight * conformalQuantile(ascending, level) + (1 - weight) * word;
}

/** What the policy's lead times are to be multiplied with, as far as they are believed. */
function believedFactor({ right, factor }: Belief): number {
  return right + (1 - right) * factor;
}

const sorted = (seconds: readonly number[]): Float64Array => Float64Array.from(seconds).sort();
