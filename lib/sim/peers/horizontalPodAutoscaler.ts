/**
 * The Kubernetes HorizontalPodAutoscaler (autoscaling/v2) on requests a second for each pod, re-implemented from
 * kubernetes/kubernetes pkg/controller/podautoscaler (horizontal.go, replica_calculator.go).
 */
import type { EpochSeconds } from "../../core/time.ts";
import { type Behavior, normalizeWithBehavior, type ScaleEvents, withEvent } from "./hpa/behavior.ts";
import {
  type Pod,
  type Proposal,
  podReplicas,
  REPLICA_DEFAULTS,
  type Tolerances,
} from "./hpa/podReplicas.ts";
import type { Recommendation } from "./hpa/recommendations.ts";
import { DOWNSCALE_STABILIZATION_SECONDS, stabilize } from "./hpa/stabilize.ts";
import type { Peer, PeerAnswer, PeerObservation } from "./peer.ts";
import { meanOfLast } from "./stepMeans.ts";

/** Flag --horizontal-pod-autoscaler-sync-period. */
export const SYNC_SECONDS = 15;

/** The rate is taken over a minute, as is usual with a scrape every 15 s. */
const RATE_SECONDS = 60;

export interface HpaOptions {
  /** Requests a second for each pod. */
  readonly targetPerUnit: number;
  readonly min: number;
  readonly max: number;
  readonly tolerance?: Tolerances;
  readonly downscaleStabilizationSeconds?: number;
  /** Null: the user gave no behavior block, and its defaults do not apply either. */
  readonly behavior?: Behavior | null;
}

export interface HpaState {
  /** Null before it has looked for the first time. */
  readonly log: readonly Recommendation[] | null;
  readonly events: ScaleEvents;
}

const INITIAL: HpaState = { log: null, events: { up: [], down: [] } };

export function horizontalPodAutoscaler(options: HpaOptions): Peer<HpaState> {
  const withBehavior = (options.behavior ?? null) !== null;
  return {
    name: withBehavior ? "hpa-behavior" : "hpa",
    label: withBehavior ? "Kubernetes HPA with a behavior block" : "Kubernetes HPA",
    about:
      "The Kubernetes HorizontalPodAutoscaler on a Pods metric, requests a second averaged over a minute, every 15 s. All serving pods are taken to have the same rate; units that start are Pending pods.",
    periodSeconds: SYNC_SECONDS,
    initial: INITIAL,
    step: (before, observation, now) => {
      const answer = reconciled(before, options, observation, now);
      // What is not taken leaves no event behind.
      return observation.locked ? { ...answer, state: { ...answer.state, events: before.events } } : answer;
    },
  };
}

function reconciled(
  before: HpaState,
  options: HpaOptions,
  observation: PeerObservation,
  now: EpochSeconds,
): PeerAnswer<HpaState> {
  const { desired, ready, starting } = observation;
  const { min, max } = options;
  const state = { ...before, log: logOf(before, desired, now) };
  if (desired === 0 && min !== 0) return keep(state, desired, "autoscaling is disabled at 0 replicas");
  if (desired > max || desired < min)
    return set(state, options, desired, Math.max(min, Math.min(max, desired)), now);
  const proposal = proposalFor(options, ready, starting.length, rateOf(observation), now);
  if (proposal.kind === "error") return keep(state, desired, proposal.why);
  return normalized(state, options, desired, proposal.replicas, now);
}

/** What there is when it first looks is its first recommendation, whether or not there is a metric. */
export const logOf = ({ log }: HpaState, current: number, now: EpochSeconds): readonly Recommendation[] =>
  log ?? [{ replicas: current, at: now }];

/** Requests a second of all pods together; NaN where a step is missing or none is published. */
export const rateOf = ({ steps }: PeerObservation): number =>
  meanOfLast(steps.arrivals, RATE_SECONDS / steps.stepSeconds) / steps.stepSeconds;

/** What the metric asks for: pods that serve have the same sample, those that start are Pending. In thousandths. */
export function proposalFor(
  { targetPerUnit, tolerance = REPLICA_DEFAULTS.tolerance }: Pick<HpaOptions, "targetPerUnit" | "tolerance">,
  ready: number,
  starting: number,
  rate: number,
  now: EpochSeconds,
): Proposal {
  const sample = Number.isNaN(rate) ? null : { value: Math.round((1000 * rate) / ready) };
  const serving: Pod = { phase: "Running", sample };
  const pending: Pod = { phase: "Pending", sample: null };
  const pods = [...new Array<Pod>(ready).fill(serving), ...new Array<Pod>(starting).fill(pending)];
  const target = { kind: "pods average", average: Math.round(1000 * targetPerUnit) } as const;
  return podReplicas(ready + starting, pods, target, now, { ...REPLICA_DEFAULTS, tolerance });
}

/** Stabilizes and limits a proposal, and remembers both it and the change. */
export function normalized(
  state: HpaState,
  options: Pick<HpaOptions, "min" | "max" | "behavior" | "downscaleStabilizationSeconds">,
  current: number,
  proposed: number,
  now: EpochSeconds,
): PeerAnswer<HpaState> {
  const { behavior = null, downscaleStabilizationSeconds = DOWNSCALE_STABILIZATION_SECONDS } = options;
  const log = logOf(state, current, now);
  const { replicas, log: next } =
    behavior === null
      ? stabilize(current, proposed, log, options, now, downscaleStabilizationSeconds)
      : normalizeWithBehavior(current, proposed, log, state.events, behavior, options, now);
  return set({ ...state, log: next }, options, current, replicas, now);
}

function set(
  state: HpaState,
  { behavior = null }: Pick<HpaOptions, "behavior">,
  current: number,
  replicas: number,
  now: EpochSeconds,
): PeerAnswer<HpaState> {
  if (replicas === current) return keep(state, current, "the proposal is what there is");
  const events = behavior === null ? state.events : withEvent(state.events, current, replicas, behavior, now);
  return { desired: replicas, state: { ...state, events }, reason: `Scale ${current} → ${replicas}` };
}

const keep = (state: HpaState, desired: number, why: string): PeerAnswer<HpaState> => ({
  desired,
  state,
  reason: `Keep ${desired}: ${why}`,
});
