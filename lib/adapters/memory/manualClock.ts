/** A clock that stands still until it is set, with the real calendars of the world's time zones. */
import type { EpochSeconds } from "../../core/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { zoneOffsetSeconds } from "../calendar/zoneOffset.ts";

export class ManualClock implements Clock {
  private at: EpochSeconds;

  constructor(now: EpochSeconds) {
    this.at = now;
  }

  now(): EpochSeconds {
    return this.at;
  }

  /** Any instant: a clock may step back. */
  set(now: EpochSeconds): void {
    this.at = now;
  }

  /** Throws a RangeError for a zone that the runtime's time zone data does not hold. */
  utcOffsetSeconds(timeZone: string, at: EpochSeconds): number {
    return zoneOffsetSeconds(timeZone, at);
  }
}
