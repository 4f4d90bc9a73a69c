/**
 * How many replicas the Kubernetes HPA proposes from the metrics of pods, re-implemented from kubernetes/kubernetes
 * pkg/controller/podautoscaler/replica_calculator.go and metrics/utilization.go. Quantities are whole thousandths, as there.
 */
import type { EpochSeconds } from "../../../core/time.ts";

export interface PodReadiness {
  readonly ready: boolean;
  /** When that last changed. */
  readonly since: EpochSeconds;
}

export interface Pod {
  readonly phase: "Pending" | "Running" | "Succeeded" | "Failed";
  readonly deleted?: boolean;
  readonly startTime?: EpochSeconds | null;
  /** The Ready condition; null where the pod has none. */
  readonly readiness?: PodReadiness | null;
  /** In thousandths, with the time and the window that it was measured over; null is no sample. */
  readonly sample: {
    readonly value: number;
    readonly at?: EpochSeconds;
    readonly windowSeconds?: number;
  } | null;
  /** In thousandths, for a utilization; null is none. */
  readonly request?: number | null;
}

/** What the metric is compared with. */
export type PodTarget =
  /** Resource: the mean utilization in percent of the requests. */
  | { readonly kind: "utilization"; readonly percent: number; readonly isCpu: boolean }
  /** Resource: the mean of a raw value. */
  | { readonly kind: "resource average"; readonly average: number; readonly isCpu: boolean }
  /** Pods: the mean of a metric of their own. */
  | { readonly kind: "pods average"; readonly average: number };

export interface Tolerances {
  readonly up: number;
  readonly down: number;
}

export interface ReplicaOptions {
  readonly tolerance: Tolerances;
  readonly cpuInitializationSeconds: number;
  readonly initialReadinessDelaySeconds: number;
}

/** Defaults of the controller manager. */
export const REPLICA_DEFAULTS: ReplicaOptions = {
  tolerance: { up: 0.1, down: 0.1 },
  cpuInitializationSeconds: 300,
  initialReadinessDelaySeconds: 30,
};

export type Proposal =
  | { readonly kind: "replicas"; readonly replicas: number }
  | { readonly kind: "error"; readonly why: string };

/**
 * The replicas that one per-pod metric asks for, from `current` and its pods. What is not known of a pod is counted against
 * the direction of the change, so that it can shrink a change but never turn it round.
 */
export function podReplicas(
  current: number,
  pods: readonly Pod[],
  target: PodTarget,
  now: EpochSeconds,
  options: ReplicaOptions = REPLICA_DEFAULTS,
): Proposal {
  if (target.kind === "utilization") {
    const without = pods.findIndex(({ request }) => request === undefined || request === null);
    if (without !== -1)
      return { kind: "error", why: `pod ${without} has no request, a utilization needs one` };
  }
  const groups = groupPods(pods, target, now, options);
  if (groups.ready.length === 0) return { kind: "error", why: "no ready pod has a sample" };
  const ratio = ratioOf(groups.ready.map(sampleOf), target);
  if (ratio === null)
    return { kind: "error", why: "the requests of the pods with samples add up to nothing" };
  const { missing, unready } = groups;
  if (missing.length === 0 && !(unready.length > 0 && ratio > 1)) {
    const steady = isWithin(ratio, options.tolerance);
    return replicas(steady ? current : Math.ceil(ratio * groups.ready.length));
  }
  return replicas(conservatively(current, groups, ratio, target, options.tolerance));
}

const replicas = (count: number): Proposal => ({ kind: "replicas", replicas: count });

export function isWithin(ratio: number, { up, down }: Tolerances): boolean {
  return 1 - down <= ratio && ratio <= 1 + up;
}

interface Groups {
  readonly ready: readonly Pod[];
  readonly unready: readonly Pod[];
  readonly missing: readonly Pod[];
}

/** Pods that are going away or have ended are in no group. */
export function groupPods(
  pods: readonly Pod[],
  target: PodTarget,
  now: EpochSeconds,
  options: ReplicaOptions,
): Groups {
  const groups = { ready: [] as Pod[], unready: [] as Pod[], missing: [] as Pod[] };
  const isCpu = target.kind !== "pods average" && target.isCpu;
  for (const pod of pods) {
    if (pod.deleted === true || pod.phase === "Failed" || pod.phase === "Succeeded") continue;
    if (pod.phase === "Pending") groups.unready.push(pod);
    else if (pod.sample === null) groups.missing.push(pod);
    else if (isCpu && !countsForCpu(pod, now, options)) groups.unready.push(pod);
    else groups.ready.push(pod);
  }
  return groups;
}

/** CPU of a pod that starts says little: until it was ready for a whole window, or has at least been ready once. */
function countsForCpu(
  { startTime, readiness, sample }: Pod,
  now: EpochSeconds,
  options: ReplicaOptions,
): boolean {
  const start = startTime ?? null;
  const condition = readiness ?? null;
  if (start === null || condition === null) return false;
  if (start + options.cpuInitializationSeconds > now) {
    const from = condition.since + (sample?.windowSeconds ?? 0);
    return condition.ready && (sample?.at ?? now) >= from;
  }
  return condition.ready || start + options.initialReadinessDelaySeconds <= condition.since;
}

interface Measured {
  readonly value: number;
  readonly request: number;
}

const sampleOf = ({ sample, request }: Pod): Measured => ({
  value: sample?.value ?? 0,
  request: request ?? 0,
});

/** Usage over target; null without any request to compare with. In the controller's own order of roundings. */
function ratioOf(measured: readonly Measured[], target: PodTarget): number | null {
  const sum = (pick: (each: Measured) => number): number =>
    measured.reduce((total, each) => total + pick(each), 0);
  const value = sum((each) => each.value);
  if (target.kind !== "utilization") return Math.floor(value / measured.length) / target.average;
  const request = sum((each) => each.request);
  return request === 0 ? null : Math.floor((100 * value) / request) / target.percent;
}

function conservatively(
  current: number,
  { ready, unready, missing }: Groups,
  ratio: number,
  target: PodTarget,
  tolerance: Tolerances,
): number {
  const full = ({ request }: Pod): number =>
    target.kind === "utilization"
      ? Math.floor(((request ?? 0) * Math.max(100, target.percent)) / 100)
      : target.average;
  const assumed = (pod: Pod, value: number): Measured => ({ value, request: pod.request ?? 0 });
  const all = [
    ...ready.map(sampleOf),
    ...missing.map((pod) => assumed(pod, ratio < 1 ? full(pod) : 0)),
    ...(ratio > 1 ? unready.map((pod) => assumed(pod, 0)) : []),
  ];
  const counted = ratio === 1 ? ready.map(sampleOf) : all;
  const again = ratioOf(counted, target) ?? ratio;
  if (isWithin(again, tolerance) || (ratio < 1 && again > 1) || (ratio > 1 && again < 1)) return current;
  const proposed = Math.ceil(again * counted.length);
  const turnsRound = (again < 1 && proposed > current) || (again > 1 && proposed < current);
  return turnsRound ? current : proposed;
}
