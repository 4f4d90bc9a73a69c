/** The minutes of a past in which a request could have ended a pause whose length is known. */
import type { History } from "../forecast/forecast.ts";
import { type EpochSeconds, MINUTE_SECONDS } from "../time.ts";
import { nextAgeClass } from "./ages.ts";

/** One entry a minute at risk: a known minute after a pause of known length, be it of no minutes. */
export interface Risk {
  /** Which minute of the history it is. */
  readonly minute: Int32Array;
  readonly ageClass: Uint8Array;
  /** 1 where a request came. */
  readonly came: Uint8Array;
}

/** What came after pauses. */
export interface Pasts {
  readonly risk: Risk;
  /** Pauses of at least one minute that were seen to end. */
  readonly pauses: number;
  readonly firstLoad: number;
  readonly laterLoad: number;
}

/** After at least so many idle minutes what comes is a new burst. */
const NEW_BURST_MINUTES = 5;

/** So much of a burst is what a cold start could miss. */
const BURST_MINUTES = 10;

/**
 * Walks over the minutes. A pause begins with the last minute that had load. What is missing ends it unseen (it is
 * censored: until then it counts, as Kaplan and Meier do), and how long the target has been idle is known again only
 * after the next minute with load.
 */
export function pastsOf(minutes: Float64Array): Pasts {
  const minute = new Int32Array(minutes.length);
  const ages = new Uint8Array(minutes.length);
  const came = new Uint8Array(minutes.length);
  const burst = { firsts: 0, firstLoad: 0, laters: 0, laterLoad: 0 };
  let idle = Number.NaN;
  let age = 0;
  let pauses = 0;
  let count = 0;
  for (let i = firstFineMinute(minutes); i < minutes.length; i++) {
    const load = minutes[i] as number;
    if (!Number.isNaN(idle) && !Number.isNaN(load)) {
      minute[count] = i;
      age = idle === 0 ? 0 : nextAgeClass(age, idle);
      ages[count] = age;
      came[count] = load > 0 ? 1 : 0;
      count++;
      if (load > 0 && idle > 0) pauses++;
      if (load > 0 && idle >= NEW_BURST_MINUTES) addBurst(burst, minutes, i);
    }
    idle = Number.isNaN(load) ? Number.NaN : load > 0 ? 0 : idle + 1;
  }
  return {
    risk: {
      minute: minute.subarray(0, count),
      ageClass: ages.subarray(0, count),
      came: came.subarray(0, count),
    },
    pauses,
    firstLoad: burst.firsts === 0 ? 0 : burst.firstLoad / burst.firsts,
    laterLoad: burst.laters === 0 ? 0 : burst.laterLoad / burst.laters,
  };
}

function addBurst(
  burst: { firsts: number; firstLoad: number; laters: number; laterLoad: number },
  minutes: Float64Array,
  at: number,
): void {
  burst.firsts++;
  burst.firstLoad += minutes[at] as number;
  for (let i = at + 1; i < Math.min(minutes.length, at + BURST_MINUTES); i++) {
    const load = minutes[i] as number;
    if (Number.isNaN(load)) continue;
    burst.laters++;
    burst.laterLoad += load;
  }
}

const GROUP_MINUTES = 5;

/** So many groups of equal minutes with load are no chance. */
const COARSE_GROUPS = 5;

/**
 * Where single minutes begin. A source that keeps old data as means of five minutes gives five equal ones, in which short
 * pauses cannot be seen: a few requests in five minutes look like a minute's load each.
 */
function firstFineMinute(minutes: Float64Array): number {
  let coarse = 0;
  for (let first = 0; first + GROUP_MINUTES <= minutes.length; first += GROUP_MINUTES) {
    const load = minutes[first] as number;
    const equal = isEqual(minutes, first);
    if (equal && load > 0) coarse++;
    if (equal || Number.isNaN(load)) continue;
    return coarse >= COARSE_GROUPS ? first : 0;
  }
  return 0;
}

function isEqual(minutes: Float64Array, first: number): boolean {
  for (let i = first + 1; i < first + GROUP_MINUTES; i++) if (minutes[i] !== minutes[first]) return false;
  return true;
}

/** Start of a minute of the history. */
export const minuteAt = ({ start }: History, minute: number): EpochSeconds => start + minute * MINUTE_SECONDS;
