/**
 * Crane's EffectiveHPA: an HPA with one more metric, the highest load that is expected in its window, re-implemented from
 * gocrane/crane pkg/controller/ehpa and pkg/prediction.
 */
import { DAY_SECONDS, type EpochSeconds, MINUTE_SECONDS } from "../../core/time.ts";
import { decayingPercentile, PERCENTILE_DEFAULTS } from "./crane/decayingHistogram.ts";
import { dspForecast, highestBetween, type PeriodicForecast } from "./crane/dspForecast.ts";
import {
  type HpaState,
  logOf,
  normalized,
  proposalFor,
  rateOf,
  SYNC_SECONDS,
} from "./horizontalPodAutoscaler.ts";
import { averageValueReplicas } from "./hpa/metricReplicas.ts";
import { REPLICA_DEFAULTS, type Tolerances } from "./hpa/podReplicas.ts";
import { largestProposal } from "./hpa/proposals.ts";
import type { Peer, PeerObservation } from "./peer.ts";

const REFRESH_SECONDS = 12 * 3600;
const HISTORY_SECONDS = 15 * DAY_SECONDS;
const PERCENTILE_HISTORY_SECONDS = 7 * DAY_SECONDS;

/** Means of so many minutes are forecast. */
const STEP_MINUTES = 10;

export type CraneForecast =
  | { readonly kind: "periodic"; readonly forecast: PeriodicForecast }
  /** Requests a minute, whatever the time. */
  | { readonly kind: "level"; readonly perMinute: number }
  | { readonly kind: "none" };

export interface CraneOptions {
  /** Requests a second for each pod. */
  readonly targetPerUnit: number;
  readonly min: number;
  readonly max: number;
  readonly forecaster: "dsp" | "percentile";
  /** At least 600 s; 3600 s is common. */
  readonly windowSeconds: number;
  readonly tolerance?: Tolerances;
  readonly downscaleStabilizationSeconds?: number;
  /** Forecasts by when they were made: the load is the same in every run over the same requests. */
  readonly forecasts?: Map<EpochSeconds, CraneForecast>;
}

export interface CraneState {
  readonly hpa: HpaState;
  readonly forecast: CraneForecast;
  readonly madeAt: EpochSeconds;
}

export function crane(options: CraneOptions): Peer<CraneState> {
  const { targetPerUnit, windowSeconds, tolerance = REPLICA_DEFAULTS.tolerance } = options;
  return {
    name: "crane-ehpa",
    label: "Crane EffectiveHPA",
    about:
      "Crane's EffectiveHPA: the HPA's rules every 15 s over requests a second for each pod and over the highest load that is expected in the next hour (DSP forecast, remade every 12 h from up to 15 days). It forecasts means of ten minutes instead of minutes. Where no daily or weekly period is found it is the HPA.",
    periodSeconds: SYNC_SECONDS,
    initial: {
      hpa: { log: null, events: { up: [], down: [] } },
      forecast: { kind: "none" },
      madeAt: Number.NEGATIVE_INFINITY,
    },
    step: (before, observation, now) => {
      const { desired, ready, starting } = observation;
      const seen = { ...before, hpa: { ...before.hpa, log: logOf(before.hpa, desired, now) } };
      const state = now - before.madeAt < REFRESH_SECONDS ? seen : refreshed(seen, options, observation, now);
      const proposals = [proposalFor(options, ready, starting.length, rateOf(observation), now)];
      const expected = expectedPerMinute(state.forecast, now, windowSeconds);
      if (expected !== null) {
        const perSecond = expected / MINUTE_SECONDS;
        const replicas = averageValueReplicas(desired, perSecond, targetPerUnit, tolerance);
        proposals.push({ kind: "replicas", replicas });
      }
      const { replicas, error } = largestProposal(desired, proposals);
      if (replicas === null) return { desired, state, reason: `Keep ${desired}: ${error}` };
      const answer = normalized(state.hpa, options, desired, replicas, now);
      return { ...answer, state: { ...state, hpa: answer.state } };
    },
  };
}

function refreshed(
  state: CraneState,
  { forecasts, forecaster, targetPerUnit }: CraneOptions,
  { load, end }: PeerObservation,
  now: EpochSeconds,
): CraneState {
  const forecast =
    forecasts?.get(now) ?? (forecaster === "dsp" ? periodic(load, end) : level(load, targetPerUnit));
  forecasts?.set(now, forecast);
  return { ...state, forecast, madeAt: now };
}

function periodic(load: PeerObservation["load"], end: EpochSeconds): CraneForecast {
  const step = STEP_MINUTES * MINUTE_SECONDS;
  const history = tenMinuteMeans(load.perMinute.subarray(-HISTORY_SECONDS / MINUTE_SECONDS));
  const forecast = dspForecast(history, step, end, 1);
  return forecast === null ? { kind: "none" } : { kind: "periodic", forecast };
}

function level({ perMinute }: PeerObservation["load"], targetPerUnit: number): CraneForecast {
  const values = perMinute.subarray(-PERCENTILE_HISTORY_SECONDS / MINUTE_SECONDS);
  // A tenth of what a pod carries is fine enough to tell replicas apart.
  const options = { ...PERCENTILE_DEFAULTS, bucketSize: (targetPerUnit * MINUTE_SECONDS) / 10 };
  const expected = decayingPercentile(values, MINUTE_SECONDS, options);
  return Number.isNaN(expected) ? { kind: "none" } : { kind: "level", perMinute: expected };
}

/** Whole means, counted back from the end; NaN where no minute is known. */
function tenMinuteMeans(perMinute: Float64Array): Float64Array {
  const count = Math.floor(perMinute.length / STEP_MINUTES);
  const first = perMinute.length - count * STEP_MINUTES;
  return Float64Array.from({ length: count }, (_, i) => {
    const from = first + i * STEP_MINUTES;
    const known = perMinute.subarray(from, from + STEP_MINUTES).filter((value) => !Number.isNaN(value));
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}

function expectedPerMinute(forecast: CraneForecast, now: EpochSeconds, windowSeconds: number): number | null {
  if (forecast.kind === "none") return null;
  if (forecast.kind === "level") return forecast.perMinute;
  return highestBetween(forecast.forecast, now, now + windowSeconds);
}
