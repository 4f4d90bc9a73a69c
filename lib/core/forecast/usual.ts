/** What the load usually is at given slots of the past, from the other days around: the measure of what was unusual. */
import { median } from "../quantile.ts";
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS } from "../time.ts";
import { localSlotOf } from "./calendar.ts";
import type { Calendar, History } from "./forecast.ts";

/** Days further away say little of the level of this one. */
const FURTHEST_DAYS = 21;

/** So many days of the same kind speak for themselves: others would pull a Sunday towards the working days. */
const ENOUGH_ALIKE = 2;
/** Until then, weight of all days of other kinds together beside one of the same kind. */
const OTHER_KINDS_WEIGHT = 0.15;

/** Slots next to a slot on each side that are averaged with it: one day's minutes are noisy. */
const NEIGHBOURS = 1;

/** Load that was seen beside the load that is usual, slot by slot. */
export interface Compared {
  readonly seen: readonly number[];
  readonly usual: readonly number[];
  /** Days that the usual load was taken from, at most. */
  readonly days: number;
}

/** Which slots are compared, and which days they are compared with. */
export interface Comparison {
  readonly from: EpochSeconds;
  /** Exclusive. */
  readonly to: EpochSeconds;
  /** Local days (since 1970-01-01) that may be compared with; all that are near when it is not given. */
  readonly isAllowed?: (day: number) => boolean;
  /** Slots that are not compared, by their start: something else was on. */
  readonly isLeftOut?: (at: EpochSeconds) => boolean;
}

/**
 * The known slots of `seen` in a span of time beside the usual load at the same time of day on the days around, which is
 * taken from `usual`: the mean over the other days on the square-root scale, those of the same kind first. Both histories
 * have the same slots. A slot without a usual load is left out.
 */
export function compare(
  seen: History,
  usual: History,
  calendar: Calendar,
  { from, to, isAllowed = () => true, isLeftOut = () => false }: Comparison,
): Compared {
  const { start, slotSeconds } = seen;
  const first = Math.max(0, Math.floor((from - start) / slotSeconds));
  const last = Math.min(seen.mean.length, Math.ceil((to - start) / slotSeconds));
  const compared = { seen: [] as number[], usual: [] as number[], days: 0 };
  for (let slot = first; slot < last; slot++) {
    const load = seen.mean[slot] as number;
    if (Number.isNaN(load) || isLeftOut(start + slot * slotSeconds)) continue;
    const expected = usualAt(usual, calendar, start + slot * slotSeconds, isAllowed);
    if (expected === null) continue;
    compared.seen.push(load);
    compared.usual.push(expected.load);
    compared.days = Math.max(compared.days, expected.days);
  }
  return compared;
}

function usualAt(
  history: History,
  { utcOffset, kindOf }: Calendar,
  at: EpochSeconds,
  isAllowed: (day: number) => boolean,
): { readonly load: number; readonly days: number } | null {
  const { day } = localSlotOf(at, history.slotSeconds, utcOffset);
  const kind = kindOf(day);
  const same: number[] = [];
  const other: number[] = [];
  for (let away = -FURTHEST_DAYS; away <= FURTHEST_DAYS; away++) {
    if (away === 0 || !isAllowed(day + away)) continue;
    // The same wall clock on another day: clocks may have changed between.
    const moved = at + away * DAY_SECONDS + utcOffset(at) - utcOffset(at + away * DAY_SECONDS);
    const root = rootAround(history, moved);
    if (!Number.isNaN(root)) (kindOf(day + away) === kind ? same : other).push(root);
  }
  if (same.length + other.length === 0) return null;
  const isEnough = same.length >= ENOUGH_ALIKE || other.length === 0;
  const root = isEnough
    ? mean(same)
    : (sum(same) + OTHER_KINDS_WEIGHT * mean(other)) / (same.length + OTHER_KINDS_WEIGHT);
  return { load: root * root, days: same.length + other.length };
}

/** Mean of the known slots around an instant, on the square-root scale; NaN where none is known. */
function rootAround({ start, slotSeconds, mean: load }: History, at: EpochSeconds): number {
  const slot = Math.floor((at - start) / slotSeconds);
  const roots: number[] = [];
  for (let near = slot - NEIGHBOURS; near <= slot + NEIGHBOURS; near++) {
    const value = load[near] ?? Number.NaN;
    if (!Number.isNaN(value)) roots.push(Math.sqrt(value));
  }
  return roots.length === 0 ? Number.NaN : mean(roots);
}

/** Load seen ÷ usual load over all slots, which busy slots weigh most in; NaN where nothing is usual. */
export function ratioOf({ seen, usual }: Compared): number {
  const expected = sum(usual);
  return expected > 0 ? sum(seen) / expected : Number.NaN;
}

/**
 * The middle of the ratios of whole hours, which a burst or an outage of an hour or two does not move; NaN for none.
 * Slots of the comparison are taken to follow each other.
 */
export function typicalRatioOf({ seen, usual }: Compared, slotSeconds: number): number {
  const perHour = HOUR_SECONDS / slotSeconds;
  const ratios: number[] = [];
  for (let from = 0; from < seen.length; from += perHour) {
    const to = from + perHour;
    const ratio = ratioOf({ seen: seen.slice(from, to), usual: usual.slice(from, to), days: 0 });
    if (!Number.isNaN(ratio)) ratios.push(ratio);
  }
  return median(ratios);
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
