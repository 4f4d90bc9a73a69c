/** Makes the policy that a replay runs from the one that people wrote, and says what it changed. */
import { scaleInFor, type TargetPolicy } from "../core/policy.ts";
import { canSimulate } from "./simMetricSource.ts";

export interface ReplayPolicyOptions {
  /** Size the unit load so that the mean load needs this many units; null takes the policy's. */
  readonly units: number | null;
  /** Median lead time of the simulated starts; null takes the policy's. */
  readonly leadTimeSeconds: number | null;
  readonly meanPerMinute: number;
  readonly peakPerMinute: number;
}

export interface ReplayPolicy {
  readonly policy: TargetPolicy;
  readonly perUnit: number;
  readonly notes: readonly string[];
}

/** Units are sized for this many when neither a policy nor a number says. */
export const DEFAULT_UNITS = 10;

const ROOM_OVER_PEAK = 1.25;

/**
 * Full mode whatever the policy's, rules only on metrics that the simulator has, and the load in requests per minute.
 * When units are given, the unit load and the maximum are made to fit the trace; when the policy leaves the unit load to
 * be learned, the simulated one is made to fit its maximum. Throws a RangeError when the policy
 * states no load in requests per minute and no units are given.
 */
export function replayPolicyOf(written: TargetPolicy, options: ReplayPolicyOptions): ReplayPolicy {
  const notes: string[] = [];
  const perUnit = unitLoadOf(written, options);
  const left = written.rules.filter((rule) => !canSimulate(rule.metric, rule.statistic));
  if (left.length > 0) {
    const names = new Set(left.map((rule) => `${rule.metric} ${rule.statistic}`));
    notes.push(`Rules on metrics that are not simulated were left out: ${[...names].join(", ")}.`);
  }
  if (written.mode !== "full") {
    notes.push(`The policy's mode is ${written.mode}; the replay shows what full mode would do.`);
  }
  const isLearned = written.load?.perUnit === null;
  if (isLearned) {
    notes.push(
      `The policy leaves the unit load to be learned: the simulated unit carries ${perUnit} requests a minute, which Forewarm finds out from what it sees; what it is compared with is told.`,
    );
  }
  const leadTime = leadTimeFor(written, options.leadTimeSeconds);
  const policy: TargetPolicy = {
    ...written,
    mode: "full",
    load: { metric: "invocations", statistic: "sum", perUnit: isLearned ? null : perUnit },
    rules: written.rules.filter((rule) => canSimulate(rule.metric, rule.statistic)),
    capacity: capacityFor(written, options, perUnit),
    leadTime,
    scaleIn: scaleInFor(written, { kind: written.kind, leadTime }),
  };
  return { policy, perUnit, notes };
}

function unitLoadOf(
  { load, id, capacity }: TargetPolicy,
  { units, meanPerMinute, peakPerMinute }: ReplayPolicyOptions,
): number {
  if (units !== null) {
    if (!(meanPerMinute > 0)) {
      throw new RangeError(
        "the trace has no requests, so no unit load follows from --units; state load.perUnit in a policy",
      );
    }
    return Number((meanPerMinute / units).toPrecision(3));
  }
  if (load?.metric === "invocations" && load.statistic === "sum") {
    return load.perUnit ?? unitLoadFilling(capacity.max, peakPerMinute);
  }
  const got = load === null ? "no load" : `load ${load.metric} ${load.statistic}`;
  throw new RangeError(
    `target ${id}: a trace holds requests per minute, the policy states ${got}; ` +
      "state load: { metric: invocations, perUnit: … } or give --units",
  );
}

/** A quarter more than the highest minute fills the maximum, as where the maximum is made from the unit load. */
function unitLoadFilling(max: number, peakPerMinute: number): number {
  if (peakPerMinute > 0) return Number(((ROOM_OVER_PEAK * peakPerMinute) / max).toPrecision(3));
  throw new RangeError("the trace has no requests, so that no unit load follows from it; state load.perUnit");
}

/** With units given, room for a quarter more than the highest minute: the quota that such a service would have. */
function capacityFor(
  { capacity }: TargetPolicy,
  { units, peakPerMinute }: ReplayPolicyOptions,
  perUnit: number,
): TargetPolicy["capacity"] {
  if (units === null) return capacity;
  return {
    min: capacity.min,
    max: Math.max(capacity.min, Math.ceil((ROOM_OVER_PEAK * peakPerMinute) / perUnit)),
  };
}

function leadTimeFor({ leadTime }: TargetPolicy, seconds: number | null): TargetPolicy["leadTime"] {
  if (seconds === null) return leadTime;
  const ratio = leadTime.worstSeconds / leadTime.expectedSeconds;
  return { expectedSeconds: seconds, worstSeconds: Math.round(seconds * ratio) };
}
