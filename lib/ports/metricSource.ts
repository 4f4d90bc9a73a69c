/** Where readings come from: CloudWatch, Prometheus, or the simulator. */
import type { Series, Statistic } from "../core/reading.ts";
import type { EpochSeconds } from "../core/time.ts";

export interface MetricQuery {
  readonly target: string;
  readonly metric: string;
  readonly statistic: Statistic;
  /** How many minutes, counted back from the newest that should be there by now. */
  readonly minutes: number;
  /**
   * Where the metric is published so often: minutes are counted back from the newest of these steps, not from the last full
   * minute.
   */
  readonly everySeconds?: number;
}

export interface MetricSource {
  /**
   * Reads many series in as few calls as the source allows: one answer a query, in the queries' order.
   * What cannot be read is a series of nulls with `why`; it throws only when nothing could be read at all.
   */
  read(queries: readonly MetricQuery[], now: EpochSeconds): Promise<readonly Series[]>;

  /**
   * The past of one metric for the forecast, between two instants, at one value a minute where the source still has
   * minutes and null elsewhere. `values[i]` belongs to the minute that starts at `start + 60 i`.
   */
  history(
    query: Omit<MetricQuery, "minutes" | "everySeconds">,
    from: EpochSeconds,
    to: EpochSeconds,
  ): Promise<MetricHistory>;
}

export interface MetricHistory {
  readonly start: EpochSeconds;
  /** 60 for minutes; a source that keeps old data coarser answers with that step. */
  readonly stepSeconds: number;
  /** Mean load per minute of the step; null is missing. */
  readonly values: readonly (number | null)[];
}
