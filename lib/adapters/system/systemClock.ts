/** The clock of the machine, with the calendars of the world's time zones. */
import { IANAZone } from "luxon";
import { type EpochSeconds, MINUTE_SECONDS } from "../../core/time.ts";
import type { Clock } from "../../ports/clock.ts";

export class SystemClock implements Clock {
  now(): EpochSeconds {
    return Math.floor(Date.now() / 1000);
  }

  /** Throws a RangeError for a zone that the runtime's time zone data does not hold. */
  utcOffsetSeconds(timeZone: string, at: EpochSeconds): number {
    const minutes = IANAZone.create(timeZone).offset(at * 1000);
    if (Number.isNaN(minutes)) {
      throw new RangeError(`unknown time zone "${timeZone}": give an IANA name such as Europe/Berlin or UTC`);
    }
    return minutes * MINUTE_SECONDS;
  }
}
