/** From what was written to the complete policy, with the checks that look at more than one key. */
import { type Policy, type Resource, type TargetPolicy, usualWaits } from "../core/policy.ts";
import type { Promotion } from "../core/promotion.ts";
import type { Statistic } from "../core/reading.ts";
import { isoOf } from "../core/time.ts";
import { LEARNING_KINDS } from "../core/unitLoad/unitLoad.ts";
import type { CalendarSource } from "./calendarFile.ts";
import type { WrittenPromotion } from "./datedSchema.ts";
import { declaredMetrics } from "./declaredMetrics.ts";
import { parseDuration } from "./durations.ts";
import { saying } from "./fields.ts";
import type { Path, Report } from "./problems.ts";
import { resolveEvents } from "./resolveEvents.ts";
import { resolvePromise, sayShare } from "./resolvePromise.ts";
import { findMetric, metricsOf, resolveRules } from "./resolveRules.ts";
import type { WrittenTarget } from "./schema.ts";
import { timeOf } from "./times.ts";

export interface WrittenPolicy {
  readonly targets: Readonly<Record<string, WrittenTarget>>;
  /** Null for one that was refused already, so that the others keep their place in the list. */
  readonly promotions: readonly (WrittenPromotion | null)[];
}

/** The policy; what does not hold together is reported, and the policy must then not be used. */
export function resolve(written: WrittenPolicy, report: Report, source: CalendarSource | null): Policy {
  const targets = Object.entries(written.targets).map(([id, target]) =>
    resolveTarget(id, target, report, source),
  );
  if (targets.length === 0) report(["targets"], "got no target; allowed: at least one");
  const promotions = written.promotions.map((each, i) =>
    each === null ? null : resolvePromotion(each, targets, ["promotions", i], report),
  );
  refuseRepeated(promotions, report);
  return { targets, promotions: promotions.filter((each) => each !== null) };
}

function resolveTarget(
  id: string,
  target: WrittenTarget,
  report: Report,
  source: CalendarSource | null,
): TargetPolicy {
  const path: Path = ["targets", id];
  const rules = resolveRules(target, path, report);
  checkNumbers(target, path, report);
  if (target.load === undefined && !target.rules.some((each) => each.scale !== "freeze")) {
    report(
      path,
      "got neither a load nor a rule, so nothing would ever scale it; allowed: at least one of load and rules",
    );
  }
  const leadTime = { expectedSeconds: target.leadTime.expected, worstSeconds: target.leadTime.worst };
  return {
    id,
    kind: target.kind,
    resource: resourceOf(target),
    mode: target.mode,
    timeZone: target.timeZone,
    capacity: target.capacity,
    load: loadOf(target, path, report),
    objective: {
      latencyP95Ms: target.objective.latencyP95 ?? null,
      share: resolvePromise(target, path, report),
    },
    leadTime,
    demand: {
      quantile: target.demand.quantile ?? null,
      reactiveHeadroom: target.demand.reactiveHeadroom,
      recentHeadroom: target.demand.recentHeadroom,
      forecastStaleAfterSeconds: target.demand.forecastStaleAfter,
      forecast: target.demand.forecast,
      gate: target.demand.gate,
    },
    rules,
    metrics: declaredMetrics(target, path, report),
    unit: { gpus: target.unit.gpus ?? null, vcpus: target.unit.vcpus ?? null },
    scaleOut: { cooldownSeconds: target.scaleOut.cooldown, maxStep: target.scaleOut.maxStep },
    scaleIn: scaleInOf(target, leadTime),
    staleAfterSeconds: target.staleAfter,
    price: { perUnitHour: target.price.perUnitHour, currency: target.price.currency },
    events: resolveEvents(target, path, report, source),
  };
}

function scaleInOf(
  { kind, scaleIn }: WrittenTarget,
  leadTime: TargetPolicy["leadTime"],
): TargetPolicy["scaleIn"] {
  const usual = usualWaits({ kind, leadTime });
  return {
    stabilizationSeconds: scaleIn.stabilization ?? usual.stabilizationSeconds,
    reactiveStabilizationSeconds: scaleIn.reactiveStabilization ?? usual.reactiveStabilizationSeconds,
    cooldownSeconds: scaleIn.cooldown,
    maxStep: scaleIn.maxStep,
    paybackSeconds: scaleIn.payback ?? usual.paybackSeconds,
  };
}

/** Identity keys of the kind, by the names of the platform's own API. */
function resourceOf(target: WrittenTarget): Resource {
  switch (target.kind) {
    case "sagemaker-variant":
    case "sagemaker-async-variant":
      return { endpoint: target.endpoint, variant: target.variant };
    case "sagemaker-inference-component":
      return { component: target.component };
    case "eks-nodegroup":
      return { cluster: target.cluster, nodegroup: target.nodegroup };
    case "kubernetes-workload":
      return { cluster: target.cluster, namespace: target.namespace, workload: target.workload };
  }
}

function loadOf(target: WrittenTarget, path: Path, report: Report): TargetPolicy["load"] {
  const { load } = target;
  if (load === undefined) return null;
  const metric = findMetric(metricsOf(target), load.metric, [...path, "load", "metric"], report);
  const statistic = (load.statistic ?? metric?.statistic ?? "sum") as Statistic;
  const perUnit = typeof load.perUnit === "number" ? load.perUnit : null;
  if (perUnit === null) checkLearnable(target, [...path, "load", "perUnit"], report);
  return { metric: load.metric, statistic, perUnit, ...finer(target, statistic, path, report) };
}

/** Steps of less than a minute make up sixty seconds where they can be summed, averaged or compared. */
function finer(
  { kind, load }: WrittenTarget,
  statistic: Statistic,
  path: Path,
  report: Report,
): { readonly everySeconds?: number } {
  const every = load?.every ?? "1m";
  if (every === "1m") return {};
  const at: Path = [...path, "load", "every"];
  if (!["sum", "average", "maximum"].includes(statistic)) {
    report(
      at,
      `got ${every} with the statistic ${statistic}; allowed: 1m, or the statistic sum, average or maximum`,
    );
  } else if (every === "15s" && kind !== "kubernetes-workload") {
    report(at, `got 15s; allowed for a ${kind}: 10s, 30s or 1m, which are the periods of CloudWatch`);
  }
  return { everySeconds: parseDuration(every) as number };
}

/** A unit load that is not stated is learned from requests per unit and from latency against its objective. */
function checkLearnable({ kind, load, objective }: WrittenTarget, path: Path, report: Report): void {
  const got = load?.perUnit ?? "nothing";
  if (!LEARNING_KINDS.includes(kind)) {
    report(
      path,
      `got ${got}; allowed: a number above 0, since requests per unit, which it is learned from, are published for ${LEARNING_KINDS.join(" and ")} only`,
    );
  } else if (objective.latencyP95 === undefined) {
    report(
      path,
      `got ${got}; allowed: a number above 0, or state objective.latencyP95, which it is learned by`,
    );
  }
}

function checkNumbers(target: WrittenTarget, path: Path, report: Report): void {
  const { kind, capacity, leadTime, demand } = target;
  const { min, max } = capacity;
  if (min > max)
    report([...path, "capacity"], `got min ${min} above max ${max}; allowed: min of at most max`);
  if (kind === "sagemaker-variant" && min < 1) {
    report(
      [...path, "capacity", "min"],
      `got ${min}; allowed: at least 1, a real-time endpoint cannot run at 0`,
    );
  }
  if (leadTime.expected <= 0) report([...path, "leadTime", "expected"], "got 0; allowed: more than nothing");
  if (leadTime.worst < leadTime.expected) {
    report(
      [...path, "leadTime", "worst"],
      `got ${leadTime.worst} s, below the expected ${leadTime.expected} s; allowed: at least that`,
    );
  }
  if (demand.quantile !== undefined && !(demand.quantile > 0.5 && demand.quantile < 1)) {
    report(
      [...path, "demand", "quantile"],
      saying(sayShare(demand.quantile), "between 50% and 100%, such as 95%"),
    );
  }
}

function resolvePromotion(
  written: WrittenPromotion,
  targets: readonly TargetPolicy[],
  path: Path,
  report: Report,
): Promotion | null {
  const target = targets.find((each) => each.id === written.target);
  if (target === undefined) {
    report([...path, "target"], saying(written.target, targets.map((each) => each.id).join(", ")));
    return null;
  }
  const start = timeOf(written.start, target.timeZone, [...path, "start"], report);
  const end = timeOf(written.end, target.timeZone, [...path, "end"], report);
  if (start === null || end === null) return null;
  if (end <= start) {
    report(
      [...path, "end"],
      `got ${written.end}, which is not after the start ${written.start}; allowed: a later time`,
    );
    return null;
  }
  const { name, expect, priority } = written;
  return { id: `${name}@${isoOf(start)}`, name, target: target.id, start, end, expect, priority };
}

function refuseRepeated(promotions: readonly (Promotion | null)[], report: Report): void {
  for (const [i, promotion] of promotions.entries()) {
    if (promotion === null) continue;
    const { id, target } = promotion;
    const first = promotions.findIndex((each) => each?.id === id && each.target === target);
    if (first < i) report(["promotions", i], `repeats promotions[${first}]: the same name, target and start`);
  }
}
