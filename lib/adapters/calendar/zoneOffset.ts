/** The calendars of the world's time zones, from the runtime's own data: every clock reads them alike. */
import { IANAZone } from "luxon";
import { type EpochSeconds, MINUTE_SECONDS } from "../../core/time.ts";

/** Seconds from UTC to the zone's wall clock at an instant. Throws a RangeError for a zone that the runtime does not know. */
export function zoneOffsetSeconds(timeZone: string, at: EpochSeconds): number {
  const minutes = IANAZone.create(timeZone).offset(at * 1000);
  if (Number.isNaN(minutes)) {
    throw new RangeError(`unknown time zone "${timeZone}": give an IANA name such as Europe/Berlin or UTC`);
  }
  return minutes * MINUTE_SECONDS;
}
