/**
 * The Knative Pod Autoscaler's decision in one tick, re-implemented from knative/serving
 * pkg/autoscaler/scaling/autoscaler.go.
 */
import type { EpochSeconds } from "../../../core/time.ts";

export interface DeciderSpec {
  /** What a pod is meant to carry, the utilization applied. */
  readonly targetValue: number;
  /** What a pod carries at most, for the burst capacity. */
  readonly totalValue: number;
  readonly maxScaleUpRate: number;
  readonly maxScaleDownRate: number;
  /** As a multiple: 2 is 200 %. */
  readonly panicThreshold: number;
  readonly stableWindowSeconds: number;
  readonly activationScale: number;
  /** 0 keeps the activator out, −1 always in. */
  readonly targetBurstCapacity: number;
  readonly reachable: boolean;
  /** So many of the newest decisions, this one included, of which the largest counts; 0 is no delay. */
  readonly scaleDownDelayTicks: number;
}

/** config-autoscaler and config-defaults (pkg/autoscaler/config/config.go); concurrency 100 at 70 %. */
export const DECIDER_DEFAULTS: DeciderSpec = {
  targetValue: 70,
  totalValue: 100,
  maxScaleUpRate: 1000,
  maxScaleDownRate: 2,
  panicThreshold: 2,
  stableWindowSeconds: 60,
  activationScale: 1,
  targetBurstCapacity: 211,
  reachable: true,
  scaleDownDelayTicks: 0,
};

export interface DeciderState {
  /** Since when, at the latest, it panics; null when it does not. */
  readonly panicAt: EpochSeconds | null;
  readonly maxPanicPods: number;
  /** The newest decisions, as far as the delay looks back. */
  readonly recent: readonly number[];
}

/** With more than one pod it begins in panic, which holds the count until the stable window is filled. */
export function createDecider(readyPods: number, now: EpochSeconds): DeciderState {
  return { panicAt: readyPods > 1 ? now : null, maxPanicPods: readyPods, recent: [] };
}

export interface DeciderInput {
  readonly readyPods: number;
  /** Means over the stable and the panic window; null without data. */
  readonly stableValue: number | null;
  readonly panicValue: number | null;
}

export type DeciderResult =
  | { readonly kind: "invalid"; readonly state: DeciderState }
  | {
      readonly kind: "decided";
      readonly desiredPods: number;
      readonly excessBurstCapacity: number;
      readonly state: DeciderState;
    };

export function decideScale(
  { readyPods, stableValue, panicValue }: DeciderInput,
  spec: DeciderSpec,
  before: DeciderState,
  now: EpochSeconds,
): DeciderResult {
  if (stableValue === null || panicValue === null) return { kind: "invalid", state: before };
  const ready = Math.max(1, readyPods);
  const most = Math.ceil(spec.maxScaleUpRate * ready);
  const fewest = spec.reachable ? Math.floor(ready / spec.maxScaleDownRate) : 0;
  const stableWish = Math.ceil(stableValue / spec.targetValue);
  const panicWish = Math.ceil(panicValue / spec.targetValue);
  const limited = (wish: number): number => {
    const clamped = Math.min(Math.max(wish, fewest), most);
    return wish > 0 && spec.activationScale > 1 ? Math.max(clamped, spec.activationScale) : clamped;
  };
  const stable = limited(stableWish);
  const panic = limited(panicWish);
  const mood = moodAfter(before, panicWish / ready >= spec.panicThreshold, spec.stableWindowSeconds, now);
  const panics = mood.panicAt !== null;
  const maxPanicPods = panics ? Math.max(mood.maxPanicPods, stable, panic) : mood.maxPanicPods;
  const wanted = panics ? maxPanicPods : stable;
  const { desiredPods, recent } = delayed(wanted, spec, before.recent);
  return {
    kind: "decided",
    desiredPods,
    excessBurstCapacity: excessBurst(spec, readyPods, panicValue),
    state: { panicAt: mood.panicAt, maxPanicPods, recent },
  };
}

type Mood = Pick<DeciderState, "panicAt" | "maxPanicPods">;

/** Panic starts or goes on while it is over the threshold, and ends a stable window after it last was. */
function moodAfter(before: Mood, isOver: boolean, stableWindowSeconds: number, now: EpochSeconds): Mood {
  const { panicAt, maxPanicPods } = before;
  if (isOver) return { panicAt: now, maxPanicPods };
  if (panicAt !== null && panicAt + stableWindowSeconds < now) return { panicAt: null, maxPanicPods: 0 };
  return before;
}

function delayed(
  wanted: number,
  { reachable, scaleDownDelayTicks }: DeciderSpec,
  recent: readonly number[],
): { readonly desiredPods: number; readonly recent: readonly number[] } {
  if (!reachable || scaleDownDelayTicks === 0) return { desiredPods: wanted, recent };
  const next = [...recent, wanted].slice(-scaleDownDelayTicks);
  return { desiredPods: Math.max(...next), recent: next };
}

function excessBurst(
  { targetBurstCapacity, totalValue }: DeciderSpec,
  readyPods: number,
  panicValue: number,
): number {
  if (targetBurstCapacity === 0) return 0;
  if (targetBurstCapacity < 0) return -1;
  return Math.floor(readyPods * totalValue - targetBurstCapacity - panicValue);
}
