/** How much longer starts of one size, or at one hour, take than starts in general: only where that was measured. */
import type { MeasuredStart } from "./measuredStart.ts";
import { medianOf, type Ranked, ranked, rankSums } from "./rankSum.ts";

/** Smallest number of units of each class of size: 1, 2 and 3, 4 to 7, 8 and more. */
export const SIZE_CLASSES: readonly number[] = [1, 2, 4, 8];

/** So many starts are needed inside a class, and outside it. */
const ENOUGH_OF_SIZE = 6;
const ENOUGH_OF_HOUR = 8;

/** Hours on either side that are alike. */
const LIKE_HOURS = 2;

/** A rank sum this far out comes by chance once in a hundred classes that do not differ. */
const DIFFERENT = 2.58;

const HOURS = 24;

export interface Slices {
  /** For each class of size the factor on the lead time; null where too few starts of it were measured. */
  readonly bySize: readonly (number | null)[];
  /** Of starts about that hour, as against all; 1 where that was not measured. */
  readonly ofHour: number;
}

export const NO_SLICES: Slices = { bySize: SIZE_CLASSES.map(() => null), ofHour: 1 };

/** Index into `SIZE_CLASSES`. */
export function sizeClassOf(units: number): number {
  return Math.max(
    0,
    SIZE_CLASSES.findLastIndex((smallest) => units >= smallest),
  );
}

/** The factor of starts of `units`; 1 where it is not known. */
export function sizeFactor({ bySize }: Pick<Slices, "bySize">, units: number | null): number {
  return units === null ? 1 : (bySize[sizeClassOf(units)] ?? 1);
}

/**
 * Factors by size, and for the hours within two of `hour`, on either side of midnight. A class counts when it has six
 * starts (hours: eight) and the rest has as many, and its rank sum is out of the ordinary; its factor is the ratio of
 * medians, shrunk by n ÷ (n + 6), as one pulls the mean of a small group to that of all (Efron and Morris 1975). Hours
 * are judged by what sizes leave over: starts of 8 o'clock may only be larger.
 */
export function slicesOf(starts: readonly MeasuredStart[], hour: number): Slices {
  const logs: number[] = [];
  const sizes: number[] = [];
  const hours: number[] = [];
  for (const start of starts) {
    if (start.units === null || start.hour === null) continue;
    logs.push(Math.log(start.seconds));
    sizes.push(sizeClassOf(start.units));
    hours.push(hoursApart(start.hour, hour) <= LIKE_HOURS ? 1 : 0);
  }
  if (logs.length < ENOUGH_OF_SIZE) return NO_SLICES;
  const all = ranked(logs);
  const bySize = factorsOf(all, sizes, SIZE_CLASSES.length, ENOUGH_OF_SIZE);
  const [, ofHour] = factorsOf(withoutSizes(all, sizes, bySize), hours, 2, ENOUGH_OF_HOUR);
  return { bySize, ofHour: ofHour ?? 1 };
}

function withoutSizes(all: Ranked, sizes: readonly number[], bySize: Slices["bySize"]): Ranked {
  const shifts = bySize.map((factor) => Math.log(factor ?? 1));
  if (shifts.every((shift) => shift === 0)) return all;
  return ranked(all.values.map((log, i) => log - (shifts[sizes[i] as number] as number)));
}

function hoursApart(a: number, b: number): number {
  const apart = Math.abs(a - b);
  return Math.min(apart, HOURS - apart);
}

/**
 * The factor of each class; `classes` has that of each value. Null where there are too few inside, 1 where they do not
 * differ from the others or those are too few.
 */
function factorsOf(
  all: Ranked,
  classes: readonly number[],
  count: number,
  enough: number,
): readonly (number | null)[] {
  return rankSums(all, classes, count).map(({ inside, score }, which) => {
    if (inside < enough) return null;
    if (classes.length - inside < enough || Math.abs(score) < DIFFERENT) return 1;
    const apart = medianOf(all, (i) => classes[i] === which) - medianOf(all, () => true);
    return Math.exp((inside / (inside + enough)) * apart);
  });
}
