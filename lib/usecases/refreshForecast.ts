/** Fits a target's forecast anew from its history and stores it day by day; on the way it learns what promotions brought. */
import { type DeclaredEvent, soundEvents } from "../core/declaredEvent.ts";
import { localSlotOf, steadyOffset } from "../core/forecast/calendar.ts";
import { calendarOf, maskedByEvents } from "../core/forecast/dayKinds.ts";
import { type Calendar, FORECAST_SLOT_SECONDS, type ForecastModel } from "../core/forecast/forecast.ts";
import { historyOf, type MaskedWindow } from "../core/forecast/history.ts";
import { judgeShifts, sayUnjudged, shifted, withShiftsAhead } from "../core/forecast/levelShift.ts";
import { daysOf } from "../core/forecast/view.ts";
import { fitIdle } from "../core/idle/fitIdle.ts";
import { goesToNone, type TargetPolicy } from "../core/policy.ts";
import { heldWindows, type Promotion } from "../core/promotion.ts";
import { DAY_SECONDS, type EpochSeconds, floorTo, MINUTE_SECONDS } from "../core/time.ts";
import type { MetricHistory } from "../ports/metricSource.ts";
import { learnUplifts } from "./learnUplifts.ts";
import { messageOf } from "./messageOf.ts";
import type { World } from "./world.ts";

/** More does not help (forecasting practice: 42 days are no better than 28). */
export const HISTORY_DAYS = 28;

/** Days ahead that are stored; refreshed every few hours, so that a week of failed refreshes still leaves a forecast. */
const AHEAD_DAYS = 8;

/** `notes`: what of the policy's events could not be used, and promotions that could not be learned from, and why. */
export type RefreshReport = (
  | { readonly kind: "written"; readonly days: number }
  | { readonly kind: "skipped"; readonly why: string }
) & { readonly notes?: readonly string[] };

/**
 * Reads the load's history, leaves out past promotions, held capacity and masked events, brings it to the level after the
 * last declared shift, fits `model` with the calendar of declared days, and writes whole UTC days from the current one
 * on. Without enough history nothing is written and the target runs on its readings.
 */
export async function refreshForecast(
  world: World,
  policy: TargetPolicy,
  model: ForecastModel,
  now: EpochSeconds,
): Promise<RefreshReport> {
  if (policy.load === null) return { kind: "skipped", why: "the policy states no load to forecast" };
  const from = floorTo(now, DAY_SECONDS) - HISTORY_DAYS * DAY_SECONDS;
  const past = await readPast(world, policy, from, now);
  const { sound, setAside } = soundEvents(policy.events);
  const calendar = calendarFor(world, policy, sound, from, now);
  const unusual = [...past.held, ...maskedByEvents(sound, calendar.utcOffset)];
  const masked = historyOf(past.samples, [...unusual, ...past.promotions]);
  const shifts = judgeShifts(masked, shiftsOf(sound), calendar);
  const history = shifted(masked, shifts);
  const open = shifted(historyOf(past.samples, unusual), shifts);
  const unlearned = await learnUplifts(world, policy.id, past.promotions, { open, usual: history, calendar });
  const notes = [
    ...past.unread,
    ...setAside,
    ...sayUnjudged(shifts.filter(({ at }) => at > from)),
    ...unlearned,
  ];
  const said = notes.length === 0 ? {} : { notes };
  const fitted = model.fit(history, (AHEAD_DAYS * DAY_SECONDS) / history.slotSeconds, calendar);
  if (fitted === null) {
    const why = "less than one whole day of history: deciding from readings alone";
    return { kind: "skipped", why, ...said };
  }
  const end = history.start + history.mean.length * history.slotSeconds;
  const idle = goesToNone(policy) ? fitIdle(history, calendar, fitted, fitted.median.length) : null;
  const forecast = { ...withShiftsAhead(fitted, shifts, end), ...(idle === null ? {} : { idle }) };
  const days = daysOf(policy.id, forecast, history, now);
  await world.forecasts.put(days);
  return { kind: "written", days: days.length, ...said };
}

interface Past {
  readonly samples: MetricHistory;
  readonly promotions: readonly Promotion[];
  readonly held: readonly MaskedWindow[];
  readonly unread: readonly string[];
}

async function readPast(
  world: World,
  { id, load }: TargetPolicy,
  from: EpochSeconds,
  now: EpochSeconds,
): Promise<Past> {
  const { metric, statistic } = load as NonNullable<TargetPolicy["load"]>;
  // The newest minute is often incomplete: part of a sum would look like little load.
  const until = floorTo(now - MINUTE_SECONDS, MINUTE_SECONDS);
  const unread: string[] = [];
  const [samples, promotions, orders] = await Promise.all([
    world.metrics.history({ target: id, metric, statistic }, from, until),
    world.promotions.list(id, from),
    world.overrides.noted(id, from - DAY_SECONDS).catch((error: unknown) => {
      // Held hours that are learned as ordinary ones do little harm; a forecast that is no longer made does more.
      unread.push(`when pauses and pins held the capacity cannot be read: ${messageOf(error)}`);
      return [];
    }),
  ]);
  return { samples, promotions, held: heldWindows(orders, now), unread };
}

function calendarFor(
  { clock }: World,
  { timeZone }: TargetPolicy,
  events: readonly DeclaredEvent[],
  from: EpochSeconds,
  now: EpochSeconds,
): Calendar {
  const utcOffset = steadyOffset((at) => clock.utcOffsetSeconds(timeZone, at));
  const dayOf = (at: EpochSeconds): number => localSlotOf(at, FORECAST_SLOT_SECONDS, utcOffset).day;
  return calendarOf(events, utcOffset, dayOf(from), dayOf(now));
}

const shiftsOf = (events: readonly DeclaredEvent[]) => events.filter((event) => event.kind === "level-shift");
