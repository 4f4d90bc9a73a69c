/** Forecasts a trace again and again from what was known before each origin, and scores what each forecaster said. */
import { DAY_SECONDS, type EpochSeconds, MINUTE_SECONDS } from "../../time.ts";
import type { Calendar, History } from "../forecast.ts";
import { historyOf, type MaskedWindow, missingShare } from "../history.ts";
import { type Attempt, type Forecaster, historyEndOf, isFailed, type SlotQuantiles } from "./forecaster.ts";
import { naiveWeek } from "./naive.ts";
import { leastHistoryDaysOf, type OriginOptions, originsOf, slotSecondsOf } from "./origins.ts";
import { QuantileLoss } from "./quantileLoss.ts";
import {
  type ComparedTrace,
  type ForecasterScore,
  LEADS_SECONDS,
  LEVELS,
  type ReplacedOrigin,
} from "./result.ts";

/** Counts on a regular grid, as a trace file holds them. */
export interface EvaluatedTrace {
  readonly name: string;
  readonly synthetic: boolean;
  readonly start: EpochSeconds;
  readonly stepSeconds: number;
  /** Requests in each step; NaN is missing. */
  readonly requests: Float64Array;
  readonly notes: readonly string[];
  /** Steps whose values were invented: neither learnt from nor scored. */
  readonly filled: readonly MaskedWindow[];
}

export interface EvaluateOptions extends OriginOptions {
  /** Of history, at most, before each origin. */
  readonly historyDays: number;
  readonly calendar: Calendar;
  /** Origins to take instead of those that `originsOf` finds; others than slot ends inside the trace are left out. */
  readonly origins: readonly EpochSeconds[] | null;
  /** A clock that tells seconds, for the time of a fit; null measures none. */
  readonly seconds: (() => number) | null;
  /** Called after each origin with the share that is done. */
  readonly onProgress: (share: number) => void;
}

const UTC: Calendar = { utcOffset: () => 0, kindOf: (day) => ((day % 7) + 7) % 7 };

export const DEFAULTS: EvaluateOptions = {
  historyDays: 28,
  horizonSeconds: DAY_SECONDS,
  everySeconds: DAY_SECONDS,
  leastHistoryDays: null,
  mostOrigins: null,
  calendar: UTC,
  origins: null,
  seconds: null,
  onProgress: () => undefined,
};

/** All that a comparison measures against. */
export const REFERENCE = naiveWeek;

/**
 * Scores the forecasters over one trace, the reference first whether it is among them or not. Where a forecaster gives
 * nothing, the reference's quantiles count for it and the origin is listed, so that all are scored on the same slots.
 * Throws a RangeError for a trace that is too short or has a step that does not divide a day.
 */
export async function evaluate(
  trace: EvaluatedTrace,
  forecasters: readonly Forecaster[],
  options: Partial<EvaluateOptions> = {},
): Promise<ComparedTrace> {
  const settings = { ...DEFAULTS, ...options };
  const slotSeconds = slotSecondsOf(trace.stepSeconds);
  if (slotSeconds === null) {
    throw new RangeError(
      `${trace.name}: got a step of ${trace.stepSeconds} s, allowed is one hour at most that divides a day`,
    );
  }
  const whole = slotsOf(trace, slotSeconds);
  const origins = usableOrigins(whole, settings);
  const entrants = [REFERENCE, ...forecasters.filter(({ name }) => name !== REFERENCE.name)].map(
    (forecaster) => new Entrant(forecaster, settings),
  );
  const scored: EpochSeconds[] = [];
  for (const [i, origin] of origins.entries()) {
    const history = pastOf(whole, origin - settings.historyDays * DAY_SECONDS, origin);
    if (await forecastFrom(history, whole, entrants, settings)) scored.push(origin);
    settings.onProgress((i + 1) / origins.length);
  }
  if (scored.length === 0) throw new RangeError(sayTooShort(trace.name, whole, settings));
  const end = historyEndOf(whole);
  return {
    name: trace.name,
    synthetic: trace.synthetic,
    stepSeconds: trace.stepSeconds,
    slotSeconds,
    from: whole.start,
    to: end,
    meanLoad: meanOf(whole.mean),
    missingShare: missingShare(whole),
    leastHistoryDays:
      settings.leastHistoryDays ?? leastHistoryDaysOf(end - whole.start, settings.horizonSeconds),
    origins: scored,
    notes: trace.notes,
    scores: entrants.map((entrant) => entrant.score()),
  };
}

/** False when the reference has no forecast here: then nobody is scored. */
async function forecastFrom(
  history: History,
  whole: History,
  [reference, ...others]: readonly Entrant[],
  settings: EvaluateOptions,
): Promise<boolean> {
  const origin = historyEndOf(history);
  const first = Math.round((origin - whole.start) / whole.slotSeconds);
  const slots = Math.floor(settings.horizonSeconds / whole.slotSeconds);
  const actual = whole.mean.subarray(first, first + slots);
  const naive = await reference?.forecast(history, slots);
  if (reference === undefined || naive === undefined || naive === null || isFailed(naive)) return false;
  reference.add(actual, naive, whole.slotSeconds);
  for (const entrant of others) {
    const attempt = await entrant.forecast(history, slots);
    const flaw = flawOf(attempt, slots);
    if (flaw !== null) entrant.replaced.push({ origin, why: flaw });
    entrant.add(actual, flaw === null ? (attempt as SlotQuantiles) : naive, whole.slotSeconds);
  }
  return true;
}

/** A forecaster that throws has failed at this origin, and at no other. */
async function attemptOf(forecast: () => Attempt | Promise<Attempt>): Promise<Attempt> {
  try {
    return await forecast();
  } catch (error) {
    return {
      kind: "failed",
      why: `it stopped with: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** Why an attempt cannot be scored; null for one that can. */
function flawOf(attempt: Attempt, slots: number): string | null {
  if (attempt === null) return "the history is too short";
  if (isFailed(attempt)) return attempt.why;
  if (attempt.length !== LEVELS.length) {
    return `${attempt.length} levels were forecast, ${LEVELS.length} were asked for`;
  }
  const wrong = attempt.find((band) => band.length !== slots);
  if (wrong !== undefined) return `${wrong.length} slots were forecast, ${slots} were asked for`;
  const isSound = attempt.every((band) => band.every((value) => Number.isFinite(value) && value >= 0));
  return isSound ? null : "a quantile is negative or not a number";
}

/** One forecaster with its sums. */
class Entrant {
  readonly replaced: ReplacedOrigin[] = [];
  private readonly forecaster: Forecaster;
  private readonly settings: EvaluateOptions;
  private readonly overall = new QuantileLoss(LEVELS);
  private readonly byLead = LEADS_SECONDS.map(() => new QuantileLoss(LEVELS));
  private seconds = 0;
  private fits = 0;

  constructor(forecaster: Forecaster, settings: EvaluateOptions) {
    this.forecaster = forecaster;
    this.settings = settings;
  }

  async forecast(history: History, slots: number): Promise<Attempt> {
    const { seconds, calendar } = this.settings;
    const before = seconds?.() ?? 0;
    const attempt = await attemptOf(() => this.forecaster.quantiles(history, slots, LEVELS, calendar));
    this.seconds += (seconds?.() ?? 0) - before;
    this.fits++;
    return attempt;
  }

  add(actual: Float64Array, quantiles: SlotQuantiles, slotSeconds: number): void {
    for (const [slot, load] of actual.entries()) {
      if (Number.isNaN(load)) continue;
      const at = (l: number): number => (quantiles[l] as Float64Array)[slot] as number;
      const lead = (slot + 1) * slotSeconds;
      const bucket = LEADS_SECONDS.findIndex((end) => lead <= end);
      this.overall.add(load, at);
      if (bucket >= 0) (this.byLead[bucket] as QuantileLoss).add(load, at);
    }
  }

  score(): ForecasterScore {
    return {
      forecaster: this.forecaster.name,
      ...this.overall.score(),
      byLead: this.byLead.map((each) => each.score()),
      replaced: this.replaced,
      secondsPerFit: this.settings.seconds === null || this.fits === 0 ? null : this.seconds / this.fits,
    };
  }
}

/** The whole trace in slots of load per minute. */
function slotsOf({ start, stepSeconds, requests, filled }: EvaluatedTrace, slotSeconds: number): History {
  const values = Array.from(requests, (count, i) =>
    Number.isNaN(count) || isFilled(filled, start + i * stepSeconds)
      ? null
      : (count * MINUTE_SECONDS) / stepSeconds,
  );
  return historyOf({ start, stepSeconds, values }, [], slotSeconds);
}

/** The slots in `[from, to)`, copied: what comes after them is out of reach. */
function pastOf({ start, slotSeconds, ...columns }: History, from: EpochSeconds, to: EpochSeconds): History {
  const first = Math.max(0, Math.round((from - start) / slotSeconds));
  const end = Math.round((to - start) / slotSeconds);
  const minutesPerSlot = slotSeconds / MINUTE_SECONDS;
  return {
    start: start + first * slotSeconds,
    slotSeconds,
    mean: columns.mean.slice(first, end),
    peak: columns.peak.slice(first, end),
    minutes: columns.minutes.slice(first * minutesPerSlot, end * minutesPerSlot),
  };
}

const isFilled = (windows: readonly MaskedWindow[], at: EpochSeconds): boolean =>
  windows.some(({ start, end }) => at >= start && at < end);

function usableOrigins(whole: History, settings: EvaluateOptions): readonly EpochSeconds[] {
  const { origins, horizonSeconds } = settings;
  if (origins === null) return originsOf(whole, settings);
  const end = historyEndOf(whole);
  return origins.filter(
    (origin) =>
      origin > whole.start &&
      origin + horizonSeconds <= end &&
      (origin - whole.start) % whole.slotSeconds === 0,
  );
}

function sayTooShort(name: string, whole: History, { horizonSeconds }: EvaluateOptions): string {
  const days = (historyEndOf(whole) - whole.start) / DAY_SECONDS;
  const needed = 1 + horizonSeconds / DAY_SECONDS;
  return `${name}: got ${days.toFixed(1)} days, of which no origin can be forecast; at least ${needed.toFixed(1)} are needed`;
}

function meanOf(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
