/**
 * KEDA's own part of scaling, between none and some replicas, re-implemented from kedacore/keda
 * pkg/scaling/executor/scale_scaledobjects.go. Between one and many a generated HPA scales.
 */
import type { EpochSeconds } from "../../../core/time.ts";

export interface KedaOptions {
  readonly minReplicas: number;
  /** Null: none is set. */
  readonly idleReplicas: number | null;
  readonly cooldownSeconds: number;
  readonly initialCooldownSeconds: number;
  /** Replicas while the triggers fail; null: no fallback. 0 does not keep what there is. */
  readonly fallbackReplicas: number | null;
  readonly scaleOutPaused?: boolean;
  readonly scaleInPaused?: boolean;
}

/** Defaults of a ScaledObject (apis/keda/v1alpha1/scaledobject_types.go). */
export const KEDA_DEFAULTS: KedaOptions = {
  minReplicas: 0,
  idleReplicas: null,
  cooldownSeconds: 300,
  initialCooldownSeconds: 0,
  fallbackReplicas: null,
};

export const POLLING_SECONDS = 30;

export interface KedaPoll {
  readonly replicas: number;
  /** Some trigger is above its activation threshold, or activation is forced. */
  readonly active: boolean;
  /** Some trigger could not be read. */
  readonly failed: boolean;
  /** Null: never. */
  readonly lastActiveAt: EpochSeconds | null;
  readonly createdAt: EpochSeconds;
}

export interface KedaAnswer {
  /** Null leaves the count to the HPA. */
  readonly replicas: number | null;
  readonly lastActiveAt: EpochSeconds | null;
}

/** Whether a trigger is active: strictly above its threshold. */
export const isActive = (values: readonly number[], activationThreshold: number): boolean =>
  values.some((value) => value > activationThreshold);

/** One poll. */
export function activation(poll: KedaPoll, options: KedaOptions, now: EpochSeconds): KedaAnswer {
  return poll.active ? whenActive(poll, options, now) : whenIdle(poll, options, now);
}

function whenActive(
  { replicas, failed, lastActiveAt }: KedaPoll,
  { minReplicas, idleReplicas, scaleOutPaused = false }: KedaOptions,
  now: EpochSeconds,
): KedaAnswer {
  if (replicas === 0 || (idleReplicas !== null && replicas < minReplicas)) {
    if (scaleOutPaused) return { replicas: null, lastActiveAt };
    return { replicas: Math.max(1, minReplicas), lastActiveAt: now };
  }
  return { replicas: null, lastActiveAt: failed ? lastActiveAt : now };
}

/** A trigger that fails keeps what there is: the HPA is fed what yields the fallback, where there is one. */
function whenIdle(poll: KedaPoll, options: KedaOptions, now: EpochSeconds): KedaAnswer {
  const { replicas, failed, lastActiveAt } = poll;
  const { minReplicas, idleReplicas, fallbackReplicas, scaleInPaused = false } = options;
  const stay = { replicas: null, lastActiveAt };
  if (failed && fallbackReplicas !== 0) return stay;
  const isAboveRest = idleReplicas === null ? minReplicas === 0 && replicas > 0 : replicas > idleReplicas;
  if (isAboveRest) {
    if (!isCooledDown(poll, options, now) || scaleInPaused) return stay;
    return { replicas: idleReplicas ?? minReplicas, lastActiveAt };
  }
  return idleReplicas === null && replicas < minReplicas ? { replicas: minReplicas, lastActiveAt } : stay;
}

function isCooledDown(
  { lastActiveAt, createdAt }: KedaPoll,
  { cooldownSeconds, initialCooldownSeconds }: KedaOptions,
  now: EpochSeconds,
): boolean {
  return lastActiveAt === null
    ? createdAt + initialCooldownSeconds < now
    : lastActiveAt + cooldownSeconds < now;
}
