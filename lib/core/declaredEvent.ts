/** What people declare about a target's days: holidays, one-off events, and changes of level. */
import type { EpochSeconds } from "./time.ts";

/** In the order of local days since 1970-01-01, which was a Thursday. */
export const WEEKDAYS = [
  "thursday",
  "friday",
  "saturday",
  "sunday",
  "monday",
  "tuesday",
  "wednesday",
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * How a declared day goes: as that weekday does; as the event of the same name did the last time; or as no day should
 * be learned from, while it is itself forecast as an ordinary one.
 */
export type DayLike = Weekday | "last-time" | "masked";

/** Whole days on the target's wall clock. */
export interface DayEvent {
  readonly kind: "days";
  readonly name: string;
  /** First and last day, both included, as `2026-12-25`. */
  readonly from: string;
  readonly to: string;
  readonly like: DayLike;
}

/** A part of a day that is left out of learning. */
export interface WindowEvent {
  readonly kind: "window";
  readonly name: string;
  readonly start: EpochSeconds;
  /** Exclusive. */
  readonly end: EpochSeconds;
}

/** From `at` on the load is `factor` times what it was; null lets it be told from the load before and after. */
export interface LevelShift {
  readonly kind: "level-shift";
  readonly name: string;
  readonly at: EpochSeconds;
  readonly factor: number | null;
}

export type DeclaredEvent = DayEvent | WindowEvent | LevelShift;

/**
 * Parts the events that can be used from those that cannot, with the reason: a damaged one changes nothing but itself.
 */
export function soundEvents(events: readonly DeclaredEvent[]): {
  readonly sound: readonly DeclaredEvent[];
  readonly setAside: readonly string[];
} {
  const sound: DeclaredEvent[] = [];
  const setAside: string[] = [];
  for (const event of events) {
    const why = faultOf(event);
    if (why === null) sound.push(event);
    else setAside.push(`the event ${String(event?.name ?? JSON.stringify(event))} is set aside: ${why}`);
  }
  return { sound, setAside };
}

/** The local day's number (days since 1970-01-01) of `2026-12-25`; NaN for no date. */
export function dayNumberOf(date: string): number {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00Z`) / 86_400_000 : Number.NaN;
}

/** More days than this in one event are a slip of the pen, or a new normal. */
export const LONGEST_EVENT_DAYS = 31;

function faultOf(event: DeclaredEvent): string | null {
  switch (event?.kind) {
    case "days": {
      const days = dayNumberOf(event.to) - dayNumberOf(event.from);
      if (!(days >= 0 && days < LONGEST_EVENT_DAYS)) {
        return `got ${event.from} to ${event.to}; allowed: 1 to ${LONGEST_EVENT_DAYS} days such as 2026-12-25`;
      }
      const known = event.like === "last-time" || event.like === "masked" || WEEKDAYS.includes(event.like);
      return known ? null : `got like ${String(event.like)}; allowed: a weekday, last-time, masked`;
    }
    case "window":
      return Number.isFinite(event.start) && event.end > event.start
        ? null
        : `got ${event.start} to ${event.end}; allowed: a start before an end`;
    case "level-shift": {
      const isFactor = event.factor === null || (Number.isFinite(event.factor) && event.factor > 0);
      return Number.isFinite(event.at) && isFactor
        ? null
        : `got ${event.at} and the factor ${event.factor}; allowed: a time, and a factor above 0`;
    }
    default:
      return `got the kind ${String((event as { readonly kind?: unknown } | null)?.kind)}; allowed: days, window, level-shift`;
  }
}
