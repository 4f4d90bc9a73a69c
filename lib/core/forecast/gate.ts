/**
 * The accuracy gate: each decision scores the forecast of the slots that have passed since the last one, and a forecast
 * that does clearly worse than the same time last week, or misses its quantile too often, is not used until it has done
 * well again. Silence never accuses: without evidence the forecast is in use.
 */
import { type EpochSeconds, floorTo, HOUR_SECONDS, MINUTE_SECONDS } from "../time.ts";
import { FORECAST_SLOT_SECONDS, type ForecastView } from "./forecast.ts";
import { type Recent, type SlotScore, scoreSlot } from "./gateScore.ts";
import { significant } from "./packValues.ts";

/** `watch`: worse than it should be, still in use. `bad`: not used. */
export type GateState = "good" | "watch" | "bad";

/** What the gate remembers: sums over scored minutes that fade with time. Losses are sums over minutes of load. */
export interface Gate extends Recent {
  readonly state: GateState;
  readonly since: EpochSeconds;
  /** Since when nothing speaks against the forecast; null while something does, or nothing is known. */
  readonly clearSince: EpochSeconds | null;
  /** Slots before this were scored or passed over. */
  readonly scoredUntil: EpochSeconds;
  readonly minutes: number;
  readonly loss: number;
  readonly naiveLoss: number;
  readonly covered: number;
}

/** A stretch of load of which the mean is known; null where it is missing or says nothing. */
export type MeanLoad = (from: EpochSeconds, to: EpochSeconds) => number | null;

export interface Evidence {
  readonly forecast: ForecastView | null;
  /** End of the newest minute that is complete. */
  readonly end: EpochSeconds;
  readonly load: MeanLoad;
  readonly quantile: number;
  /** Load below which nothing is worth a unit; a slot that neither has nor expects more says nothing. */
  readonly idleBelow: number;
}

/**
 * Long enough to span a ramp and its plateau, so that one surprise in an honest forecast is outweighed; short enough for
 * a wrong one to be off within hours (test/core/forecast/gate.test.ts). Over 23 real traces, with a forecast of one
 * profile and these bounds, it is off 2.3 % of the time, on half of the traces never; the bounds 1.3 and 0.1 had it off
 * 4 % of the time, and twice as often. Six hours would change little but take longer.
 */
export const HALF_LIFE_SECONDS = 4 * HOUR_SECONDS;

/** While the forecast is off its past counts for less, so that a mended one is back within hours. */
export const HALF_LIFE_WHEN_BAD_SECONDS = HOUR_SECONDS;

/** Errors of neighbouring minutes are alike: less than this, faded, is no ground for a verdict. */
const ENOUGH_MINUTES = 90;
/** The same in slots, where these are long; and fewer misses than this say nothing of the coverage. */
const ENOUGH_SLOTS = 3;
/** With less than this left, an old verdict has no ground any more. */
const FORGOTTEN_MINUTES = 15;

/** Worse than this is bad; what lies between the two is watched. */
const BAD = { ratio: 1.5, coverageGap: 0.2 };
const CLEAR = { ratio: 1.1, coverageGap: 0.05 };
/** Nothing must speak against the forecast for so long before it counts as good again. */
export const CLEAR_FOR_SECONDS = HOUR_SECONDS;

const LEVEL_HALF_LIFE_SECONDS = 10 * MINUTE_SECONDS;

/** Readings reach an hour back; what lies further was lost. */
const REACH_SECONDS = HOUR_SECONDS;

/** The gate after the slots that have passed; null as long as nothing was ever scored. The same where none has passed. */
export function gateAfter(before: Gate | null, evidence: Evidence): Gate | null {
  const { forecast, end } = evidence;
  const slotSeconds = forecast?.slotSeconds ?? FORECAST_SLOT_SECONDS;
  const slotMinutes = slotSeconds / MINUTE_SECONDS;
  const until = floorTo(end, slotSeconds);
  // After a clock that ran far ahead, what was remembered is not waited for.
  const known = before !== null && before.scoredUntil - until > REACH_SECONDS ? null : before;
  if (known !== null && until <= known.scoredUntil) return known;
  let gate = known;
  const first = Math.max(gate?.scoredUntil ?? 0, until - Math.max(REACH_SECONDS, slotSeconds));
  for (let start = Math.ceil(first / slotSeconds) * slotSeconds; start < until; start += slotSeconds) {
    gate = afterSlot(gate, evidence, start, start + slotSeconds);
  }
  return gate === null
    ? null
    : judged({ ...gate, scoredUntil: until }, { quantile: evidence.quantile, slotMinutes });
}

/** Loss in units of that of the same time last week; null before anything was scored. */
export function lossRatioOf({ loss, naiveLoss }: Gate): number | null {
  return naiveLoss > 0 ? loss / naiveLoss : null;
}

/** Share of minutes under the quantile; null before anything was scored. */
export function coverageOf({ covered, minutes }: Gate): number | null {
  return minutes > 0 ? Math.min(1, covered / minutes) : null;
}

const NOTHING_RECENT: Recent = { recentLoad: 0, recentMedian: 0 };

function afterSlot(
  gate: Gate | null,
  { forecast, load, quantile, idleBelow }: Evidence,
  start: EpochSeconds,
  end: EpochSeconds,
): Gate | null {
  const faded = gate === null ? null : fade(gate, end);
  const mean = forecast === null ? null : load(start, end);
  const recent = faded ?? NOTHING_RECENT;
  const score =
    forecast === null || mean === null ? null : scoreSlot(forecast, start, mean, quantile, recent);
  if (score === null || mean === null || Math.max(mean, score.median) < idleBelow) return faded;
  return add(faded ?? emptyGate(end), score, mean, (end - start) / MINUTE_SECONDS);
}

function emptyGate(at: EpochSeconds): Gate {
  return {
    state: "good",
    since: at,
    clearSince: null,
    scoredUntil: at,
    minutes: 0,
    loss: 0,
    naiveLoss: 0,
    covered: 0,
    recentLoad: 0,
    recentMedian: 0,
  };
}

/** The sums as they count at `at`. */
function fade(gate: Gate, at: EpochSeconds): Gate {
  const seconds = at - gate.scoredUntil;
  const half = gate.state === "bad" ? HALF_LIFE_WHEN_BAD_SECONDS : HALF_LIFE_SECONDS;
  const keep = 2 ** (-seconds / half);
  const keepLevel = 2 ** (-seconds / LEVEL_HALF_LIFE_SECONDS);
  return {
    ...gate,
    scoredUntil: at,
    minutes: gate.minutes * keep,
    loss: gate.loss * keep,
    naiveLoss: gate.naiveLoss * keep,
    covered: gate.covered * keep,
    recentLoad: gate.recentLoad * keepLevel,
    recentMedian: gate.recentMedian * keepLevel,
  };
}

function add(
  gate: Gate,
  { loss, naiveLoss, isCovered, median }: SlotScore,
  load: number,
  minutes: number,
): Gate {
  return {
    ...gate,
    minutes: gate.minutes + minutes,
    loss: gate.loss + minutes * loss,
    naiveLoss: gate.naiveLoss + minutes * naiveLoss,
    covered: gate.covered + (isCovered ? minutes : 0),
    recentLoad: gate.recentLoad + minutes * load,
    recentMedian: gate.recentMedian + minutes * median,
  };
}

/** What a verdict is measured by. */
interface Measure {
  readonly quantile: number;
  readonly slotMinutes: number;
}

/** The verdict over the sums, which are rounded so that a record stays short. */
function judged(gate: Gate, measure: Measure): Gate {
  const at = gate.scoredUntil;
  const clearSince = isClear(gate, measure) ? (gate.clearSince ?? at) : null;
  const state = stateAfter({ ...gate, clearSince }, measure);
  return {
    ...gate,
    state,
    since: state === gate.state ? gate.since : at,
    clearSince,
    minutes: significant(gate.minutes),
    loss: significant(gate.loss),
    naiveLoss: significant(gate.naiveLoss),
    covered: significant(gate.covered),
    recentLoad: significant(gate.recentLoad),
    recentMedian: significant(gate.recentMedian),
  };
}

function stateAfter(gate: Gate, measure: Measure): GateState {
  const { state, minutes, clearSince, scoredUntil } = gate;
  if (state === "bad" && minutes < FORGOTTEN_MINUTES) return "watch";
  const isBack = clearSince !== null && scoredUntil - clearSince >= CLEAR_FOR_SECONDS;
  if (isBack) return "good";
  const isEnough = minutes >= Math.max(ENOUGH_MINUTES, ENOUGH_SLOTS * measure.slotMinutes);
  if (state === "bad" || (isEnough && isWorse(gate, BAD, measure))) return "bad";
  return state === "good" && (clearSince !== null || !isEnough) ? "good" : "watch";
}

function isClear(gate: Gate, measure: Measure): boolean {
  return gate.minutes >= FORGOTTEN_MINUTES && !isWorse(gate, CLEAR, measure);
}

function isWorse(
  { loss, naiveLoss, covered, minutes }: Gate,
  { ratio, coverageGap }: typeof BAD,
  { quantile, slotMinutes }: Measure,
): boolean {
  const allowed = Math.max((1 - quantile + coverageGap) * minutes, ENOUGH_SLOTS * slotMinutes);
  return loss > ratio * naiveLoss || minutes - covered > allowed;
}
