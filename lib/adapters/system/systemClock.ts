/** The clock of the machine, with the calendars of the world's time zones. */
import type { EpochSeconds } from "../../core/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { zoneOffsetSeconds } from "../calendar/zoneOffset.ts";

export class SystemClock implements Clock {
  now(): EpochSeconds {
    return Math.floor(Date.now() / 1000);
  }

  /** Throws a RangeError for a zone that the runtime's time zone data does not hold. */
  utcOffsetSeconds(timeZone: string, at: EpochSeconds): number {
    return zoneOffsetSeconds(timeZone, at);
  }
}
