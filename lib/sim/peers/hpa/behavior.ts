/**
 * What the Kubernetes HPA makes of a proposal under a behavior block, re-implemented from kubernetes/kubernetes
 * pkg/controller/podautoscaler/horizontal.go: a stabilization window and rate policies for each direction.
 */
import type { EpochSeconds } from "../../../core/time.ts";
import { inOldPlace, logged, type Recommendation } from "./recommendations.ts";
import type { Bounds, Normalized } from "./stabilize.ts";

export interface ScalingPolicy {
  readonly type: "Pods" | "Percent";
  readonly value: number;
  readonly periodSeconds: number;
}

export interface ScalingRules {
  readonly stabilizationWindowSeconds: number;
  readonly selectPolicy: "Max" | "Min" | "Disabled";
  readonly policies: readonly ScalingPolicy[];
}

export interface Behavior {
  readonly scaleUp: ScalingRules;
  readonly scaleDown: ScalingRules;
}

/** What a behavior block is filled up with (pkg/apis/autoscaling/v2/defaults.go). */
export const BEHAVIOR_DEFAULTS: Behavior = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: "Max",
    policies: [
      { type: "Pods", value: 4, periodSeconds: 15 },
      { type: "Percent", value: 100, periodSeconds: 15 },
    ],
  },
  scaleDown: {
    stabilizationWindowSeconds: 300,
    selectPolicy: "Max",
    policies: [{ type: "Percent", value: 100, periodSeconds: 15 }],
  },
};

/** A change that was made; its size, whatever its direction. */
export interface ScaleEvent {
  readonly change: number;
  readonly at: EpochSeconds;
}

export interface ScaleEvents {
  readonly up: readonly ScaleEvent[];
  readonly down: readonly ScaleEvent[];
}

/** Stabilized, rate-limited and bounded. */
export function normalizeWithBehavior(
  current: number,
  proposed: number,
  log: readonly Recommendation[],
  events: ScaleEvents,
  behavior: Behavior,
  { min, max }: Bounds,
  now: EpochSeconds,
): Normalized {
  const { scaleUp, scaleDown } = behavior;
  const wanted = stabilizeWithBehavior(current, proposed, log, behavior, now);
  const limited =
    wanted > current
      ? Math.min(wanted, scaleUpLimit(current, events, scaleUp, now), max)
      : wanted < current
        ? Math.max(wanted, scaleDownLimit(current, events, scaleDown, now), min)
        : wanted;
  const longest = Math.max(scaleUp.stabilizationWindowSeconds, scaleDown.stabilizationWindowSeconds);
  return {
    replicas: Math.min(max, Math.max(min, limited)),
    log: logged(log, proposed, now, longest),
  };
}

/** No higher than the least wanted in the window of scale-up, no lower than the most wanted in that of scale-down. */
export function stabilizeWithBehavior(
  current: number,
  proposed: number,
  log: readonly Recommendation[],
  { scaleUp, scaleDown }: Behavior,
  now: EpochSeconds,
): number {
  let up = proposed;
  let down = proposed;
  for (const { replicas, at } of log) {
    if (now - at < scaleUp.stabilizationWindowSeconds) up = Math.min(up, replicas);
    if (now - at < scaleDown.stabilizationWindowSeconds) down = Math.max(down, replicas);
  }
  return Math.min(Math.max(current, up), down);
}

/** The most replicas that the policies allow now; never fewer than there are. */
export function scaleUpLimit(
  current: number,
  events: ScaleEvents,
  { selectPolicy, policies }: ScalingRules,
  now: EpochSeconds,
): number {
  if (selectPolicy === "Disabled") return current;
  const limits = policies.map(({ type, value, periodSeconds }) => {
    const start = periodStart(current, events, periodSeconds, now);
    return type === "Pods" ? start + value : Math.ceil(start * (1 + value / 100));
  });
  return Math.max(current, selectPolicy === "Max" ? Math.max(...limits) : Math.min(...limits));
}

/** The fewest replicas that the policies allow now; never more than there are. "Max" is the largest change. */
export function scaleDownLimit(
  current: number,
  events: ScaleEvents,
  { selectPolicy, policies }: ScalingRules,
  now: EpochSeconds,
): number {
  if (selectPolicy === "Disabled") return current;
  const limits = policies.map(({ type, value, periodSeconds }) => {
    const start = periodStart(current, events, periodSeconds, now);
    return type === "Pods" ? start - value : Math.trunc(start * (1 - value / 100));
  });
  return Math.min(current, selectPolicy === "Max" ? Math.min(...limits) : Math.max(...limits));
}

/** The replicas that there were when the period began. */
function periodStart(current: number, { up, down }: ScaleEvents, seconds: number, now: EpochSeconds): number {
  const sum = (events: readonly ScaleEvent[]): number =>
    events.reduce((total, { change, at }) => (now - at < seconds ? total + change : total), 0);
  return current - sum(up) + sum(down);
}

/** The events with a change that was made, in the place of one that is older than its direction's longest period. */
export function withEvent(
  { up, down }: ScaleEvents,
  from: number,
  to: number,
  { scaleUp, scaleDown }: Behavior,
  now: EpochSeconds,
): ScaleEvents {
  if (to === from) return { up, down };
  const event = { change: Math.abs(to - from), at: now };
  const withIt = (events: readonly ScaleEvent[], { policies }: ScalingRules): readonly ScaleEvent[] => {
    const longest = Math.max(0, ...policies.map(({ periodSeconds }) => periodSeconds));
    return inOldPlace(events, event, now, longest);
  };
  return to > from ? { up: withIt(up, scaleUp), down } : { up, down: withIt(down, scaleDown) };
}
