/** The time, and the calendar of a place. */
import type { EpochSeconds } from "../core/time.ts";

export interface Clock {
  now(): EpochSeconds;
  /** Offset of the wall clock of an IANA time zone from UTC at an instant, in seconds. Throws for an unknown zone. */
  utcOffsetSeconds(timeZone: string, at: EpochSeconds): number;
}
