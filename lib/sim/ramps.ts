/** Finds the climbs of the load that capacity must be ready for, and tells whether it was. */

/** A climb of the units needed. Minutes are indices of the series; both are part of the climb. */
export interface Ramp {
  /** The first minute that needed more units than any of the half hour before it. */
  readonly start: number;
  /** The last minute that did. */
  readonly end: number;
  /** The most units needed in the half hour before. */
  readonly from: number;
  /** Units needed at the end. */
  readonly to: number;
}

/** A minute that needs more units than all of this many before it is a new high. */
const LOOK_BACK_MINUTES = 30;

/** New highs less than this apart are one climb, which is over when this has passed without another. */
const JOIN_MINUTES = 10;

/** A climb to less than this times what the units before it carry is not a ramp. */
const RAMP_FACTOR = 1.25;

/** Minutes on either side that the median takes in. */
const SMOOTHING_REACH = 2;

/**
 * The load in units: the median of the five minutes around each minute, divided by `perUnit`. The median leaves out
 * bursts of one or two minutes, which no unit starts fast enough for, and keeps the minute at which a step begins. Past
 * either end of the series its outermost minute counts again. Units needed are this, rounded up.
 */
export function loadInUnits(loadPerMinute: ArrayLike<number>, perUnit: number): Float64Array {
  const window = new Float64Array(2 * SMOOTHING_REACH + 1);
  const last = loadPerMinute.length - 1;
  const units = new Float64Array(loadPerMinute.length);
  for (let minute = 0; minute <= last; minute++) {
    for (let i = 0; i < window.length; i++) {
      const at = Math.min(last, Math.max(0, minute + i - SMOOTHING_REACH));
      insertAscending(window, i, loadPerMinute[at] as number);
    }
    units[minute] = (window[SMOOTHING_REACH] as number) / perUnit;
  }
  return units;
}

/**
 * The ramps of a load, in order. A minute is a new high when it needs at least one unit more than every one of the 30
 * minutes before it (or of as many as there are). New highs less than 10 minutes apart are one climb. A climb is a ramp
 * when the load, up to 10 minutes past its last new high, rises at least a quarter above what the units needed before it
 * carry. Units up to `minUnits` are there anyway and are no climb.
 *
 * Worked example, 100 requests a minute per unit. The load stands at 390, which needs 4 units, and from minute 60 on
 * rises by 20 a minute to 790. Minute 61 (410) is the first to need 5, minutes 66, 71 and 76 the first to need 6, 7 and
 * 8: five minutes apart, so one climb, 4 → 8; 790 is more than 1.25 × 400: a ramp from minute 61 to 76. Rising by 10 a
 * minute, the new highs are 10 minutes apart and each is a climb of its own, of which 4 → 5 reaches 500 before it is
 * over and is a ramp, while 5 → 6 reaches 600, less than 1.25 × 500: one unit in hand is enough to follow that.
 */
export function findRamps(
  loadPerMinute: ArrayLike<number>,
  perUnit: number,
  minUnits: number = 0,
): readonly Ramp[] {
  return rampsOf(loadInUnits(loadPerMinute, perUnit), minUnits);
}

/** `findRamps` of a load in units. */
export function rampsOf(load: ArrayLike<number>, minUnits: number = 0): readonly Ramp[] {
  const climbs: Ramp[] = [];
  for (let minute = 1; minute < load.length; minute++) {
    const to = Math.ceil(load[minute] as number);
    if (to <= Math.ceil(load[minute - 1] as number)) continue;
    const from = Math.max(minUnits, Math.ceil(highest(load, minute - LOOK_BACK_MINUTES, minute)));
    if (to <= from) continue;
    const open = climbs.at(-1);
    if (open !== undefined && minute - open.end < JOIN_MINUTES) {
      climbs[climbs.length - 1] = { ...open, end: minute, to };
    } else {
      climbs.push({ start: minute, end: minute, from, to });
    }
  }
  return climbs.filter(
    ({ start, end, from }) => highest(load, start, end + JOIN_MINUTES) >= RAMP_FACTOR * from,
  );
}

/** How many ramps were met in time: at every minute of the climb as many units were ready as the load needed, or more. */
export function rampsReady(
  ramps: readonly Ramp[],
  ready: ArrayLike<number>,
  loadOfMinutes: ArrayLike<number>,
): number {
  return ramps.filter(({ start, end }) => {
    for (let minute = start; minute <= end; minute++) {
      if ((ready[minute] as number) < (loadOfMinutes[minute] as number)) return false;
    }
    return true;
  }).length;
}

/** The highest value in [from, to), as far as the series goes; 0 when there is none. */
function highest(values: ArrayLike<number>, from: number, to: number): number {
  let found = 0;
  for (let i = Math.max(0, from); i < Math.min(to, values.length); i++) {
    if ((values[i] as number) > found) found = values[i] as number;
  }
  return found;
}

/** Puts a value into the first `count` of `ascending`, which stay ascending. */
function insertAscending(ascending: Float64Array, count: number, value: number): void {
  let at = count;
  while (at > 0 && (ascending[at - 1] as number) > value) {
    ascending[at] = ascending[at - 1] as number;
    at--;
  }
  ascending[at] = value;
}
