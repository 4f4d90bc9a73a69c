/** Makes a shown forecast out of a fresh fit or out of stored days. */
import { DAY_SECONDS, type EpochSeconds, floorTo } from "../../time.ts";
import type { ComparedTrace } from "../compare/result.ts";
import { LEADS_SECONDS, LEVELS } from "../compare/result.ts";
import type { Forecast, ForecastDay, History } from "../forecast.ts";
import { significant } from "../packValues.ts";
import { type Banded, slotQuantile } from "../quantiles.ts";
import { accountOf } from "../view.ts";
import {
  FORECAST_SCHEMA,
  type LeadScore,
  SHOWN_LEVELS,
  type ShownForecast,
  type ShownSeries,
} from "./result.ts";

/** Of the past that is shown. */
export const SHOWN_PAST_SECONDS = 14 * DAY_SECONDS;

/** What the caller knows and the forecast does not. */
export type About = Pick<ShownForecast, "name" | "timeZone" | "masked" | "notes" | "leads">;

interface Span {
  /** The moment that it is seen from. */
  readonly at: EpochSeconds;
  readonly aheadSeconds: number;
}

/** A forecast that was fitted on `history` for this view. */
export function shownFit(forecast: Forecast, history: History, span: Span, about: About): ShownForecast {
  const account = accountOf(history);
  const source = {
    source: "trace" as const,
    model: forecast.model,
    madeAt: span.at,
    weights: forecast.weights,
    score: forecast.score,
    history: account,
    past: pastOf(history),
  };
  return shown(forecast, account.to, span, { ...about, ...source });
}

/** Stored days that follow on each other, the first holding `span.at`. Throws a RangeError for days that do not. */
export function shownDays(
  days: readonly ForecastDay[],
  past: ShownSeries | null,
  span: Span,
  about: About,
): ShownForecast {
  const [first] = days;
  if (first === undefined) throw new RangeError("no day is stored from this time on");
  const start = Date.parse(`${first.day}T00:00:00Z`) / 1000;
  const columns = (of: (day: ForecastDay) => readonly number[]): Float64Array =>
    Float64Array.from(days.flatMap((day) => of(day)));
  const { slotSeconds, bands } = first;
  const joined = {
    start,
    slotSeconds,
    bands,
    median: columns((day) => day.median),
    scale: columns((day) => day.scale),
    naive: columns((day) => day.naive),
  };
  const { model, madeAt, weights, score, history } = first;
  const source = { source: "table" as const, model, madeAt, weights, score, history, past };
  return shown(joined, history.to, span, { ...about, ...source });
}

type Rest = Omit<
  ShownForecast,
  "schema" | "at" | "slotSeconds" | "start" | "levels" | "quantiles" | "sameTimeLastWeek"
>;

function shown(
  forecast: Banded & Pick<Forecast, "naive">,
  historyEnd: EpochSeconds,
  { at, aheadSeconds }: Span,
  rest: Rest,
): ShownForecast {
  const { slotSeconds, start, median, naive } = forecast;
  const first = Math.max(0, Math.floor((at - start) / slotSeconds));
  const last = Math.min(median.length, Math.ceil((at + aheadSeconds - start) / slotSeconds));
  const slots = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  return {
    schema: FORECAST_SCHEMA,
    ...rest,
    at,
    slotSeconds,
    start: start + first * slotSeconds,
    levels: SHOWN_LEVELS,
    quantiles: SHOWN_LEVELS.map((level) =>
      slots.map((slot) => significant(slotQuantile(forecast, historyEnd, slot, level))),
    ),
    sameTimeLastWeek: slots.map((slot) => significant(naive[slot] as number)),
  };
}

/** The last two weeks of a history. */
export function pastOf({ start, slotSeconds, mean }: History): ShownSeries {
  const slots = Math.min(mean.length, SHOWN_PAST_SECONDS / slotSeconds);
  const first = mean.length - slots;
  return {
    start: start + first * slotSeconds,
    values: Array.from(mean.subarray(first), (value) => (Number.isNaN(value) ? null : significant(value))),
  };
}

/** The scores of one forecaster beside the reference, by time ahead. */
export function leadsOf({ scores, origins }: ComparedTrace, forecaster: string): ShownForecast["leads"] {
  const [reference] = scores;
  const own = scores.find((score) => score.forecaster === forecaster);
  if (reference === undefined || own === undefined) return null;
  const found = LEADS_SECONDS.map((toSeconds, i): LeadScore => {
    const score = own.byLead[i];
    return {
      fromSeconds: LEADS_SECONDS[i - 1] ?? 0,
      toSeconds,
      slots: score?.slots ?? 0,
      loss: score?.wql ?? null,
      lossSameTimeLastWeek: reference.byLead[i]?.wql ?? null,
      under95: score?.coverage[LEVELS.indexOf(0.95)] ?? null,
      under99: score?.coverage[LEVELS.indexOf(0.99)] ?? null,
    };
  });
  return { origins, scores: found.filter(({ slots }) => slots > 0) };
}

/** Whether stored days can be shown as one line: each a day after the other, in the same slots. */
export function followOn(days: readonly ForecastDay[]): readonly ForecastDay[] {
  const end = days.findIndex((day, i) => i > 0 && !follows(days[i - 1] as ForecastDay, day));
  return end < 0 ? days : days.slice(0, end);
}

function follows(before: ForecastDay, { day, slotSeconds }: ForecastDay): boolean {
  const startOf = (each: string): EpochSeconds =>
    floorTo(Date.parse(`${each}T00:00:00Z`) / 1000, DAY_SECONDS);
  return startOf(day) - startOf(before.day) === DAY_SECONDS && slotSeconds === before.slotSeconds;
}
