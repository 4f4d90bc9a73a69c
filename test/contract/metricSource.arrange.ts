/** What an adapter brings to the metric source's contract, and the series that the contract reads. */
import type { Statistic } from "../../lib/core/reading.ts";
import type { EpochSeconds } from "../../lib/core/time.ts";
import type { MetricQuery, MetricSource } from "../../lib/ports/metricSource.ts";
import { NOW } from "../core/arrange.ts";

/** The suite reads `invocations` (sum), `latency` (percentiles) and `gpuUtilization`, of `chat` and `search`. */
export interface MetricSourceUnderTest {
  readonly metrics: MetricSource;
  /** How long after its end a minute should be there. */
  readonly publicationDelaySeconds: number;
  /**
   * Makes the platform hold one value a minute from `start`, in the metric's unit as a policy has it. Null is a minute
   * without data; NaN and negative numbers are nonsense that the platform answers.
   */
  readonly publish: (
    series: Omit<MetricQuery, "minutes">,
    start: EpochSeconds,
    values: readonly (number | null)[],
  ) => Promise<void>;
  /** From now on this one series cannot be read. */
  readonly failSeries: (series: Omit<MetricQuery, "minutes">, why: string) => Promise<void>;
  /** From now on nothing can be read. */
  readonly failAll: (why: string) => Promise<void>;
}

export const seriesOf = (
  metric: string,
  statistic: Statistic,
  target = "chat",
): { readonly target: string; readonly metric: string; readonly statistic: Statistic } => ({
  target,
  metric,
  statistic,
});

export const LOAD = seriesOf("invocations", "sum");
export const LATENCY = seriesOf("latency", "p95");
export const GPU = seriesOf("gpuUtilization", "average");

/** A source in which everything up to NOW is published: `now` is when that is so. */
export async function arranged(
  make: () => Promise<MetricSourceUnderTest>,
): Promise<MetricSourceUnderTest & { readonly now: EpochSeconds }> {
  const source = await make();
  return { ...source, now: NOW + source.publicationDelaySeconds };
}
