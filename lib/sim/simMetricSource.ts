/** The metrics of simulated endpoints, published late as CloudWatch does, behind the port that the controller reads. */
import type { Series } from "../core/reading.ts";
import { type EpochSeconds, floorTo, MINUTE_SECONDS } from "../core/time.ts";
import type { MetricHistory, MetricQuery, MetricSource } from "../ports/metricSource.ts";
import type { Endpoint } from "./physics/endpoint.ts";
import { type Fault, faultAt } from "./physics/fault.ts";
import type { MinuteLog } from "./physics/minuteLog.ts";

export interface SimMetricOptions {
  readonly endpoint: Endpoint;
  /** Requests per minute before the replay began, for the forecast; NaN where nothing is known. */
  readonly past: { readonly start: EpochSeconds; readonly perMinute: Float64Array };
  /** Minutes of the replay without a row in the trace: the controller cannot see them. */
  readonly isMissing: (minute: number) => boolean;
  readonly delaySeconds: number;
  readonly faults: readonly Fault[];
}

type Column = (log: MinuteLog, minute: number) => number;

/** A number that is not finite (a share of no requests, a value per unit of no units) is missing. */
type Pick = (log: MinuteLog) => Float64Array;
const plain =
  (pick: Pick): Column =>
  (log, minute) =>
    pick(log)[minute] as number;
const perUnit =
  (pick: Pick): Column =>
  (log, minute) =>
    (pick(log)[minute] as number) / (log.ready[minute] as number);
/** Percent of the requests that were given up: of requests that came before, perhaps, but never more than all. */
const errorRate: Column = (log, minute) =>
  log.arrivals[minute] === 0
    ? Number.NaN
    : Math.min(100, (100 * (log.dropped[minute] as number)) / (log.arrivals[minute] as number));
const milliseconds =
  (pick: (log: MinuteLog) => Float64Array): Column =>
  (log, minute) =>
    1000 * (pick(log)[minute] as number);

/** What the simulator can measure, by metric and statistic as a policy names them. */
const COLUMNS: Readonly<Record<string, Column>> = {
  "invocations sum": (log, minute) => log.arrivals[minute] as number,
  "invocationsPerUnit sum": (log, minute) => (log.arrivals[minute] as number) / (log.ready[minute] as number),
  "latency p50": milliseconds((log) => log.latencyP50),
  "latency p95": milliseconds((log) => log.latencyP95),
  "latency p99": milliseconds((log) => log.latencyP99),
  "gpuUtilization average": (log, minute) => 100 * (log.utilization[minute] as number),
  "queueLength maximum": (log, minute) => log.waiting[minute] as number,
  "queueLengthPerUnit maximum": (log, minute) =>
    (log.waiting[minute] as number) / (log.ready[minute] as number),
  "errorRate average": errorRate,
};

/** Whether a policy's metric can be simulated; rules on others are left out of a replay, and the page says so. */
export function canSimulate(metric: string, statistic: string): boolean {
  return `${metric} ${statistic}` in COLUMNS;
}

export class SimMetricSource implements MetricSource {
  private readonly options: SimMetricOptions;

  constructor(options: SimMetricOptions) {
    this.options = options;
  }

  async read(queries: readonly MetricQuery[], now: EpochSeconds): Promise<readonly Series[]> {
    return queries.map((query) => this.series(query, now));
  }

  /** Minutes that are published by `now`, from the past before the replay and from the replay itself. */
  async history(
    _query: Omit<MetricQuery, "minutes">,
    from: EpochSeconds,
    to: EpochSeconds,
  ): Promise<MetricHistory> {
    const { past, endpoint } = this.options;
    const start = Math.max(floorTo(from, MINUTE_SECONDS), past.start);
    const end = Math.min(to, this.publishedUntil(endpoint.now));
    const values: (number | null)[] = [];
    for (let at = start; at < end; at += MINUTE_SECONDS) {
      const value =
        at < endpoint.start
          ? past.perMinute[(at - past.start) / MINUTE_SECONDS]
          : this.value(COLUMNS["invocations sum"] as Column, at);
      values.push(value === undefined || Number.isNaN(value) ? null : value);
    }
    return { start, stepSeconds: MINUTE_SECONDS, values };
  }

  /** End of the newest minute that is published at `now`. */
  publishedUntil(now: EpochSeconds): EpochSeconds {
    return floorTo(now - this.options.delaySeconds, MINUTE_SECONDS);
  }

  /** One series as it is published at `now`. */
  series({ metric, statistic, minutes }: Omit<MetricQuery, "target">, now: EpochSeconds): Series {
    const end = this.publishedUntil(now);
    const column = COLUMNS[`${metric} ${statistic}`];
    const values = new Array<number | null>(minutes).fill(null);
    if (column === undefined)
      return { metric, statistic, end, values, why: "the simulator has no such metric" };
    const available = Math.floor((end - this.firstMinute()) / MINUTE_SECONDS);
    const shown = Math.max(0, Math.min(minutes, available));
    for (let i = 0; i < shown; i++) {
      const at = end - (i + 1) * MINUTE_SECONDS;
      const value = this.isPublished(at, now) ? this.value(column, at) : Number.NaN;
      if (!Number.isNaN(value)) values[minutes - 1 - i] = value;
    }
    return { metric, statistic, end, values: shown < minutes ? values.slice(minutes - shown) : values };
  }

  private firstMinute(): EpochSeconds {
    return Math.min(this.options.past.start, this.options.endpoint.start);
  }

  private isPublished(minuteStart: EpochSeconds, now: EpochSeconds): boolean {
    if (this.options.faults.length === 0) return true;
    const fault = faultAt(this.options.faults, "late metrics", minuteStart);
    return fault === undefined || minuteStart + MINUTE_SECONDS + fault.bySeconds <= now;
  }

  private value(column: Column, minuteStart: EpochSeconds): number {
    const { endpoint, past, isMissing } = this.options;
    if (minuteStart < endpoint.start) {
      const index = (minuteStart - past.start) / MINUTE_SECONDS;
      return column === COLUMNS["invocations sum"] ? (past.perMinute[index] ?? Number.NaN) : Number.NaN;
    }
    const minute = (minuteStart - endpoint.start) / MINUTE_SECONDS;
    if (minute >= endpoint.minutesDone || isMissing(minute)) return Number.NaN;
    return column(endpoint.log, minute);
  }
}
