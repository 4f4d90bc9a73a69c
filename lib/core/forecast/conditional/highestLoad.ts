/** The distribution of the highest load of the next minutes, given the stored forecast and the last hour. */
import { interpolate } from "../../quantile.ts";
import { DAY_SECONDS, type EpochSeconds, floorTo, HOUR_SECONDS, MINUTE_SECONDS } from "../../time.ts";
import type { ErrorTable, ForecastView } from "../forecast.ts";
import type { Moment } from "./moment.ts";
import { newLevelOf } from "./newLevel.ts";
import {
  dot,
  HEIGHT_TERM,
  LEAST_SPREAD,
  pathRatio,
  RESPONSE_TERMS,
  responseTerms,
  SPREAD_TERMS,
  spreadTerms,
} from "./terms.ts";

export type Path = Pick<ForecastView, "start" | "slotSeconds" | "median" | "minuteOfHour">;

/** The forecast load of the minute that begins at `minute`; NaN outside the view. */
export function pathOfMinute(
  { start, slotSeconds, median, minuteOfHour }: Path,
  minute: EpochSeconds,
): number {
  const slot = Math.floor((minute - start) / slotSeconds);
  return (median[slot] ?? Number.NaN) * (minuteOfHour[ofHourAt(minute)] ?? 1);
}

function ofHourAt(minute: EpochSeconds): number {
  return Math.floor((((minute % HOUR_SECONDS) + HOUR_SECONDS) % HOUR_SECONDS) / MINUTE_SECONDS);
}

/** `(from, to]`. */
export interface Stretch {
  readonly from: EpochSeconds;
  readonly to: EpochSeconds;
}

/** Root of the highest minute of the path in a stretch; NaN when the view knows none of them. */
export function highestPathRoot(path: Path, { from, to }: Stretch): number {
  const { start, slotSeconds, median, minuteOfHour } = path;
  const first = floorTo(from, MINUTE_SECONDS);
  let ofHour = ofHourAt(first);
  let highest = Number.NaN;
  for (let minute = first; minute < to; minute += MINUTE_SECONDS) {
    const load =
      (median[Math.floor((minute - start) / slotSeconds)] ?? Number.NaN) * (minuteOfHour[ofHour] ?? 1);
    if (!Number.isNaN(load) && !(load <= highest)) highest = load;
    ofHour = ofHour === 59 ? 0 : ofHour + 1;
  }
  return Math.sqrt(highest);
}

/** The usual size of the error at an instant, from equal parts of the UTC day. */
export function sizeAt(ofDay: readonly number[], at: EpochSeconds): number {
  const intoDay = ((at % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
  return ofDay[Math.floor((intoDay / DAY_SECONDS) * ofDay.length)] as number;
}

/** The last hour, and when its readings end. */
export interface Seen extends Moment {
  readonly at: EpochSeconds;
}

/**
 * The load that every minute of `stretch` stays under with probability `level`, as far as `seen` can tell. Errors are those
 * of the horizon from the end of the readings to the end of the stretch; between stored horizons they are interpolated.
 * Never negative; NaN when the view does not reach into the stretch.
 */
export function highestLoad(
  view: Path & Pick<ForecastView, "errors">,
  seen: Seen,
  stretch: Stretch,
  level: number,
): number {
  const { errors } = view;
  const pathRoot = highestPathRoot(view, stretch);
  const [low, high, share] = neighbours(errors.horizonsSeconds, stretch.to - seen.at);
  const below = correctionAt(errors, low, seen, pathRoot, level);
  const correction =
    low === high ? below : (1 - share) * below + share * correctionAt(errors, high, seen, pathRoot, level);
  const root = pathRoot + correction;
  return root < 0 ? 0 : root * root;
}

const terms = new Float64Array(RESPONSE_TERMS + SPREAD_TERMS);

/**
 * What is added to the path's root at one stored horizon: what of the last hour carries over and the error; both as of the
 * new level, as far as that is one (`newLevel.ts`).
 */
function correctionAt(
  { response, spread, size, quantiles, levels }: ErrorTable,
  h: number,
  seen: Seen,
  pathRoot: number,
  level: number,
): number {
  responseTerms(seen, pathRoot, terms, 0);
  spreadTerms(seen, pathRoot, sizeAt(size[h] as readonly number[], seen.at), terms, RESPONSE_TERMS);
  const width = widthOf(spread[h] as readonly number[]);
  const errors = quantiles[h] as readonly number[];
  // The load that may be a new level must not widen what it is held against.
  terms[RESPONSE_TERMS + HEIGHT_TERM] = pathRoot;
  const largest = (errors.at(-1) as number) * widthOf(spread[h] as readonly number[]);
  const { belief, deviation, widening } = newLevelOf(seen, pathRatio(seen, pathRoot), largest);
  const measured = dot(response[h] as readonly number[], terms, 0);
  const error = interpolate(levels, errors, level) * width;
  return measured + belief * Math.max(0, deviation - measured) + error * (1 + belief * widening);
}

function widthOf(spread: readonly number[]): number {
  return Math.max(LEAST_SPREAD, dot(spread, terms, RESPONSE_TERMS));
}

/** The stored horizons around one, and how far it is between them. */
function neighbours(horizons: readonly number[], seconds: number): readonly [number, number, number] {
  const last = horizons.length - 1;
  if (seconds <= (horizons[0] as number)) return [0, 0, 0];
  if (seconds >= (horizons[last] as number)) return [last, last, 0];
  const high = horizons.findIndex((each) => each >= seconds);
  const from = horizons[high - 1] as number;
  return [high - 1, high, (seconds - from) / ((horizons[high] as number) - from)];
}
