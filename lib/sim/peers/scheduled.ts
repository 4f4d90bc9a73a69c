/** A timetable by hour of the week from the past: what people write by hand when they know their traffic. */
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS, MINUTE_SECONDS } from "../../core/time.ts";
import type { Peer } from "./peer.ts";

const HOURS_A_WEEK = 168;

export interface TimetableOptions {
  /** Requests of each minute before the replay; NaN where nothing is known. Nothing of the replayed part. */
  readonly past: { readonly start: EpochSeconds; readonly perMinute: ArrayLike<number> };
  readonly perUnit: number;
  readonly min: number;
  readonly max: number;
  /** Capacity is sized for the hour's highest minute × this. */
  readonly factor?: number;
  /** So much earlier than the hour. */
  readonly aheadSeconds: number;
}

/** Units for each hour of the week that begins on Thursday 1970-01-01T00:00Z; the maximum where the past says nothing. */
export function timetableOf({ past, perUnit, min, max, factor = 1 }: TimetableOptions): readonly number[] {
  const peaks = new Array<number>(HOURS_A_WEEK).fill(Number.NaN);
  for (let minute = 0; minute < past.perMinute.length; minute++) {
    const load = past.perMinute[minute] as number;
    const hour = hourOfWeek(past.start + minute * MINUTE_SECONDS);
    if (!(load <= (peaks[hour] as number)) && !Number.isNaN(load)) peaks[hour] = load;
  }
  return peaks.map((peak) =>
    Number.isNaN(peak) ? max : Math.min(max, Math.max(min, Math.ceil((peak * factor) / perUnit))),
  );
}

function hourOfWeek(at: EpochSeconds): number {
  return Math.floor((at % (7 * DAY_SECONDS)) / HOUR_SECONDS);
}

/** Wants what is needed now and so much later, whichever is more, so that an hour's end does not cut its lead short. */
export function scheduled(options: TimetableOptions): Peer<null> {
  const timetable = timetableOf(options);
  return {
    name: "scheduled",
    label: "Schedule by hour of the week",
    about:
      "Scheduled scaling with a minimum for each hour of the week: that hour's highest minute in the history before the replay. It is asked for a lead time early.",
    periodSeconds: MINUTE_SECONDS,
    initial: null,
    step: (_state, _observation, now) => {
      const here = timetable[hourOfWeek(now)] as number;
      const ahead = timetable[hourOfWeek(now + options.aheadSeconds)] as number;
      const desired = Math.max(here, ahead);
      return { desired, state: null, reason: `The timetable says ${desired}` };
    },
  };
}
