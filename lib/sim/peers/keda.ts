/**
 * KEDA: its own step between none and one replica over the HPA that it generates, re-implemented from kedacore/keda
 * (pkg/scaling/executor, controllers/keda/hpa.go) and the HPA of Kubernetes.
 */
import type { EpochSeconds } from "../../core/time.ts";
import { type HpaState, logOf, normalized, rateOf, SYNC_SECONDS } from "./horizontalPodAutoscaler.ts";
import { averageValueReplicas } from "./hpa/metricReplicas.ts";
import { REPLICA_DEFAULTS, type Tolerances } from "./hpa/podReplicas.ts";
import { activation, KEDA_DEFAULTS, type KedaOptions, POLLING_SECONDS } from "./keda/activation.ts";
import type { Peer, PeerAnswer, PeerObservation } from "./peer.ts";

export interface KedaPeerOptions extends Partial<Omit<KedaOptions, "minReplicas">> {
  /** Requests a second for each replica. */
  readonly targetPerUnit: number;
  readonly min: number;
  readonly max: number;
  readonly activationThreshold?: number;
  readonly tolerance?: Tolerances;
  readonly downscaleStabilizationSeconds?: number;
}

export interface KedaState {
  readonly hpa: HpaState;
  readonly createdAt: EpochSeconds | null;
  readonly polledAt: EpochSeconds;
  readonly lastActiveAt: EpochSeconds | null;
}

export function keda(options: KedaPeerOptions): Peer<KedaState> {
  const { activationThreshold = 0 } = options;
  const own: KedaOptions = { ...KEDA_DEFAULTS, ...options, minReplicas: options.min };
  return {
    name: "keda",
    label: "KEDA",
    about:
      "A KEDA ScaledObject on an external metric, requests a second averaged over a minute (AverageValue), polled every 30 s between none and one replica; between one and many the HPA that KEDA generates, every 15 s.",
    periodSeconds: SYNC_SECONDS,
    initial: {
      hpa: { log: null, events: { up: [], down: [] } },
      createdAt: null,
      polledAt: Number.NEGATIVE_INFINITY,
      lastActiveAt: null,
    },
    step: (before, observation, now) => {
      const rate = rateOf(observation);
      const created = before.createdAt ?? now;
      const hpa = { ...before.hpa, log: logOf(before.hpa, observation.desired, now) };
      let state: KedaState = { ...before, hpa, createdAt: created };
      if (now - before.polledAt >= POLLING_SECONDS) {
        const poll = {
          replicas: observation.desired,
          active: rate > activationThreshold,
          failed: Number.isNaN(rate),
          lastActiveAt: before.lastActiveAt,
          createdAt: created,
        };
        const { replicas, lastActiveAt } = activation(poll, own, now);
        state = { ...state, polledAt: now, lastActiveAt };
        if (replicas !== null && replicas !== observation.desired) {
          return { desired: replicas, state, reason: `KEDA sets ${replicas}` };
        }
      }
      return withHpa(state, options, observation, rate, now);
    },
  };
}

/** The generated HPA, which rests while there is no replica. */
function withHpa(
  state: KedaState,
  options: KedaPeerOptions,
  { desired }: PeerObservation,
  rate: number,
  now: EpochSeconds,
): PeerAnswer<KedaState> {
  if (desired === 0 || Number.isNaN(rate)) {
    return { desired, state, reason: `Keep ${desired}: ${desired === 0 ? "at rest" : "no metric"}` };
  }
  const min = Math.max(1, options.min);
  const within = Math.min(options.max, Math.max(min, desired));
  if (within !== desired) return { desired: within, state, reason: "It was outside the bounds" };
  const tolerance = options.tolerance ?? REPLICA_DEFAULTS.tolerance;
  const proposed = averageValueReplicas(desired, rate, options.targetPerUnit, tolerance);
  const answer = normalized(state.hpa, { ...options, min }, desired, proposed, now);
  return { ...answer, state: { ...state, hpa: answer.state } };
}
