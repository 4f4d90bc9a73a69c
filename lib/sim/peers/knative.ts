/** The Knative Pod Autoscaler on concurrency, re-implemented from knative/serving pkg/autoscaler. */
import {
  createDecider,
  DECIDER_DEFAULTS,
  type DeciderSpec,
  type DeciderState,
  decideScale,
} from "./knative/decider.ts";
import { metricTarget, TARGET_DEFAULTS } from "./knative/target.ts";
import type { Peer, PeerObservation } from "./peer.ts";
import { meanOfLast } from "./stepMeans.ts";

/** pkg/autoscaler/scaling/multiscaler.go. */
export const TICK_SECONDS = 2;

export interface KnativeOptions
  extends Partial<
    Pick<DeciderSpec, "maxScaleUpRate" | "maxScaleDownRate" | "panicThreshold" | "stableWindowSeconds">
  > {
  /** Requests in service and waiting that one pod carries. */
  readonly unitConcurrency: number;
  /** Share of it that a pod is meant to carry: 0.7 as shipped. */
  readonly utilization: number;
  /** Share of the stable window, 0.1 as shipped. */
  readonly panicWindowShare?: number;
  readonly min: number;
  readonly max: number;
  /** The largest decision of this time counts; 0 as shipped. */
  readonly scaleDownDelaySeconds?: number;
}

export interface KnativeState {
  readonly decider: DeciderState | null;
  /** Of the readings that the means were taken of. */
  readonly steps: number;
  readonly stable: number;
  readonly panic: number;
}

export function knative(options: KnativeOptions): Peer<KnativeState> {
  const { unitConcurrency, utilization, panicWindowShare = 0.1, min, max } = options;
  // A load test's concurrency, as an annotation: it may be less than one request.
  const { total, target } = metricTarget({ ...TARGET_DEFAULTS, annotation: unitConcurrency, utilization });
  const spec: DeciderSpec = {
    ...DECIDER_DEFAULTS,
    ...options,
    totalValue: total,
    targetValue: target,
    scaleDownDelayTicks: Math.ceil((options.scaleDownDelaySeconds ?? 0) / TICK_SECONDS),
  };
  const panicSeconds = Math.max(1, Math.round(spec.stableWindowSeconds * panicWindowShare));
  const initial: KnativeState = { decider: null, steps: 0, stable: Number.NaN, panic: Number.NaN };
  return {
    name: "knative",
    label: "Knative KPA",
    about:
      "The Knative Pod Autoscaler on concurrency, every 2 s, with stable and panic window. Readings are means of ten seconds, so that the one-second buckets of a window hold them and a panic window of less than that is the newest reading. All pods are scraped; requests do not go through an activator. The initial scale is what there is.",
    periodSeconds: TICK_SECONDS,
    initial,
    step: (before, observation, now) => {
      const { desired, ready } = observation;
      const state = withMeans(before, observation, spec.stableWindowSeconds, panicSeconds);
      const decider = state.decider ?? createDecider(ready, now);
      const input = { readyPods: ready, stableValue: known(state.stable), panicValue: known(state.panic) };
      const result = decideScale(input, spec, decider, now);
      const next = { ...state, decider: result.state };
      if (result.kind === "invalid") return { desired, state: next, reason: "no data" };
      const wanted = Math.min(max, Math.max(min, result.desiredPods));
      const mood = result.state.panicAt === null ? "stable" : "panic";
      return { desired: wanted, state: next, reason: mood };
    },
  };
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** The means change only with the readings, four times in five they are those of the tick before. */
function withMeans(
  state: KnativeState,
  { steps }: PeerObservation,
  stableSeconds: number,
  panicSeconds: number,
): KnativeState {
  const count = steps.concurrency.length;
  if (count === state.steps) return state;
  const mean = (seconds: number): number =>
    meanOfLast(steps.concurrency, Math.max(1, Math.round(seconds / steps.stepSeconds)));
  return { ...state, steps: count, stable: mean(stableSeconds), panic: mean(panicSeconds) };
}
