/**
 * EC2-style predictive scaling beside target tracking, re-implemented from the EC2 Auto Scaling User Guide, "Predictive
 * scaling". AWS offers it for EC2 groups and ECS services, not for SageMaker endpoints: here it shows what it would do.
 */
import { DAY_SECONDS, type EpochSeconds, floorTo, HOUR_SECONDS, MINUTE_SECONDS } from "../../core/time.ts";
import type { Peer, PeerAnswer, PeerObservation } from "./peer.ts";

/** Documented: forecasts are made from up to 14 days, need 24 hours, reach 48 hours and are made anew every 6 hours. */
const HISTORY_SECONDS = 14 * DAY_SECONDS;
const LEAST_HISTORY_SECONDS = DAY_SECONDS;
const REFRESH_SECONDS = 6 * HOUR_SECONDS;
const FORECAST_HOURS = 48;

/** Documented defaults. */
export const SCHEDULING_BUFFER_SECONDS = 300;

export interface PredictiveScalingOptions<Inner> {
  /** What scales in, and out beyond the forecast. */
  readonly dynamic: Peer<Inner>;
  /** Load that one unit carries at the target utilisation, in requests per minute. */
  readonly perUnitAtTarget: number;
  readonly min: number;
  readonly max: number;
  readonly schedulingBufferSeconds?: number;
  /** Above the maximum by so many percent (IncreaseMaxCapacity); null honours it (HonorMaxCapacity, the default). */
  readonly maxCapacityBuffer?: number | null;
}

export interface PredictiveScalingState<Inner> {
  readonly dynamic: Inner;
  readonly forecast: HourlyForecast | null;
  /** The last hour for which capacity was raised: once for each. */
  readonly raisedFor: EpochSeconds;
}

export interface HourlyForecast {
  readonly madeAt: EpochSeconds;
  /** The first hour's start. */
  readonly start: EpochSeconds;
  /** Mean requests per minute of each hour; NaN where the history says nothing. */
  readonly hours: readonly number[];
}

export function predictiveScaling<Inner>(
  options: PredictiveScalingOptions<Inner>,
): Peer<PredictiveScalingState<Inner>> {
  const { dynamic, schedulingBufferSeconds = SCHEDULING_BUFFER_SECONDS } = options;
  return {
    name: `predictive-${dynamic.name}`,
    label: `EC2-style predictive + ${dynamic.label}`,
    about: `EC2's predictive scaling over "${dynamic.label}"; AWS does not offer it for SageMaker. Its forecast model is unpublished: the mean of the same hour of the week in the last 14 days stands in for it, or of the same hour of the day.`,
    periodSeconds: MINUTE_SECONDS,
    initial: { dynamic: dynamic.initial, forecast: null, raisedFor: Number.NEGATIVE_INFINITY },
    step: (state, observation, now) => {
      const inner = dynamic.step(state.dynamic, observation, now);
      const forecast = refreshed(state.forecast, observation, now);
      const next = { ...state, dynamic: inner.state, forecast };
      const hour = floorTo(now + schedulingBufferSeconds, HOUR_SECONDS);
      if (forecast === null || hour <= state.raisedFor || observation.locked)
        return { ...inner, state: next };
      return raise(
        options,
        { ...inner, state: { ...next, raisedFor: hour } },
        observation,
        capacityFor(options, forecast, hour),
      );
    },
  };
}

/** Predictive scaling never scales in: the larger of the two wins. */
function raise<Inner>(
  { max, maxCapacityBuffer = null }: PredictiveScalingOptions<Inner>,
  answer: PeerAnswer<PredictiveScalingState<Inner>>,
  { desired }: PeerObservation,
  forecast: number,
): PeerAnswer<PredictiveScalingState<Inner>> {
  const to = Math.min(forecast, effectiveMaximum(forecast, max, maxCapacityBuffer));
  if (to <= Math.max(desired, answer.desired)) return answer;
  return { ...answer, desired: to, reason: `Scale out ${desired} → ${to}: the hour's forecast` };
}

/** Documented example: forecast 50, maximum 40, buffer 10 → 55. */
export function effectiveMaximum(forecast: number, max: number, buffer: number | null): number {
  return buffer === null ? max : Math.max(max, Math.ceil((forecast * (100 + buffer)) / 100));
}

function capacityFor<Inner>(
  { perUnitAtTarget, min }: PredictiveScalingOptions<Inner>,
  { start, hours }: HourlyForecast,
  hour: EpochSeconds,
): number {
  const load = hours[(hour - start) / HOUR_SECONDS] ?? Number.NaN;
  return Number.isNaN(load) ? min : Math.max(min, Math.ceil(load / perUnitAtTarget));
}

function refreshed(
  forecast: HourlyForecast | null,
  { load, end }: PeerObservation,
  now: EpochSeconds,
): HourlyForecast | null {
  if (forecast !== null && now - forecast.madeAt < REFRESH_SECONDS) return forecast;
  return end - load.start < LEAST_HISTORY_SECONDS ? forecast : forecastHours(load, now);
}

/** The stand-in for AWS's unpublished model. */
export function forecastHours(load: PeerObservation["load"], now: EpochSeconds): HourlyForecast {
  const start = floorTo(now, HOUR_SECONDS);
  const known = hourlyMeans(load, start);
  const meanBack = (hour: EpochSeconds, season: number): number => {
    let sum = 0;
    let count = 0;
    for (let at = hour - season; at >= start - HISTORY_SECONDS; at -= season) {
      const mean = known.get(at);
      if (mean === undefined) continue;
      sum += mean;
      count++;
    }
    return count === 0 ? Number.NaN : sum / count;
  };
  const hours = Array.from({ length: FORECAST_HOURS }, (_, i) => {
    const weekly = meanBack(start + i * HOUR_SECONDS, 7 * DAY_SECONDS);
    return Number.isNaN(weekly) ? meanBack(start + i * HOUR_SECONDS, DAY_SECONDS) : weekly;
  });
  return { madeAt: now, start, hours };
}

/** Mean requests per minute by the start of the hour, of whole hours before `until` of which something is known. */
function hourlyMeans(
  { start, perMinute }: PeerObservation["load"],
  until: EpochSeconds,
): ReadonlyMap<number, number> {
  const sums = new Map<number, { sum: number; count: number }>();
  const first = Math.max(0, Math.floor((until - HISTORY_SECONDS - start) / MINUTE_SECONDS));
  for (let minute = first; minute < perMinute.length; minute++) {
    const value = perMinute[minute] as number;
    const hour = floorTo(start + minute * MINUTE_SECONDS, HOUR_SECONDS);
    if (Number.isNaN(value) || hour >= until) continue;
    const entry = sums.get(hour) ?? { sum: 0, count: 0 };
    entry.sum += value;
    entry.count++;
    sums.set(hour, entry);
  }
  return new Map([...sums].map(([hour, { sum, count }]) => [hour, sum / count]));
}
