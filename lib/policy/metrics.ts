/** The metrics that a policy can name without declaring them: their units, and how a threshold on them is written. */
import type { Statistic } from "../core/reading.ts";

export type MetricUnit = "percent" | "milliseconds" | "count";

export interface MetricDefinition {
  readonly unit: MetricUnit;
  readonly statistic: Statistic;
  /** A share of capacity or a value per unit: it falls as units are added, so a rule on it can ask in proportion. */
  readonly proportional: boolean;
  readonly meaning: string;
}

export const METRICS: Readonly<Record<string, MetricDefinition>> = {
  invocations: {
    unit: "count",
    statistic: "sum",
    proportional: false,
    meaning: "requests per minute to the whole target",
  },
  invocationsPerUnit: {
    unit: "count",
    statistic: "sum",
    proportional: true,
    meaning: "requests per minute and unit",
  },
  concurrentRequests: {
    unit: "count",
    statistic: "maximum",
    proportional: false,
    meaning: "requests in flight and waiting, whole target",
  },
  concurrentRequestsPerUnit: {
    unit: "count",
    statistic: "maximum",
    proportional: true,
    meaning: "requests in flight and waiting, per unit",
  },
  latency: {
    unit: "milliseconds",
    statistic: "p95",
    proportional: false,
    meaning: "time that a request takes",
  },
  errorRate: {
    unit: "percent",
    statistic: "average",
    proportional: false,
    meaning: "requests answered with a server error",
  },
  insideObjective: {
    unit: "percent",
    statistic: "average",
    proportional: false,
    meaning: "requests that were faster than objective.latencyP95",
  },
  gpuUtilization: {
    unit: "percent",
    statistic: "average",
    proportional: true,
    meaning: "share of one device that is busy",
  },
  gpuMemoryUtilization: {
    unit: "percent",
    statistic: "average",
    proportional: true,
    meaning: "share of one device's memory in use",
  },
  cpuUtilization: {
    unit: "percent",
    statistic: "average",
    proportional: true,
    meaning: "share of one core that is busy",
  },
  memoryUtilization: {
    unit: "percent",
    statistic: "average",
    proportional: true,
    meaning: "share of a unit's memory in use",
  },
  queueLength: {
    unit: "count",
    statistic: "maximum",
    proportional: false,
    meaning: "requests that wait, whole target",
  },
  queueLengthPerUnit: {
    unit: "count",
    statistic: "maximum",
    proportional: true,
    meaning: "requests that wait, per unit",
  },
  refusedRequests: {
    unit: "count",
    statistic: "sum",
    proportional: false,
    meaning: "requests refused for want of any unit",
  },
  waitsWithoutUnits: {
    unit: "count",
    statistic: "average",
    proportional: false,
    meaning: "1 while requests wait and there is no unit",
  },
};
