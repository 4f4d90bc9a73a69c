/**
 * The policy of one target, complete: every default filled in, every duration in seconds, every share a fraction.
 * `lib/policy` makes it from what people write and is the only place that does.
 */
import type { DeclaredEvent } from "./declaredEvent.ts";
import type { Promotion } from "./promotion.ts";
import type { Statistic } from "./reading.ts";

export const TARGET_KINDS = [
  "sagemaker-variant",
  "sagemaker-inference-component",
  "sagemaker-async-variant",
  "eks-nodegroup",
  "kubernetes-workload",
] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** `shadow` records only, `floor` raises minimums only, `full` sets the capacity. */
export type Mode = "shadow" | "floor" | "full";

/** A change of capacity: so many units, or a share of the units there are (0.5 is half). */
export type Step = { readonly units: number } | { readonly share: number };

/** Where the target lives; the keys are those of the platform's own API. */
export type Resource = Readonly<Record<string, string>>;

/** One metric of CloudWatch as it is published. */
export interface MetricStat {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: Statistic;
}

/** A metric that the policy declares: one part that stands for itself, or metric math over several. */
export interface DeclaredMetric {
  readonly parts: Readonly<Record<string, MetricStat>>;
  readonly expression: string | null;
}

export interface Rule {
  /** Where it stands in the policy file, for messages: `rules[0]`, or `objective.latencyP95`. */
  readonly path: string;
  readonly metric: string;
  readonly statistic: Statistic;
  readonly comparison: "above" | "below";
  /** In the metric's own unit (see METRICS in lib/policy/metrics.ts). */
  readonly threshold: number;
  /** It breaches when `minutes` of the last `ofMinutes` minutes are beyond the threshold. */
  readonly minutes: number;
  readonly ofMinutes: number;
  /** `out` asks for more, `in` permits less, `freeze` stops scale-in and notifies. */
  readonly scale: "out" | "in" | "freeze";
  /** How much an `out` or `in` rule asks for; `proportional` is ready units × value ÷ threshold. */
  readonly by: "proportional" | Step;
  /** Asks for the first units and counts only while none serves; that it cannot be seen otherwise holds nothing. */
  readonly fromNone?: true;
}

export interface TargetPolicy {
  readonly id: string;
  readonly kind: TargetKind;
  readonly resource: Resource;
  readonly mode: Mode;
  /** IANA name; the forecast's days and weeks follow its wall clock. */
  readonly timeZone: string;
  readonly capacity: { readonly min: number; readonly max: number };
  /**
   * What the target must carry and how much of it one unit carries inside the objective, per minute or as a level; null
   * there where that is to be learned.
   */
  readonly load: {
    readonly metric: string;
    readonly statistic: Statistic;
    readonly perUnit: number | null;
    /** How often it is published, where that is more often than every minute. */
    readonly everySeconds?: number;
  } | null;
  /** Latency in milliseconds (null: none stated) and the share of requests that must be inside it. */
  readonly objective: { readonly latencyP95Ms: number | null; readonly share: number };
  /** From asking for a unit to that unit serving, until enough starts have been measured. */
  readonly leadTime: { readonly expectedSeconds: number; readonly worstSeconds: number };
  readonly demand: {
    /** The quantile of the highest load in the protection interval that capacity must cover; null: as the promise asks. */
    readonly quantile: number | null;
    /** Headroom over the recent peak when there is no usable forecast (0.4 is 40 % more). */
    readonly reactiveHeadroom: number;
    /** Headroom over the recent peak when the forecast is in use. */
    readonly recentHeadroom: number;
    /** A forecast older than this is not used. */
    readonly forecastStaleAfterSeconds: number;
    /** `off` forecasts no seasons: what comes is learned from the last hour alone. */
    readonly forecast: "on" | "off";
    /** Whether a forecast that does worse than the same time last week is taken out of use. */
    readonly gate: "on" | "off";
  };
  readonly rules: readonly Rule[];
  /** Declared in the policy, by name; all others are the platform's own. */
  readonly metrics: Readonly<Record<string, DeclaredMetric>>;
  /** Devices of one unit, where the policy says; utilization is published as 100 for each of them. */
  readonly unit: { readonly gpus: number | null; readonly vcpus: number | null };
  readonly scaleOut: { readonly cooldownSeconds: number; readonly maxStep: Step | null };
  readonly scaleIn: {
    /** The largest recommendation of this time counts. */
    readonly stabilizationSeconds: number;
    /** That of this time, if it is longer, while no forecast says what comes back: without one, and in a promotion. */
    readonly reactiveStabilizationSeconds: number;
    readonly cooldownSeconds: number;
    readonly maxStep: Step | null;
    /** A unit that the forecast wants back within its lead time plus this is kept. */
    readonly paybackSeconds: number;
  };
  /** Readings older than this count as missing. */
  readonly staleAfterSeconds: number;
  readonly price: { readonly perUnitHour: number; readonly currency: string };
  /** Holidays, one-off events and changes of level; of a calendar file too. */
  readonly events: readonly DeclaredEvent[];
}

export interface Policy {
  readonly targets: readonly TargetPolicy[];
  readonly promotions: readonly Promotion[];
}

/** How many units a step is, of `units` units: a share is rounded up (0.07 of 100 is 7, not 8) and is at least one. */
export function stepUnits(step: Step, units: number): number {
  return "units" in step ? step.units : Math.max(1, Math.ceil(step.share * units - 1e-9));
}

/** Whether a target takes no further change until the last one has finished (SageMaker refuses changes to an endpoint that is Updating). */
export function locksUntilReady(kind: TargetKind): boolean {
  return kind === "sagemaker-variant" || kind === "sagemaker-async-variant";
}

export type ScaleInWaits = Pick<
  TargetPolicy["scaleIn"],
  "stabilizationSeconds" | "reactiveStabilizationSeconds" | "paybackSeconds"
>;

/**
 * A unit that is wanted back within so many lead times is kept: what returning costs grows with them, and with the lock that
 * a change brings where it brings one.
 */
const PAYBACK_LEAD_TIMES = 6;
const PAYBACK_LEAD_TIMES_OF_WORKLOADS = 3;

type KindAndLeadTime = Pick<TargetPolicy, "kind" | "leadTime">;

/**
 * How long scale-ins wait where the policy does not say: one that was wrong locks an endpoint for minutes or kills a node,
 * while a workload is only asked again (docs/decisions.md: what was tried).
 */
export function usualWaits({ kind, leadTime }: KindAndLeadTime): ScaleInWaits {
  return kind === "kubernetes-workload"
    ? {
        stabilizationSeconds: 180,
        reactiveStabilizationSeconds: 180,
        paybackSeconds: PAYBACK_LEAD_TIMES_OF_WORKLOADS * leadTime.expectedSeconds,
      }
    : {
        stabilizationSeconds: 300,
        reactiveStabilizationSeconds: 900,
        paybackSeconds: PAYBACK_LEAD_TIMES * leadTime.expectedSeconds,
      };
}

/** The waits for a target of another kind or lead time: those that were usual become what is usual there. */
export function scaleInFor(written: TargetPolicy, other: KindAndLeadTime): TargetPolicy["scaleIn"] {
  const usual = usualWaits(written);
  const unsaid = Object.entries(usualWaits(other)).filter(
    ([name]) => written.scaleIn[name as keyof ScaleInWaits] === usual[name as keyof ScaleInWaits],
  );
  return { ...written.scaleIn, ...Object.fromEntries(unsaid) };
}

/** Whether a target of this kind can be without any unit: a real-time variant keeps one. */
export function canBeNone(kind: TargetKind): boolean {
  return kind !== "sagemaker-variant";
}

/** Whether the target may be without any unit, and has a load to tell by when one is needed. */
export function goesToNone({
  kind,
  capacity,
  load,
}: Pick<TargetPolicy, "kind" | "capacity" | "load">): boolean {
  return capacity.min === 0 && canBeNone(kind) && load !== null;
}

/** Whether requests wait in a queue while there is no unit, rather than fail. */
export function holdsRequests(kind: TargetKind): boolean {
  return kind === "sagemaker-async-variant";
}

/**
 * Whether the platform counts the units that serve. EKS counts the nodes that a group should have, not those that have
 * joined, so that nothing can be learned there of how long a start takes.
 */
export function countsReadyUnits(kind: TargetKind): boolean {
  return kind !== "eks-nodegroup";
}
