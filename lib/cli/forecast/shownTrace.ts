/** The forecast of a trace as it would have been at a moment, from the four weeks before. */
import { zoneOffsetSeconds } from "../../adapters/calendar/zoneOffset.ts";
import { weekdaysIn } from "../../core/forecast/calendar.ts";
import { evaluate } from "../../core/forecast/compare/evaluate.ts";
import { modelForecaster } from "../../core/forecast/compare/ours.ts";
import type { Calendar, ForecastModel } from "../../core/forecast/forecast.ts";
import { historyOf, type LoadSamples } from "../../core/forecast/history.ts";
import type { ShownForecast } from "../../core/forecast/show/result.ts";
import { leadsOf, shownFit } from "../../core/forecast/show/shownForecast.ts";
import type { Promotion } from "../../core/promotion.ts";
import {
  DAY_SECONDS,
  type EpochSeconds,
  floorTo,
  HOUR_SECONDS,
  isoOf,
  MINUTE_SECONDS,
  sayDuration,
} from "../../core/time.ts";
import type { Trace } from "../../sim/traces/trace.ts";
import { UsageError } from "../exit.ts";

/** As the controller learns from. */
const HISTORY_DAYS = 28;
/** Earlier moments from which the same model is measured: enough to tell, and a matter of seconds. */
const ORIGINS = 7;

export interface TraceView {
  readonly trace: Trace;
  readonly model: ForecastModel;
  readonly timeZone: string;
  /** Null: the end of the trace. */
  readonly at: EpochSeconds | null;
  readonly aheadSeconds: number;
  /** Null: five minutes, or the trace's own step where that is longer. */
  readonly slotSeconds: number | null;
  /** Their windows are left out of learning. */
  readonly promotions: readonly Promotion[];
  readonly onProgress: (share: number) => void;
}

/** Throws a UsageError for a moment, a slot or a trace that cannot be forecast. */
export async function shownTrace(view: TraceView): Promise<ShownForecast> {
  const { trace, model, promotions, aheadSeconds, timeZone } = view;
  const slotSeconds = slotOf(trace, view.slotSeconds);
  const at = floorTo(momentOf(trace, view.at), slotSeconds);
  const samples = samplesBefore(trace, at);
  const history = historyOf(samples, promotions, slotSeconds);
  const calendar = weekdaysIn((each) => zoneOffsetSeconds(timeZone, each));
  const forecast = model.fit(history, Math.ceil(aheadSeconds / slotSeconds), calendar);
  if (forecast === null) {
    throw new UsageError(
      `${trace.name}: got ${sayDuration(at - samples.start)} of history before ${isoOf(at)}, at least one whole day is needed`,
    );
  }
  const { leads, why } = await measured(view, at, calendar);
  return shownFit(
    forecast,
    history,
    { at, aheadSeconds },
    {
      name: trace.name,
      timeZone,
      masked: promotions.map(({ name, start, end }) => ({ name, start, end })),
      notes: [...trace.notes, ...(why === null ? [] : [why])],
      leads,
    },
  );
}

/** Forecasts of the next day from earlier moments, as far as the trace goes back; why there are none, where it does not. */
async function measured(
  { trace, model, onProgress }: TraceView,
  at: EpochSeconds,
  calendar: Calendar,
): Promise<{ readonly leads: ShownForecast["leads"]; readonly why: string | null }> {
  const steps = Math.round((at - trace.start) / trace.stepSeconds);
  const past = { ...trace, requests: trace.requests.slice(0, steps), filled: [] };
  const forecaster = modelForecaster(model, { name: "shown", label: "", about: "" });
  const options = { horizonSeconds: DAY_SECONDS, mostOrigins: ORIGINS, calendar, onProgress };
  try {
    return { leads: leadsOf(await evaluate(past, [forecaster], options), forecaster.name), why: null };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { leads: null, why: `not measured by time ahead: ${error.message}` };
  }
}

function slotOf({ stepSeconds }: Trace, wanted: number | null): number {
  const slotSeconds = wanted ?? Math.max(stepSeconds, 5 * MINUTE_SECONDS);
  const isSlot =
    slotSeconds >= MINUTE_SECONDS && slotSeconds <= HOUR_SECONDS && DAY_SECONDS % slotSeconds === 0;
  if (isSlot && slotSeconds % stepSeconds === 0) return slotSeconds;
  throw new UsageError(
    `--slots: got ${sayDuration(slotSeconds)} for steps of ${sayDuration(stepSeconds)}, allowed are 1m to 1h that divide a day and hold whole steps`,
  );
}

function momentOf({ start, stepSeconds, requests }: Trace, at: EpochSeconds | null): EpochSeconds {
  const end = start + requests.length * stepSeconds;
  if (at === null) return end;
  if (at > start && at <= end) return at;
  throw new UsageError(`--at: got ${isoOf(at)}, the trace runs from ${isoOf(start)} to ${isoOf(end)}`);
}

/** Load per minute of the last four weeks before `at`; nothing after it is looked at. */
function samplesBefore({ start, stepSeconds, requests }: Trace, at: EpochSeconds): LoadSamples {
  const end = Math.round((at - start) / stepSeconds);
  const first = Math.max(0, end - (HISTORY_DAYS * DAY_SECONDS) / stepSeconds);
  const values = Array.from(requests.subarray(first, end), (count) =>
    Number.isNaN(count) ? null : (count * MINUTE_SECONDS) / stepSeconds,
  );
  return { start: start + first * stepSeconds, stepSeconds, values };
}
